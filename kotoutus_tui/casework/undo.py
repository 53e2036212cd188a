"""Carrying a command out once, however often it is repeated, and undoing one's last command on a client."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.errors import Conflict, NotFound, gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.access import Command
    from models.task import Task

UNDO_HOURS = 24

Inverse = dict[str, Any]


async def once(
    db: "Database",
    operation_id: UUID,
    name: str,
    client_id: UUID | None,
    inverse: Inverse | None,
    work: "Callable[[AsyncSession], Awaitable[None]]",
) -> None:
    """Carry `work` out in one transaction under an operation id; the same id again ends quietly.

    `inverse` is what undo needs; None for a command that cannot be undone. `work` may run twice, so it
    makes its rows itself. Deadlines are counted again when it changed a fact they are counted from.
    """
    from kotoutus_tui.casework.deadline_store import recount
    from kotoutus_tui.database import AlreadyDone

    for last in (False, True):
        try:
            async with db.writing(operation_id, name, client_id, inverse) as session:
                await work(session)
                if client_id is not None:
                    await recount(session, client_id)
        except AlreadyDone:
            return
        except Conflict as conflict:
            # The same command may have been under way on a connection given up for lost.
            if last or conflict.fields:
                raise
        else:
            return


async def undo_last(db: "Database", client_id: UUID, *, operation_id: UUID) -> str:
    """Undo this person's last command on the client within 24 hours; return its name, empty when repeated.

    What was written is withdrawn, a task is cancelled or opened again, a changed fact gets its former
    value. Raises NotFound when there is nothing to undo, Conflict when somebody changed it since.
    """
    from sqlalchemy.dialects.postgresql import array
    from sqlmodel import func

    from models.access import Command

    async def put_back(session: "AsyncSession", inverse: Inverse) -> None:
        await carry_out(session, client_id, inverse, operation_id, _("Undone by the author."))

    which = (Command.client_id == client_id, func.jsonb_exists_any(Command.inverse, array(_WAYS)))
    return await undo_latest(db, which, put_back, operation_id=operation_id, client_id=client_id)


async def undo_latest(
    db: "Database",
    which: "Sequence[ColumnElement[bool] | bool]",
    put_back: "Callable[[AsyncSession, Inverse], Awaitable[None]]",
    *,
    operation_id: UUID,
    client_id: UUID | None = None,
) -> str:
    """Undo this person's latest command of those `which` names within 24 hours; return its name.

    `put_back` does what its inverse says. The name is empty when the operation is repeated. Raises
    NotFound when there is nothing to undo.
    """
    undone = ""

    async def undo(session: "AsyncSession") -> None:
        nonlocal undone
        last = await _latest(session, which)
        if last is None or last.inverse is None:
            raise NotFound(
                _("There is nothing to undo."), _("Only your own entries of the last 24 hours can be undone.")
            )
        await put_back(session, last.inverse)
        last.undone_by = operation_id
        session.add(last)
        undone = last.name

    await once(db, operation_id, "undo", client_id, None, undo)
    return undone


async def latest_of(db: "Database", which: "Sequence[ColumnElement[bool] | bool]") -> Inverse | None:
    """Return the inverse of the command that `undo_latest` would undo."""
    async with db.reading() as session:
        last = await _latest(session, which)
    return last.inverse if last else None


async def _latest(session: "AsyncSession", which: "Sequence[ColumnElement[bool] | bool]") -> "Command | None":
    from sqlmodel import col, select

    from models.access import Command

    wanted = (
        select(Command)
        .where(
            *which,
            col(Command.undone_by).is_(None),
            col(Command.done_at) > clock.now() - timedelta(hours=UNDO_HOURS),
        )
        .order_by(col(Command.done_at).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def withdraw_event(
    session: "AsyncSession", client_id: UUID, event_id: UUID, reason: str, operation_id: UUID
) -> None:
    """Add the withdrawal of an event to a transaction."""
    from models.event import Event

    session.add(
        Event(
            client_id=client_id, kind="withdrawal", occurred_at=clock.now(), body=reason, reason=reason,
            refers_to=event_id, operation_id=operation_id,
        )
    )  # fmt: skip


async def task_of(session: "AsyncSession", client_id: UUID, task_id: UUID) -> "Task":
    """Return a task of this client; raises NotFound."""
    from models.task import Task

    task = await session.get(Task, task_id)
    if task is None or task.client_id != client_id:
        raise gone()
    return task


async def carry_out(
    session: "AsyncSession", client_id: UUID, inverse: Inverse, operation_id: UUID, reason: str
) -> None:
    """Do what an inverse says, in the caller's transaction; `reason` stands on what is withdrawn."""
    for way, value in inverse.items():
        if way in _ON_TIMELINE:
            await _ON_TIMELINE[way](session, client_id, value, operation_id, reason)
        else:
            await _about_client(session, client_id, value, way)


async def _withdraw(
    session: "AsyncSession", client_id: UUID, value: Any, operation_id: UUID, reason: str
) -> None:
    await withdraw_event(session, client_id, UUID(value), reason, operation_id)


async def _cancel_task(session: "AsyncSession", client_id: UUID, value: Any, *_others: object) -> None:
    task = await task_of(session, client_id, UUID(value))
    task.cancelled_at = clock.now()
    session.add(task)


async def _reopen_task(session: "AsyncSession", client_id: UUID, value: Any, *_others: object) -> None:
    task = await task_of(session, client_id, UUID(value))
    task.done_at = None
    session.add(task)


async def _appointment(
    session: "AsyncSession", _client_id: UUID, value: Any, operation_id: UUID, reason: str
) -> None:
    # Loaded when needed: that module uses this one.
    from kotoutus_tui.casework import appointment_edits

    await appointment_edits.undo(session, value, operation_id, reason)


async def _about_client(session: "AsyncSession", client_id: UUID, value: Any, way: str) -> None:
    # Loaded when needed: those modules use this one.
    from kotoutus_tui.casework import (
        client_details,
        client_languages,
        client_names,
        household,
        interview_end,
        plan_rows,
        records,
    )
    from kotoutus_tui.casework import interview_commands as interview
    from kotoutus_tui.casework.referrals import commands as referrals
    from kotoutus_tui.casework.referrals import consents

    undo: Callable[[AsyncSession, UUID, Any], Awaitable[None]] = {
        "details": client_details.restore,
        "remove_name": client_names.undo_add,
        "rename": client_names.undo_change,
        "restore_name": client_names.undo_remove,
        "remove_language": client_languages.undo_add,
        "relevel": client_languages.undo_change,
        "restore_language": client_languages.undo_remove,
        "part": household.undo_add,
        "join": household.undo_remove,
        "interview_begin": interview.undo_begin,
        "interview_facts": interview.restore_facts,
        "interview_item": interview.restore_item,
        "interview_finish": interview_end.undo_finish,
        "interview_reopen": interview_end.undo_reopen,
        "interview_restore": interview_end.undo_remove,
        "plan_rows": plan_rows.restore,
        "record": records.undo,
        "referral": referrals.restore,
        "consent": consents.restore,
    }[way]
    await undo(session, client_id, value)


_ON_TIMELINE: "dict[str, Callable[[AsyncSession, UUID, Any, UUID, str], Awaitable[None]]]" = {
    "withdraw": _withdraw,
    "cancel_task": _cancel_task,
    "reopen_task": _reopen_task,
    "appointment": _appointment,
}
_WAYS = [
    *_ON_TIMELINE, "details", "remove_name", "rename", "restore_name", "remove_language", "relevel",
    "restore_language", "part", "join", "interview_begin", "interview_facts", "interview_item",
    "interview_finish", "interview_reopen", "interview_restore", "plan_rows", "record", "referral",
    "consent",
]  # fmt: skip
