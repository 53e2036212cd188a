"""Appointments of one's own: made, moved and cancelled; who is met, where, and with which interpreter.

With a client it stands on the timeline too, and the client must have been opened. Moments are aware. The
same `operation_id` given twice has one effect.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from kotoutus_tui import clock
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework.appointment_values import Wanted, values_of
from kotoutus_tui.casework.record_telling import Telling, event_of, tell, tell_again
from kotoutus_tui.casework.undo import once, withdraw_event
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _, format_datetime
from kotoutus_tui.text import needed_reason, short_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.appointment import Appointment

_CLIENT = "insert into app.appointment_client (appointment_id, client_id) values (:appointment, :client)"


async def make(db: "Database", wanted: Wanted, *, operation_id: UUID) -> UUID:
    """Make an appointment and return its id.

    Raises Conflict, saying whether the person, the room or the interpreter is taken, unless a reason for
    the overlap is given; InvalidInput for an interpreter whom this client is not to have.
    """
    from models.base import new_id

    row_id, values = new_id(), values_of(wanted)

    async def work(session: "AsyncSession") -> None:
        from sqlmodel import insert, text

        from models.appointment import Appointment

        for client_id in wanted.clients if values.get("interpreter") else ():
            await _refuse_barred(session, client_id, values["interpreter"])
        await session.exec(insert(Appointment).values(id=row_id, operation_id=operation_id, **values))
        telling = telling_of(values["kind"], values["starts_at"], values.get("room"))
        for client_id in wanted.clients:
            # Whether they came is not written yet, so those columns stay out of the statement.
            connection = await session.connection()
            await connection.execute(text(_CLIENT), {"appointment": row_id, "client": client_id})
            told = row_id if client_id == wanted.clients[0] else uuid5(row_id, client_id.hex)
            tell(session, client_id, told, telling, operation_id)

    inverse = {"appointment": {"id": str(row_id), "way": "take_away"}}
    await _carry_out(db, operation_id, "appointment.make", wanted.client_id, work, inverse)
    return row_id


async def move(
    db: "Database", appointment_id: UUID, starts_at: datetime, *, operation_id: UUID, overlap_reason: str = ""
) -> None:
    """Move an appointment, as long as it was, to another time; raises as `make` does, and NotFound."""
    reason = short_line(overlap_reason, "overlap_reason")
    seen = await _seen(db, appointment_id)
    ends_at = times.end_of(starts_at, round((seen.ends_at - seen.starts_at).total_seconds() / 60))
    times.check(starts_at, ends_at)

    async def work(session: "AsyncSession") -> None:
        from models.base import new_id

        row = await _row(session, appointment_id)
        row.starts_at, row.ends_at = starts_at, ends_at
        row.overlap_reason = reason
        session.add(row)
        await session.flush()
        telling = telling_of(row.kind, starts_at, row.room)
        for client_id in clients:
            told = await told_id(session, appointment_id, client_id)
            await tell_again(session, client_id, told, new_id(), telling, operation_id)

    clients = await clients_of(db, appointment_id)
    inverse = {
        "appointment": {
            "id": str(appointment_id), "way": "move", "starts_at": seen.starts_at.isoformat(),
            "moved_to": starts_at.isoformat(), "reason": seen.overlap_reason,
        }
    }  # fmt: skip
    await _carry_out(db, operation_id, "appointment.move", next(iter(clients), None), work, inverse)


async def cancel(db: "Database", appointment_id: UUID, reason: str, *, operation_id: UUID) -> None:
    """Cancel an appointment for a reason; what the timeline says of it is withdrawn. Raises NotFound."""
    why = needed_reason(reason)

    async def work(session: "AsyncSession") -> None:
        row = await _row(session, appointment_id)
        row.cancelled_at, row.cancelled_reason = clock.now(), why[:200]
        session.add(row)
        for client_id in clients:
            told = await event_of(session, client_id, await told_id(session, appointment_id, client_id))
            if told is not None:
                await withdraw_event(session, client_id, told.id, why[:200], operation_id)

    clients = await clients_of(db, appointment_id)
    inverse = {"appointment": {"id": str(appointment_id), "way": "bring_back"}}
    await _carry_out(db, operation_id, "appointment.cancel", next(iter(clients), None), work, inverse)


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


async def clients_of(db: "Database", appointment_id: UUID) -> Sequence[UUID]:
    """Return the clients of an appointment; all of them are to be opened before it is changed."""
    async with db.reading() as session:
        return await clients_in(session, appointment_id)


async def clients_in(session: "AsyncSession", appointment_id: UUID) -> Sequence[UUID]:
    """Return the clients of an appointment as the caller's transaction sees them."""
    from sqlmodel import col, select

    from models.appointment import AppointmentClient

    wanted = (
        select(AppointmentClient.client_id)
        .where(
            AppointmentClient.appointment_id == appointment_id, col(AppointmentClient.removed_at).is_(None)
        )
        .order_by(col(AppointmentClient.client_id))
    )
    return (await session.exec(wanted)).all()


async def told_id(session: "AsyncSession", appointment_id: UUID, client_id: UUID) -> UUID:
    """Return the id under which the timeline of this client tells of the appointment, or will tell."""
    from models.event import Event

    first = await session.get(Event, appointment_id)
    own = first is None or first.client_id == client_id
    told = appointment_id if own else uuid5(appointment_id, client_id.hex)
    # A withdrawal stays, so an appointment that is there again is told under another id.
    while await session.get(Event, told) is not None and not await event_of(session, client_id, told):
        told = uuid5(told, "again")
    return told


async def _carry_out(
    db: "Database",
    operation_id: UUID,
    name: str,
    client_id: UUID | None,
    work: "Callable[[AsyncSession], Awaitable[None]]",
    inverse: dict[str, Any],
) -> None:
    try:
        await once(db, operation_id, name, client_id, inverse, work)
    except Conflict as conflict:
        raise clash(conflict) from conflict


def clash(conflict: Conflict) -> Conflict:
    """Return the conflict that says who or what is taken at that time, where the database said so."""
    original = getattr(conflict.__cause__, "orig", None)
    constraint = getattr(getattr(original, "diag", None), "constraint_name", None)
    sentence = {
        "ex_appointment_counsellor": _("You have another appointment at that time."),
        "ex_appointment_room": _("The room is taken at that time."),
        "ex_appointment_interpreter": _("The interpreter is taken at that time."),
    }.get(constraint or "")
    if sentence is None:
        return conflict
    return Conflict(sentence, _("Choose another time, or give a reason for the overlap."), ("starts_at",))


async def _refuse_barred(session: "AsyncSession", client_id: UUID, interpreter: str) -> None:
    from sqlmodel import func, select

    if (await session.exec(select(func.api.is_barred(client_id, interpreter)))).one():
        raise InvalidInput(
            "interpreter",
            _("This interpreter is not to be booked for this client."),
            _("Choose another interpreter."),
        )


async def _seen(db: "Database", appointment_id: UUID) -> "Appointment":
    from models.appointment import Appointment

    async with db.reading() as session:
        row = await session.get(Appointment, appointment_id)
    if row is None or row.cancelled_at is not None:
        raise gone()
    return row


async def _row(session: "AsyncSession", appointment_id: UUID) -> Any:
    from sqlmodel import select

    from models.appointment import Appointment

    wanted = select(Appointment).where(Appointment.id == appointment_id).with_for_update()
    row = (await session.exec(wanted)).one_or_none()
    if row is None or row.cancelled_at is not None:
        raise gone()
    return row


def telling_of(kind: str, starts_at: datetime, room: str | None) -> Telling:
    """Return what the timeline says of an appointment."""
    parts = [_(KINDS[kind]), format_datetime(starts_at), *([room] if room else [])]
    return Telling("appointment", ", ".join(parts), starts_at)
