"""Rows of appointments added and changed in one command that its author can undo.

The clients concerned must be open. Their timelines follow the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.appointment_refusals import clash
from kotoutus_tui.casework.appointment_telling import retell, tell_new
from kotoutus_tui.casework.undo import Inverse, once
from kotoutus_tui.errors import Conflict, gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Values = Mapping[str, Any]

_MOMENTS = frozenset({"starts_at", "ends_at", "interpreter_cancel_by", "cancelled_at", "removed_at"})


@dataclass(frozen=True)
class Edit:
    """New values of a row; written only while it still has those of `before`. A key of two is a client's."""

    key: tuple[UUID, ...]
    before: Values
    after: Values


@dataclass(frozen=True)
class Added:
    """A new row; a key of two is the client of an appointment."""

    key: tuple[UUID, ...]
    values: Values = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Work:
    """What one command does, in this order; `reason` stands on the timeline where something was told."""

    name: str
    edits: Sequence[Added | Edit]
    clients: Sequence[UUID]
    reason: str
    series: Values | None = None


async def carry_out(db: "Database", work: Work, *, operation_id: UUID) -> None:
    """Do it in one transaction, once; raises Conflict that says who or what is taken, and when."""
    now: list[datetime] = []

    async def write(session: "AsyncSession") -> None:
        from sqlmodel import insert

        from models.appointment import AppointmentSeries

        if work.series is not None:
            await session.exec(insert(AppointmentSeries).values(**work.series))
        for edit in work.edits:
            moments = edit.values if isinstance(edit, Added) else edit.after
            now[:] = [moments["starts_at"]] if "starts_at" in moments else []
            if isinstance(edit, Added):
                await _add(session, edit, operation_id)
            else:
                await _apply(session, edit)
        await _tell(session, work, operation_id)

    # An appointment with several clients is nobody's alone, so it is undone in the calendar.
    client_id = work.clients[0] if len(work.clients) == 1 else None
    try:
        await once(db, operation_id, work.name, client_id, _inverse(work), write)
    except Conflict as conflict:
        raise clash(conflict, now[0] if now and len(work.edits) > 1 else None) from conflict


async def undo(session: "AsyncSession", kept: Mapping[str, Any], operation_id: UUID, reason: str) -> None:
    """Take a command back, last row first; raises Conflict when somebody changed a row since."""
    edits = [_read(each) for each in kept["edits"]]
    for edit in edits:
        await _apply(session, edit)
    clients = [UUID(each) for each in kept["clients"]]
    await _tell(session, Work("undo", edits, clients, reason), operation_id)


async def _add(session: "AsyncSession", added: Added, operation_id: UUID) -> None:
    from sqlmodel import insert

    from models.appointment import Appointment, AppointmentClient

    if len(added.key) == 1:
        values = {"id": added.key[0], "operation_id": operation_id, **added.values}
        await session.exec(insert(Appointment).values(**values))
        return
    key = dict(zip(("appointment_id", "client_id"), added.key, strict=True))
    told = {"told_of_fee": False, "told_how_to_cancel": False, "understood": False}
    await session.exec(insert(AppointmentClient).values(**{**told, **key, **added.values}))


async def _apply(session: "AsyncSession", edit: Edit) -> None:
    row = await _row(session, edit.key)
    for name, value in edit.after.items():
        now = getattr(row, name)
        if now != edit.before[name]:
            raise Conflict(
                _("Somebody else changed the same meanwhile."), _("Read the screen again and try once more."),
                (name,),
            )  # fmt: skip
        setattr(row, name, value)
    session.add(row)
    await session.flush()


async def _row(session: "AsyncSession", key: tuple[UUID, ...]) -> Any:
    from models.appointment import Appointment, AppointmentClient

    if len(key) == 1:
        row = await session.get(Appointment, key[0], with_for_update=True, populate_existing=True)
    else:
        row = await session.get(AppointmentClient, key, with_for_update=True, populate_existing=True)
    if row is None:
        raise gone()
    return row


async def _tell(session: "AsyncSession", work: Work, operation_id: UUID) -> None:
    from sqlmodel import col, select

    from models.appointment import Appointment, AppointmentClient

    if not work.clients:
        return
    new = {edit.key[0] for edit in work.edits if isinstance(edit, Added) and len(edit.key) == 1}
    touched = list({edit.key[0] for edit in work.edits})
    wanted = (
        select(Appointment, AppointmentClient)
        .join(AppointmentClient, col(AppointmentClient.appointment_id) == Appointment.id)
        .where(col(Appointment.id).in_(touched), col(AppointmentClient.client_id).in_(work.clients))
        .order_by(col(Appointment.starts_at), col(Appointment.id), col(AppointmentClient.client_id))
    )
    for appointment, client in (await session.exec(wanted)).all():
        if appointment.id in new:
            tell_new(session, appointment, client.client_id, operation_id)
        else:
            await retell(session, appointment, client, work.reason, operation_id)


def _inverse(work: Work) -> Inverse:
    new = {(edit.key[0],) for edit in work.edits if isinstance(edit, Added) and len(edit.key) == 1}
    # Whom a new appointment is with still shows when it was cancelled.
    own = [edit for edit in work.edits if edit.key in new or (edit.key[0],) not in new]
    return {
        "appointment": {
            "clients": [str(each) for each in work.clients],
            "edits": [_back(each) for each in reversed(own)],
        }
    }


def _back(edit: Added | Edit) -> dict[str, Any]:
    # Nothing is deleted: what was added is cancelled, or the client is taken off.
    if isinstance(edit, Edit):
        before, after = edit.after, {name: edit.before[name] for name in edit.after}
    else:
        ending = "cancelled_at" if len(edit.key) == 1 else "removed_at"
        before, after = {ending: None}, {ending: clock.now()}
    return {
        "key": [str(each) for each in edit.key],
        "before": {name: _stored(value) for name, value in before.items()},
        "after": {name: _stored(value) for name, value in after.items()},
    }


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(kept: Mapping[str, Any]) -> Edit:
    before, after = (
        {
            name: datetime.fromisoformat(value) if name in _MOMENTS and value else value
            for name, value in kept[one].items()
        }
        for one in ("before", "after")
    )
    return Edit(tuple(UUID(each) for each in kept["key"]), before, after)
