"""Finishing an initial interview, opening it again to correct it, and removing one begun by mistake."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.interview import Interview
from kotoutus_tui.casework.interview_rows import going_on, to_be_opened
from kotoutus_tui.casework.undo import once, withdraw_event
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_CHANNELS = {"office": "meeting", "home": "home_visit", "remote": "video", "reception_centre": "meeting"}


async def finish(
    db: "Database",
    client_id: UUID,
    interview: Interview,
    lacking: Collection[str],
    *,
    operation_id: UUID,
    assessment_done: bool = True,
    plan_needed: bool | None = None,
) -> None:
    """Finish an interview today and write it on the timeline; `lacking` are the names that are missing.

    `assessment_done` ends the assessment of section 14 too; False leaves it open for specifying measures
    (section 3 of decree 869/2024). `plan_needed` is what section 16 asks, None for not known yet. Raises
    InvalidInput without a day of the interview.
    """
    from models.base import new_id

    if interview.held_on is None:
        raise InvalidInput("held_on", _("The day of the interview is needed."))
    event_id = interview.event_id or new_id()
    before = str(interview.event_id) if interview.event_id else None
    inverse: dict[str, Any] = {"interview_finish": {"id": str(interview.id), "event_id": before}}
    if interview.event_id is None:
        inverse["withdraw"] = str(event_id)

    async def write(session: "AsyncSession") -> None:
        from models.client_status import ClientStatus
        from models.event import Event

        await lock_client(session, client_id)
        row = await going_on(session, client_id, interview.id)
        held_on = row.held_on or clock.today()
        text: dict[str, Any] = {
            "client_id": client_id,
            "body": summary(interview, lacking),
            "operation_id": operation_id,
        }
        if interview.event_id is None:
            session.add(
                Event(
                    id=event_id, kind="interview", occurred_at=clock.moment_of(held_on),
                    channel=_CHANNELS.get(row.place or ""), **text,
                )
            )  # fmt: skip
        else:
            reason = _("Finished again.")
            session.add(
                Event(kind="correction", occurred_at=clock.now(), reason=reason, refers_to=event_id, **text)
            )
        await session.flush()
        row.finished_on, row.event_id = clock.today(), event_id
        session.add(row)
        status = await session.get(ClientStatus, client_id, populate_existing=True)
        if status is not None:
            _finish_assessment(status, held_on, done=assessment_done, plan_needed=plan_needed)
            session.add(status)
        await session.flush()

    await once(db, operation_id, "interview.finish", client_id, inverse, write)


def summary(interview: Interview, lacking: Collection[str]) -> str:
    """Return what the timeline tells of an interview: the circumstances and what is missing, no answers."""
    place = words.shown("place", interview.place)
    if interview.place_reason:
        place = f"{place} ({interview.place_reason})"
    lines = [
        _("Initial interview {date}").format(date=words.shown("held_on", interview.held_on)),
        f"{_('Language of the interview')}: {words.shown('language', interview.language)}",
        f"{_('Interpreter')}: {words.shown('interpreter', interview.interpreter)}",
        f"{_('Place')}: {place}",
        counts(interview),
    ]
    if lacking:
        names = "; ".join(words.label(name) for name in lacking)
        lines.append(_("Missing: {names}").format(names=names))
    return "\n".join(lines)


def counts(interview: Interview) -> str:
    """Return how much of the interview is done."""
    return _("{answered} of {content} found out, {told} of {to_tell} told").format(
        answered=interview.answered, content=len(words.CONTENT),
        told=interview.told, to_tell=len(words.TOLD),
    )  # fmt: skip


async def reopen(
    db: "Database", client_id: UUID, interview: Interview, reason: str, *, operation_id: UUID
) -> None:
    """Open a finished interview for correction; the reason stands on the timeline.

    Raises InvalidInput without a reason, Conflict when another interview is under way.
    """
    why = needed_reason(reason)
    if interview.finished_on is None:
        return
    inverse = {"interview_reopen": {"id": str(interview.id), "finished_on": str(interview.finished_on)}}

    async def write(session: "AsyncSession") -> None:
        from models.event import Event

        await lock_client(session, client_id)
        row = await to_be_opened(session, client_id, interview.id)
        row.finished_on = None
        session.add(row)
        if row.event_id is not None:
            session.add(
                Event(
                    client_id=client_id, kind="correction", occurred_at=clock.now(), reason=why,
                    body=_("The initial interview is open again."), refers_to=row.event_id,
                    operation_id=operation_id,
                )
            )  # fmt: skip
        await session.flush()

    await once(db, operation_id, "interview.reopen", client_id, inverse, write)


async def remove(
    db: "Database", client_id: UUID, interview: Interview, reason: str, *, operation_id: UUID
) -> None:
    """Take an unfinished interview out of sight; the reason stands on the timeline. Raises InvalidInput."""
    from models.base import new_id

    why, note_id = needed_reason(reason), new_id()
    inverse: dict[str, Any] = {"interview_restore": str(interview.id)}
    if interview.event_id is None:
        inverse["withdraw"] = str(note_id)

    async def write(session: "AsyncSession") -> None:
        from models.event import Event

        await lock_client(session, client_id)
        row = await going_on(session, client_id, interview.id)
        if row.event_id is not None:
            await withdraw_event(session, client_id, row.event_id, why, operation_id)
            row.event_id = None
        else:
            body = _("An unfinished initial interview was removed: {reason}").format(reason=why)
            session.add(
                Event(
                    id=note_id, client_id=client_id, kind="note", occurred_at=clock.now(), body=body,
                    operation_id=operation_id,
                )
            )  # fmt: skip
        row.removed_at = clock.now()
        session.add(row)
        await session.flush()

    await once(db, operation_id, "interview.remove", client_id, inverse, write)


async def undo_finish(session: "AsyncSession", client_id: UUID, value: Mapping[str, Any]) -> None:
    """Undo a finish in the caller's transaction: the interview goes on. The assessment stays as it is."""
    await lock_client(session, client_id)
    row = await to_be_opened(session, client_id, UUID(value["id"]))
    row.finished_on = None
    row.event_id = UUID(value["event_id"]) if value["event_id"] else None
    session.add(row)
    await session.flush()


async def undo_reopen(session: "AsyncSession", client_id: UUID, value: Mapping[str, Any]) -> None:
    """Undo an opening in the caller's transaction: the interview is finished as before."""
    await lock_client(session, client_id)
    row = await going_on(session, client_id, UUID(value["id"]))
    row.finished_on = date.fromisoformat(value["finished_on"])
    session.add(row)


async def undo_remove(session: "AsyncSession", client_id: UUID, value: str) -> None:
    """Undo a removal in the caller's transaction."""
    await lock_client(session, client_id)
    row = await to_be_opened(session, client_id, UUID(value))
    row.removed_at = None
    session.add(row)


def _finish_assessment(status: Any, held_on: date, *, done: bool, plan_needed: bool | None) -> None:
    if status.assessment_started_on is None:
        status.assessment_started_on = held_on
    if done and status.assessment_finished_on is None:
        status.assessment_finished_on = max(clock.today(), status.assessment_started_on)
    if plan_needed is not None:
        status.plan_needed = plan_needed
