"""Appointments of one's own: made, changed, moved and cancelled, one by one or the rest of a series.

With clients they stand on the timelines too, and the clients must have been opened. Moments are aware. The
same `operation_id` given twice has one effect; appointment_undo takes it back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework.appointment_edits import Added, Edit, Work, carry_out
from kotoutus_tui.casework.appointment_refusals import refuse_unfit
from kotoutus_tui.casework.appointment_rows import clients_in, find, rows_of
from kotoutus_tui.casework.appointment_values import Wanted, check_times, checked, values_of
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason, short_line

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.appointment import Appointment


async def make(db: "Database", wanted: Wanted, *, operation_id: UUID) -> UUID:
    """Make an appointment and return its id.

    Raises Conflict, saying whether the person, the room or the interpreter is taken, unless a reason for
    the overlap is given; InvalidInput for an interpreter whom a client is not to have.
    """
    from models.base import new_id

    row_id, values = new_id(), values_of(wanted)
    async with db.reading() as session:
        await refuse_unfit(session, wanted.clients, values)
    edits = [Added((row_id,), values), *added_clients(row_id, wanted)]
    await carry_out(db, Work("appointment.make", edits, wanted.clients, ""), operation_id=operation_id)
    return row_id


async def change(
    db: "Database",
    appointment_id: UUID,
    changes: Mapping[str, Any],
    *,
    operation_id: UUID,
    following: bool = False,
) -> None:
    """Write columns of an appointment, as kind, title, mode, place, room, partner or the interpreter's.

    With `following` the later ones of its series are changed too. Raises as `make`, and NotFound.
    """
    found = await find(db, appointment_id, operation_id, following=following)
    if found is None:
        return
    clean = checked(dict(changes))
    async with db.reading() as session:
        for row in found.rows:
            whole = {**row.model_dump(), **clean}
            check_times(whole)
            await refuse_unfit(session, found.clients, whole)
    edits = [_edit(row, clean) for row in found.rows]
    work = Work("appointment.change", [each for each in edits if each.after], found.clients, _("Changed."))
    if work.edits:
        await carry_out(db, work, operation_id=operation_id)


async def move(
    db: "Database",
    appointment_id: UUID,
    starts_at: datetime,
    *,
    operation_id: UUID,
    minutes: int | None = None,
    overlap_reason: str = "",
    following: bool = False,
) -> None:
    """Move an appointment to another time; it takes `minutes`, or as long as it took.

    With `following` the later ones of its series move by as many days, to the same hour. Raises as `make`,
    and NotFound.
    """
    reason = short_line(overlap_reason, "overlap_reason")
    found = await find(db, appointment_id, operation_id, following=following)
    if found is None:
        return
    first, new = found.rows[0].starts_at.astimezone(HELSINKI), starts_at.astimezone(HELSINKI)
    days = (new.date() - first.date()).days
    edits: list[Edit] = []
    for row in found.rows:
        day = row.starts_at.astimezone(HELSINKI).date() + timedelta(days=days)
        start = datetime.combine(day, new.time(), HELSINKI)
        length = minutes or round((row.ends_at - row.starts_at).total_seconds() / 60)
        end = times.end_of(start, length)
        times.check(start, end)
        edits.append(_edit(row, {"starts_at": start, "ends_at": end, "overlap_reason": reason}))
    # Away from those that have not moved yet.
    edits.sort(key=lambda each: each.before.get("starts_at", starts_at), reverse=starts_at > first)
    work = Work("appointment.move", [each for each in edits if each.after], found.clients, _("Moved."))
    if work.edits:
        await carry_out(db, work, operation_id=operation_id)


async def cancel(
    db: "Database", appointment_id: UUID, reason: str, *, operation_id: UUID, following: bool = False
) -> None:
    """Cancel an appointment for a reason, or it and the later ones of its series. Raises NotFound."""
    why = needed_reason(reason)
    found = await find(db, appointment_id, operation_id, following=following)
    if found is None:
        return
    ended = {"cancelled_at": clock.now(), "cancelled_reason": why}
    edits = [_edit(row, ended) for row in found.rows]
    await carry_out(db, Work("appointment.cancel", edits, found.clients, why), operation_id=operation_id)


async def agenda(db: "Database", from_on: date, to_on: date) -> Sequence["Appointment"]:
    """Return one's appointments that begin on these days, both included, without the cancelled ones."""
    from sqlmodel import col, select, text

    from models.appointment import Appointment

    first, after = times.day_bounds(from_on, to_on)
    wanted = (
        select(Appointment)
        .where(
            Appointment.counsellor == text("session_user"),
            Appointment.starts_at >= first,
            Appointment.starts_at < after,
            col(Appointment.cancelled_at).is_(None),
        )
        .order_by(col(Appointment.starts_at), col(Appointment.id))
    )
    async with db.reading() as session:
        return (await session.exec(wanted)).all()


async def client_of(db: "Database", appointment_id: UUID) -> UUID | None:
    """Return the first client of an appointment, who is to be opened before it is changed."""
    return next(iter(await clients_of(db, appointment_id)), None)


async def clients_of(db: "Database", appointment_id: UUID, *, following: bool = False) -> Sequence[UUID]:
    """Return the clients of an appointment; all of them are to be opened before it is changed."""
    async with db.reading() as session:
        wanted = [appointment_id]
        if following:
            wanted = [row.id for row in await rows_of(session, appointment_id, following=True)]
        return await clients_in(session, wanted)


def added_clients(row_id: UUID, wanted: Wanted) -> list[Added]:
    """Return the clients of a new appointment, with what they were told."""
    told = {name: getattr(wanted, name) for name in ("told_of_fee", "told_how_to_cancel", "understood")}
    return [Added((row_id, client), told) for client in wanted.clients]


def _edit(row: "Appointment", after: Mapping[str, Any]) -> Edit:
    new = {name: value for name, value in after.items() if getattr(row, name) != value}
    return Edit((row.id,), {name: getattr(row, name) for name in new}, new)
