"""Writing on a client's timeline; nothing is overwritten, and each command can be repeated safely.

The client must have been opened; otherwise every command raises NotAllowed. The same `operation_id`
given twice has one effect: the second call ends quietly. Moments are aware.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.drafts import Draft
from kotoutus_tui.casework.undo import carry_out, once, task_of, undo_last, withdraw_event
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_prose, needed_reason, short_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

__all__ = ["undo_last"]


async def save(db: "Database", client_id: UUID, draft: Draft) -> None:
    """Write a draft made ready by `to_be_saved`: an event, an answer to one, or a correction of one.

    Earlier tries of the same draft that reached the database after all are withdrawn.
    """
    *earlier, operation_id = draft.tries
    if draft.kind == "correction" and draft.about is not None:
        await correct(
            db, client_id, draft.about, draft.text, draft.reason,
            operation_id=operation_id, instead_of=earlier,
        )  # fmt: skip
        return
    await write_event(
        db, client_id, draft.kind, draft.text,
        operation_id=operation_id, channel=draft.channel, minutes=draft.minutes,
        occurred_at=draft.occurred_at, refers_to=draft.about, answer_by=draft.answer_by,
        instead_of=earlier,
    )  # fmt: skip


async def write_event(
    db: "Database",
    client_id: UUID,
    kind: str,
    body: str,
    *,
    operation_id: UUID,
    channel: str | None = None,
    minutes: int | None = None,
    occurred_at: datetime | None = None,
    refers_to: UUID | None = None,
    answer_by: date | None = None,
    instead_of: Sequence[UUID] = (),
) -> None:
    """Write an event of any kind people write; raises InvalidInput for an unusable text.

    `occurred_at` is when it happened, by default now; it may be in the future for an appointment only.
    A contact, appointment, interview, assessment or review becomes the date of the last contact. A
    `referral_answer` refers to its referral. With `answer_by` there is a task to look for an answer.
    """
    if minutes is not None and not 0 <= minutes <= 24 * 60:
        raise InvalidInput("minutes", _("Minutes are between 0 and 1440."), _("Correct it and save again."))
    if occurred_at is not None and occurred_at > clock.now() and kind != "appointment":
        raise InvalidInput("day", _("It has not happened yet."), _("Add a task for what is to come."))
    await _add_event(
        db, f"{kind}.write", operation_id, client_id, instead_of, answer_by,
        kind=kind, body=_text(body), channel=channel, minutes=minutes,
        occurred_at=occurred_at or clock.now(), refers_to=refers_to,
    )  # fmt: skip


async def write_note(
    db: "Database", client_id: UUID, body: str, *, operation_id: UUID, occurred_at: datetime | None = None
) -> None:
    """Write a note."""
    await write_event(db, client_id, "note", body, operation_id=operation_id, occurred_at=occurred_at)


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
    """Write down a contact by one of models.event.CHANNELS."""
    await write_event(
        db, client_id, "contact", body,
        operation_id=operation_id, channel=channel, minutes=minutes, occurred_at=occurred_at,
    )  # fmt: skip


async def correct(
    db: "Database",
    client_id: UUID,
    event_id: UUID,
    body: str,
    reason: str,
    *,
    operation_id: UUID,
    instead_of: Sequence[UUID] = (),
) -> None:
    """Put a new text in force for an event; the first text stays to be seen. Needs a reason."""
    await _add_event(
        db, "event.correct", operation_id, client_id, instead_of, None,
        kind="correction", body=_text(body), reason=needed_reason(reason), refers_to=event_id,
        occurred_at=clock.now(),
    )  # fmt: skip


async def withdraw(
    db: "Database", client_id: UUID, event_id: UUID, reason: str, *, operation_id: UUID
) -> None:
    """Mark an event as written by mistake; it stays to be seen but counts for nothing. Needs a reason."""
    why = needed_reason(reason)

    async def add(session: "AsyncSession") -> None:
        await withdraw_event(session, client_id, event_id, why, operation_id)

    await once(db, operation_id, "event.withdraw", client_id, None, add)


async def add_task(db: "Database", client_id: UUID, title: str, due_on: date, *, operation_id: UUID) -> None:
    """Add something to be done by `due_on`; the earliest open task is the client's next step."""
    from models.base import new_id

    line, task_id = _line(title, "title"), new_id()

    async def add(session: "AsyncSession") -> None:
        from models.task import Task

        session.add(
            Task(id=task_id, client_id=client_id, title=line, due_on=due_on, operation_id=operation_id)
        )

    await once(db, operation_id, "task.add", client_id, {"cancel_task": str(task_id)}, add)


async def finish_task(db: "Database", client_id: UUID, task_id: UUID, *, operation_id: UUID) -> None:
    """Mark a task as done now; raises NotFound when it is not there or no longer open."""

    async def finish(session: "AsyncSession") -> None:
        task = await task_of(session, client_id, task_id)
        if task.done_at is not None or task.cancelled_at is not None:
            raise gone()
        task.done_at = clock.now()
        session.add(task)

    await once(db, operation_id, "task.finish", client_id, {"reopen_task": str(task_id)}, finish)


async def _add_event(
    db: "Database",
    name: str,
    operation_id: UUID,
    client_id: UUID,
    instead_of: Sequence[UUID],
    answer_by: date | None,
    **values: Any,
) -> None:
    from models.base import new_id

    event_id, task_id = new_id(), new_id()
    inverse = {"withdraw": str(event_id)} | ({"cancel_task": str(task_id)} if answer_by else {})

    async def add(session: "AsyncSession") -> None:
        from models.event import Event
        from models.task import Task

        for earlier in instead_of:
            await _take_back(session, client_id, earlier, operation_id)
        session.add(Event(id=event_id, client_id=client_id, operation_id=operation_id, **values))
        if answer_by:
            title = _("Has the answer come? {referral}").format(referral=values["body"].partition("\n")[0])
            session.add(
                Task(
                    id=task_id, client_id=client_id, title=title[:200], due_on=answer_by,
                    operation_id=operation_id,
                )
            )  # fmt: skip

    await once(db, operation_id, name, client_id, inverse, add)


async def _take_back(session: "AsyncSession", client_id: UUID, earlier: UUID, operation_id: UUID) -> None:
    """Undo what an earlier try to save the same entry wrote unseen."""
    from models.access import Command

    done = await session.get(Command, earlier)
    if done is None:
        # The id is taken, so that a try still under way can no longer be carried out.
        session.add(Command(operation_id=earlier, name="given_up", client_id=client_id))
        await session.flush()
    elif done.undone_by is None and done.inverse:
        reason = _("Replaced by the text its author saved next.")
        await carry_out(session, client_id, done.inverse, operation_id, reason)
        done.undone_by = operation_id
        session.add(done)


def _text(body: str) -> str:
    from models.safe_text import PROSE_LIMIT

    text = clean_prose(body, "body")
    if not text:
        raise _empty("body")
    if len(text) > PROSE_LIMIT:
        raise InvalidInput(
            "body",
            _("The text has {count} characters; {most} fit.").format(count=len(text), most=PROSE_LIMIT),
            _("Save it in two parts."),
        )
    return text


def _line(text: str, field: str) -> str:
    if (line := short_line(text, field)) is None:
        raise _empty(field)
    return line


def _empty(field: str) -> InvalidInput:
    return InvalidInput(field, _("The text is empty."), _("Write something first."))
