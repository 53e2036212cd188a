"""Writing on a client's timeline; nothing is overwritten, and each command can be repeated safely.

The client must have been opened; otherwise every command raises NotAllowed. The same `operation_id`
given twice has one effect: the second call ends quietly. Moments are aware.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.errors import InvalidInput, NotFound
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line, clean_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

UNDO_HOURS = 24


async def write_note(
    db: "Database", client_id: UUID, body: str, *, operation_id: UUID, occurred_at: datetime | None = None
) -> None:
    """Write a note; raises InvalidInput for an empty text or one with hidden codes."""
    await _add_event(
        db, "note.write", operation_id, client_id, kind="note", body=_text(body), occurred_at=occurred_at
    )


async def write_contact(
    db: "Database",
    client_id: UUID,
    body: str,
    *,
    channel: str,
    operation_id: UUID,
    minutes: int | None = None,
    occurred_at: datetime | None = None,
) -> None:
    """Write down a contact by one of models.event.CHANNELS; it becomes the date of the last contact."""
    if minutes is not None and minutes < 0:
        raise InvalidInput("minutes", _("Minutes cannot be below zero."), _("Correct it and save again."))
    await _add_event(
        db, "contact.write", operation_id, client_id,
        kind="contact", body=_text(body), channel=channel, minutes=minutes, occurred_at=occurred_at,
    )  # fmt: skip


async def correct(
    db: "Database", client_id: UUID, event_id: UUID, body: str, reason: str, *, operation_id: UUID
) -> None:
    """Put a new text in force for an event; the first text stays to be seen. Needs a reason."""
    await _add_event(
        db, "event.correct", operation_id, client_id,
        kind="correction", body=_text(body), reason=_reason(reason), refers_to=event_id,
    )  # fmt: skip


async def withdraw(
    db: "Database", client_id: UUID, event_id: UUID, reason: str, *, operation_id: UUID
) -> None:
    """Mark an event as written by mistake; it stays to be seen but counts for nothing. Needs a reason."""
    why = _reason(reason)
    await _add_event(
        db, "event.withdraw", operation_id, client_id, undoable=False,
        kind="withdrawal", body=why, reason=why, refers_to=event_id,
    )  # fmt: skip


async def add_task(db: "Database", client_id: UUID, title: str, due_on: date, *, operation_id: UUID) -> None:
    """Add something to be done by `due_on`; the earliest open task is the client's next step."""
    from models.task import Task

    line = clean_line(title, "title")
    if not line:
        raise _empty("title")
    task = Task(client_id=client_id, title=line, due_on=due_on, operation_id=operation_id)

    async def add(session: "AsyncSession") -> None:
        session.add(task)

    await _once(db, operation_id, "task.add", client_id, {"cancel_task": str(task.id)}, add)


async def finish_task(db: "Database", client_id: UUID, task_id: UUID, *, operation_id: UUID) -> None:
    """Mark a task as done now; raises NotFound when it is not there or no longer open."""

    async def finish(session: "AsyncSession") -> None:
        task = await _task(session, client_id, task_id)
        if task.done_at is not None or task.cancelled_at is not None:
            raise _gone()
        task.done_at = clock.now()
        session.add(task)

    await _once(db, operation_id, "task.finish", client_id, {"reopen_task": str(task_id)}, finish)


async def undo_last(db: "Database", client_id: UUID, *, operation_id: UUID) -> str:
    """Undo this person's last command on the client within 24 hours; return its name, empty when repeated.

    What was written is withdrawn, a task is cancelled or opened again. Raises NotFound when there is
    nothing to undo.
    """
    from sqlmodel import col, select

    from models.access import Command

    undone = ""

    async def undo(session: "AsyncSession") -> None:
        nonlocal undone
        wanted = (
            select(Command)
            .where(
                Command.client_id == client_id,
                col(Command.name).in_(_UNDOABLE),
                col(Command.undone_by).is_(None),
                col(Command.done_at) > clock.now() - timedelta(hours=UNDO_HOURS),
            )
            .order_by(col(Command.done_at).desc())
            .limit(1)
        )
        last = (await session.exec(wanted)).first()
        if last is None or not last.inverse:
            raise NotFound(
                _("There is nothing to undo."), _("Only your own entries of the last 24 hours can be undone.")
            )
        await _carry_out(session, client_id, last.inverse, operation_id)
        last.undone_by = operation_id
        session.add(last)
        undone = last.name

    await _once(db, operation_id, "undo", client_id, None, undo)
    return undone


_UNDOABLE = ("note.write", "contact.write", "event.correct", "task.add", "task.finish")


async def _carry_out(
    session: "AsyncSession", client_id: UUID, inverse: dict[str, Any], operation_id: UUID
) -> None:
    from models.event import Event

    if event := inverse.get("withdraw"):
        why = _("Undone by the author.")
        session.add(
            Event(
                client_id=client_id,
                kind="withdrawal",
                occurred_at=clock.now(),
                body=why,
                reason=why,
                refers_to=UUID(event),
                operation_id=operation_id,
            )
        )
    elif task_id := inverse.get("cancel_task"):
        task = await _task(session, client_id, UUID(task_id))
        task.cancelled_at = clock.now()
        session.add(task)
    elif task_id := inverse.get("reopen_task"):
        task = await _task(session, client_id, UUID(task_id))
        task.done_at = None
        session.add(task)


async def _add_event(
    db: "Database",
    name: str,
    operation_id: UUID,
    client_id: UUID,
    *,
    undoable: bool = True,
    occurred_at: datetime | None = None,
    **values: Any,
) -> None:
    from models.event import Event

    event = Event(
        client_id=client_id, occurred_at=occurred_at or clock.now(), operation_id=operation_id,
        **values,
    )  # fmt: skip
    inverse = {"withdraw": str(event.id)} if undoable else None

    async def add(session: "AsyncSession") -> None:
        session.add(event)

    await _once(db, operation_id, name, client_id, inverse, add)


async def _once(
    db: "Database",
    operation_id: UUID,
    name: str,
    client_id: UUID,
    inverse: dict[str, Any] | None,
    work: "Callable[[AsyncSession], Awaitable[None]]",
) -> None:
    from kotoutus_tui.database import AlreadyDone

    try:
        async with db.writing(operation_id, name, client_id, inverse) as session:
            await work(session)
    except AlreadyDone:
        return


async def _task(session: "AsyncSession", client_id: UUID, task_id: UUID) -> Any:
    from models.task import Task

    task = await session.get(Task, task_id)
    if task is None or task.client_id != client_id:
        raise _gone()
    return task


def _text(body: str) -> str:
    text = clean_prose(body, "body")
    if not text:
        raise _empty("body")
    return text


def _reason(reason: str) -> str:
    text = clean_line(reason, "reason")
    if not text:
        raise InvalidInput("reason", _("A reason is needed."), _("Say in a few words why."))
    return text


def _empty(field: str) -> InvalidInput:
    return InvalidInput(field, _("The text is empty."), _("Write something first."))


def _gone() -> NotFound:
    return NotFound(_("It was not found, or you may not see it."), _("Check the name or the number."))
