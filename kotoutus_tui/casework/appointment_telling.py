"""What the timelines of its clients say of an appointment: one event that stands, or none.

An appointment has an event, a no-show another one instead, a cancelled one none. What was told is never
overwritten: it is corrected, or withdrawn and told anew.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from kotoutus_tui import clock
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import no_show_fee
from kotoutus_tui.casework.record_telling import Telling, tell
from kotoutus_tui.casework.undo import withdraw_event
from kotoutus_tui.i18n import _, format_datetime

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from models.appointment import Appointment, AppointmentClient

_TOLD_AT_MOST = 200  # times one appointment is told anew


def telling_of(appointment: "Appointment", *parts: str) -> Telling:
    """Return what is said of an appointment that stands."""
    said = [
        _(KINDS[appointment.kind]),
        *([appointment.title] if appointment.title else []),
        format_datetime(appointment.starts_at),
        *(each for each in (appointment.room, appointment.partner) if each),
        *parts,
    ]
    return Telling("appointment", ", ".join(said), appointment.starts_at)


def event_id(appointment_id: UUID, client_id: UUID, number: int = 0) -> UUID:
    """Return the id of what is told of an appointment the first time, the second time …"""
    return uuid5(appointment_id, f"{client_id}:{number}")


def tell_new(
    session: "AsyncSession", appointment: "Appointment", client_id: UUID, operation_id: UUID
) -> None:
    """Add the event of a new appointment to a transaction."""
    tell(session, client_id, event_id(appointment.id, client_id), telling_of(appointment), operation_id)


async def retell(
    session: "AsyncSession",
    appointment: "Appointment",
    client: "AppointmentClient",
    reason: str,
    operation_id: UUID,
) -> None:
    """Make the timeline say what holds now; `reason` stands on what is corrected or withdrawn."""
    from models.event import Event

    wanted = await _wanted(session, appointment, client)
    number, standing = await _standing(session, appointment.id, client.client_id)
    if standing is not None and wanted is not None and standing.kind == wanted.kind:
        if await _text_of(session, standing) != wanted.body:
            session.add(
                Event(
                    client_id=client.client_id, kind="correction", body=wanted.body, refers_to=standing.id,
                    reason=reason, occurred_at=clock.now(), operation_id=operation_id,
                )
            )  # fmt: skip
        return
    if standing is not None:
        await withdraw_event(session, client.client_id, standing.id, reason, operation_id)
        number += 1
    if wanted is not None:
        tell(
            session, client.client_id, event_id(appointment.id, client.client_id, number), wanted,
            operation_id,
        )  # fmt: skip


async def _wanted(
    session: "AsyncSession", appointment: "Appointment", client: "AppointmentClient"
) -> Telling | None:
    if appointment.cancelled_at is not None or client.removed_at is not None:
        return None
    if client.attendance == "client_cancelled":
        return None
    if client.attendance != "no_show":
        return telling_of(appointment)
    answer = await no_show_fee.answer_of(session, appointment, client)
    said = [f"{telling_of(appointment).body}.", answer.sentence, *(each.why for each in answer.against)]
    return Telling("no_show", " ".join(said), appointment.starts_at)


async def _standing(
    session: "AsyncSession", appointment_id: UUID, client_id: UUID
) -> "tuple[int, Any | None]":
    """Return the number of the last event told and that event, or a free number and None."""
    from sqlmodel import col, select

    from models.event import Event

    for number in range(_TOLD_AT_MOST):
        told = await session.get(Event, event_id(appointment_id, client_id, number))
        if told is None:
            return number, None
        withdrawn = select(Event.id).where(col(Event.refers_to) == told.id, Event.kind == "withdrawal")
        if (await session.exec(withdrawn)).first() is None:
            return number, told
    return _TOLD_AT_MOST, None


async def _text_of(session: "AsyncSession", told: Any) -> str:
    from sqlmodel import col, select

    from models.event import Event

    corrected = (
        select(Event.body)
        .where(col(Event.refers_to) == told.id, Event.kind == "correction")
        .order_by(col(Event.entered_at).desc(), col(Event.id).desc())
    )
    return (await session.exec(corrected)).first() or told.body
