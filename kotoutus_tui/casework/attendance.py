"""Who came to an appointment, who did not, and whether the cost of that may be collected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import no_show_fee
from kotoutus_tui.casework.appointment_edits import Added, Edit, Work, carry_out
from kotoutus_tui.casework.appointment_refusals import refuse_unfit
from kotoutus_tui.casework.appointment_rows import find
from kotoutus_tui.casework.appointment_words import ATTENDANCES
from kotoutus_tui.casework.no_show_fee import Answer
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason, short_line

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

CONDITIONS = ("told_of_fee", "told_how_to_cancel", "understood", "acceptable_reason", "unreasonable_reason")


@dataclass(frozen=True)
class Seen:
    """What is written of one client of an appointment, and what follows from it when they did not come."""

    client_id: UUID
    attendance: str | None
    told_of_fee: bool
    told_how_to_cancel: bool
    understood: bool
    acceptable_reason: str | None
    unreasonable_reason: str | None
    answer: Answer


async def of(db: "Database", appointment_id: UUID) -> Sequence[Seen]:
    """Return what is written of each client; the age counts only of those that are open. Raises NotFound."""
    from sqlmodel import col, select

    from models.appointment import Appointment, AppointmentClient

    wanted = (
        select(AppointmentClient)
        .where(
            AppointmentClient.appointment_id == appointment_id, col(AppointmentClient.removed_at).is_(None)
        )
        .order_by(col(AppointmentClient.client_id))
    )
    async with db.reading() as session:
        appointment = await session.get(Appointment, appointment_id)
        if appointment is None:
            raise gone()
        return [
            Seen(
                each.client_id, each.attendance, each.told_of_fee, each.told_how_to_cancel, each.understood,
                each.acceptable_reason, each.unreasonable_reason,
                await no_show_fee.answer_of(session, appointment, each),
            )
            for each in (await session.exec(wanted)).all()
        ]  # fmt: skip


async def record(
    db: "Database",
    appointment_id: UUID,
    client_id: UUID,
    attendance: str | None,
    conditions: Mapping[str, Any] | None = None,
    *,
    operation_id: UUID,
) -> Answer:
    """Write whether an open client came, and those of CONDITIONS that are given; return the answer.

    A no-show takes the place of the appointment on the timeline, with the answer. None is for unknown.
    Raises NotFound, InvalidInput; and InvalidInput for what has not begun.
    """
    from models.appointment import Appointment, AppointmentClient

    if attendance is not None and attendance not in ATTENDANCES:
        raise InvalidInput("attendance", _("There is no such choice."), _("Choose another one."))
    after: dict[str, Any] = {"attendance": attendance}
    for name, value in (conditions or {}).items():
        after[name] = short_line(value, name) if name.endswith("_reason") else bool(value)
    found = await find(db, appointment_id, operation_id)
    async with db.reading() as session:
        appointment = await session.get(Appointment, appointment_id)
        row = await session.get(AppointmentClient, (appointment_id, client_id))
    if row is None or appointment is None or row.removed_at is not None:
        raise gone()
    if found is not None:
        if attendance in ("attended", "no_show") and appointment.starts_at > clock.now():
            raise InvalidInput("attendance", _("It has not happened yet."), _("Write it after the meeting."))
        before = {name: getattr(row, name) for name in after}
        edit = Edit((appointment_id, client_id), before, after)
        reason = _(ATTENDANCES[attendance]) if attendance else _("Changed.")
        work = Work("appointment.attendance", [edit], (client_id,), reason)
        await carry_out(db, work, operation_id=operation_id)
    async with db.reading() as session:
        written = await session.get(AppointmentClient, (appointment_id, client_id))
        if written is None:
            raise gone()
        return await no_show_fee.answer_of(session, appointment, written)


async def add_client(db: "Database", appointment_id: UUID, client_id: UUID, *, operation_id: UUID) -> None:
    """Take an open client along to an appointment; raises NotFound, Conflict when they are in it."""
    from models.appointment import AppointmentClient

    found = await find(db, appointment_id, operation_id)
    if found is None:
        return
    async with db.reading() as session:
        await refuse_unfit(session, (client_id,), found.rows[0].model_dump())
        left = await session.get(AppointmentClient, (appointment_id, client_id))
    key = (appointment_id, client_id)
    again = left is not None and left.removed_at is not None
    edit = Edit(key, {"removed_at": left.removed_at}, {"removed_at": None}) if left and again else Added(key)
    work = Work("appointment.add_client", [edit], (client_id,), _("Changed."))
    await carry_out(db, work, operation_id=operation_id)


async def remove_client(
    db: "Database", appointment_id: UUID, client_id: UUID, reason: str, *, operation_id: UUID
) -> None:
    """Take an open client off an appointment, for a reason; raises NotFound."""
    why = needed_reason(reason)
    found = await find(db, appointment_id, operation_id)
    if found is None:
        return
    if client_id not in found.clients:
        raise gone()
    edit = Edit((appointment_id, client_id), {"removed_at": None}, {"removed_at": clock.now()})
    work = Work("appointment.remove_client", [edit], (client_id,), why)
    await carry_out(db, work, operation_id=operation_id)
