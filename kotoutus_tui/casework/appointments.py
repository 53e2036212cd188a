"""Appointments of one's own: made, moved and cancelled; who is met, where, and with which interpreter.

With a client it stands on the timeline too, and the client must have been opened. Moments are aware. The
same `operation_id` given twice has one effect.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework.record_telling import Telling, event_of, tell, tell_again
from kotoutus_tui.casework.undo import once, withdraw_event
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _, format_datetime
from kotoutus_tui.text import clean_line, needed_reason

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.appointment import Appointment

LONGEST = 12 * 60  # minutes
_CLIENT = "insert into app.appointment_client (appointment_id, client_id) values (:appointment, :client)"


@dataclass(frozen=True)
class Wanted:
    """An appointment to be made; an interpreter's language makes it twice as long as `minutes`."""

    kind: str
    starts_at: datetime
    minutes: int = 45
    client_id: UUID | None = None
    room: str = ""
    interpreter_language: str = ""
    interpreter: str = ""
    overlap_reason: str = ""


async def make(db: "Database", wanted: Wanted, *, operation_id: UUID) -> UUID:
    """Make an appointment and return its id.

    Raises Conflict, saying whether the person, the room or the interpreter is taken, unless a reason for
    the overlap is given; InvalidInput for an interpreter whom this client is not to have.
    """
    from models.base import new_id

    row_id, values = new_id(), _values(wanted)

    async def work(session: "AsyncSession") -> None:
        from sqlmodel import insert, text

        from models.appointment import Appointment

        client_id = wanted.client_id
        if client_id and values.get("interpreter"):
            await _refuse_barred(session, client_id, values["interpreter"])
        await session.exec(insert(Appointment).values(id=row_id, operation_id=operation_id, **values))
        if client_id:
            # Whether they came is not written yet, so those columns stay out of the statement.
            connection = await session.connection()
            await connection.execute(text(_CLIENT), {"appointment": row_id, "client": client_id})
            telling = _telling(values["kind"], values["starts_at"], values.get("room"))
            tell(session, client_id, row_id, telling, operation_id)

    await _carry_out(db, operation_id, "appointment.make", wanted.client_id, work)
    return row_id


async def move(
    db: "Database", appointment_id: UUID, starts_at: datetime, *, operation_id: UUID, overlap_reason: str = ""
) -> None:
    """Move an appointment, as long as it was, to another time; raises as `make` does, and NotFound."""
    reason = clean_line(overlap_reason, "overlap_reason") or None

    async def work(session: "AsyncSession") -> None:
        from models.base import new_id

        row = await _row(session, appointment_id)
        row.starts_at, row.ends_at = starts_at, starts_at + (row.ends_at - row.starts_at)
        row.overlap_reason = reason
        session.add(row)
        await session.flush()
        if client_id:
            telling = _telling(row.kind, starts_at, row.room)
            await tell_again(session, client_id, appointment_id, new_id(), telling, operation_id)

    client_id = await client_of(db, appointment_id)
    await _carry_out(db, operation_id, "appointment.move", client_id, work)


async def cancel(db: "Database", appointment_id: UUID, reason: str, *, operation_id: UUID) -> None:
    """Cancel an appointment for a reason; what the timeline says of it is withdrawn. Raises NotFound."""
    why = needed_reason(reason)

    async def work(session: "AsyncSession") -> None:
        row = await _row(session, appointment_id)
        row.cancelled_at, row.cancelled_reason = clock.now(), why[:200]
        session.add(row)
        told = await event_of(session, client_id, appointment_id) if client_id else None
        if client_id and told is not None:
            await withdraw_event(session, client_id, told.id, why[:200], operation_id)

    client_id = await client_of(db, appointment_id)
    await _carry_out(db, operation_id, "appointment.cancel", client_id, work)


async def agenda(db: "Database", from_on: date, to_on: date) -> Sequence["Appointment"]:
    """Return one's appointments that begin on these days, both included, without the cancelled ones."""
    from sqlmodel import col, select, text

    from models.appointment import Appointment

    first = datetime.combine(from_on, time(), clock.HELSINKI)
    after = datetime.combine(to_on + timedelta(days=1), time(), clock.HELSINKI)
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
    """Return the client of an appointment, who is to be opened before it is changed."""
    from sqlmodel import col, select

    from models.appointment import AppointmentClient

    wanted = select(AppointmentClient.client_id).where(
        AppointmentClient.appointment_id == appointment_id, col(AppointmentClient.removed_at).is_(None)
    )
    async with db.reading() as session:
        return (await session.exec(wanted)).first()


async def _carry_out(
    db: "Database",
    operation_id: UUID,
    name: str,
    client_id: UUID | None,
    work: "Callable[[AsyncSession], Awaitable[None]]",
) -> None:
    try:
        await once(db, operation_id, name, client_id, None, work)
    except Conflict as conflict:
        raise _clash(conflict) from conflict


def _clash(conflict: Conflict) -> Conflict:
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


async def _row(session: "AsyncSession", appointment_id: UUID) -> Any:
    from sqlmodel import select

    from models.appointment import Appointment

    wanted = select(Appointment).where(Appointment.id == appointment_id).with_for_update()
    row = (await session.exec(wanted)).one_or_none()
    if row is None or row.cancelled_at is not None:
        raise gone()
    return row


def _values(wanted: Wanted) -> dict[str, Any]:
    if wanted.kind not in KINDS:
        raise InvalidInput(
            "kind",
            _("There is no such kind."),
            _("Choose one of these: {names}.").format(names=", ".join(KINDS)),
        )
    if not 5 <= wanted.minutes <= LONGEST:
        raise InvalidInput(
            "minutes", _("An appointment takes 5 to {most} minutes.").format(most=LONGEST), _("Correct it.")
        )
    fields = ("room", "interpreter_language", "interpreter", "overlap_reason")
    texts = {name: clean_line(getattr(wanted, name), name) for name in fields}
    # What is said twice takes twice the time.
    minutes = wanted.minutes * (2 if texts["interpreter_language"] else 1)
    return {
        "kind": wanted.kind,
        "starts_at": wanted.starts_at,
        "ends_at": wanted.starts_at + timedelta(minutes=minutes),
        **{name: text for name, text in texts.items() if text},
    }


def _telling(kind: str, starts_at: datetime, room: str | None) -> Telling:
    parts = [_(KINDS[kind]), format_datetime(starts_at), *([room] if room else [])]
    return Telling("appointment", ", ".join(parts), starts_at)
