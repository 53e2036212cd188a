"""Finding the appointments that a command is about, and their clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.appointment import Appointment


@dataclass(frozen=True)
class Found:
    """One's appointments that stand, earliest first, and everybody they are with."""

    rows: "Sequence[Appointment]"
    clients: Sequence[UUID]


async def find(
    db: "Database", appointment_id: UUID, operation_id: UUID, *, following: bool = False
) -> Found | None:
    """Return one appointment, or with `following` it and the later ones of its series.

    None when the operation was carried out before. Raises NotFound.
    """
    from models.access import Command

    async with db.reading() as session:
        if await session.get(Command, operation_id) is not None:
            return None
        rows = await rows_of(session, appointment_id, following=following)
        return Found(rows, await clients_in(session, [row.id for row in rows]))


async def rows_of(
    session: "AsyncSession", appointment_id: UUID, *, following: bool = False
) -> "Sequence[Appointment]":
    """Return the appointments as the caller's transaction sees them; raises NotFound."""
    from sqlmodel import col, select, text

    from models.appointment import Appointment

    mine = (Appointment.counsellor == text("session_user"), col(Appointment.cancelled_at).is_(None))
    row = (await session.exec(select(Appointment).where(Appointment.id == appointment_id, *mine))).first()
    if row is None:
        raise gone()
    if not following or row.series_id is None or row.original_start is None:
        return [row]
    rest = (
        select(Appointment)
        .where(
            Appointment.series_id == row.series_id,
            col(Appointment.original_start) >= row.original_start,
            *mine,
        )
        .order_by(col(Appointment.original_start))
    )
    return (await session.exec(rest)).all()


async def clients_in(session: "AsyncSession", appointments: Sequence[UUID]) -> Sequence[UUID]:
    """Return the clients of these appointments."""
    from sqlmodel import col, select

    from models.appointment import AppointmentClient

    wanted = (
        select(AppointmentClient.client_id)
        .where(
            col(AppointmentClient.appointment_id).in_(appointments),
            col(AppointmentClient.removed_at).is_(None),
        )
        .distinct()
        .order_by(col(AppointmentClient.client_id))
    )
    return (await session.exec(wanted)).all()
