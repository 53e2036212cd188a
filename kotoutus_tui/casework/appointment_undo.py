"""Undoing one's last appointment made, moved or cancelled, whoever the clients are."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework.appointments import clash, clients_in, telling_of, told_id
from kotoutus_tui.casework.record_telling import event_of, tell, tell_again
from kotoutus_tui.casework.undo import Inverse, latest_of, undo_latest, withdraw_event
from kotoutus_tui.errors import Conflict, gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


async def to_be_undone(db: "Database") -> UUID | None:
    """Return the appointment that `undo_last` would touch, whose clients are to be opened before."""
    inverse = await latest_of(db, (_which(),))
    return UUID(inverse["appointment"]["id"]) if inverse else None


async def undo_last(db: "Database", *, operation_id: UUID) -> str:
    """Undo one's last command on an appointment within 24 hours and return its name.

    Raises NotFound when there is nothing to undo, Conflict when it was changed since or the time is taken.
    """

    async def put_back(session: "AsyncSession", inverse: Inverse) -> None:
        await _put_back(session, inverse["appointment"], operation_id)

    try:
        return await undo_latest(db, (_which(),), put_back, operation_id=operation_id)
    except Conflict as conflict:
        raise clash(conflict) from conflict


def _which() -> Any:
    from sqlmodel import func

    from models.access import Command

    return func.jsonb_exists(Command.inverse, "appointment")


async def _put_back(session: "AsyncSession", inverse: Mapping[str, Any], operation_id: UUID) -> None:
    from models.appointment import Appointment

    row_id, way = UUID(inverse["id"]), inverse["way"]
    row = await session.get(Appointment, row_id, with_for_update=True, populate_existing=True)
    if row is None or (row.cancelled_at is not None) != (way == "bring_back"):
        raise gone()
    if way == "take_away":
        row.cancelled_at, row.cancelled_reason = clock.now(), _("Undone by the author.")
    elif way == "bring_back":
        row.cancelled_at = row.cancelled_reason = None
    else:
        _move_back(row, inverse)
    session.add(row)
    await session.flush()
    for client_id in await clients_in(session, row_id):
        await _tell(session, client_id, row, way, operation_id)


def _move_back(row: Any, inverse: Mapping[str, Any]) -> None:
    if row.starts_at != datetime.fromisoformat(inverse["moved_to"]):
        raise Conflict(_("The appointment was moved again since."), _("Look at it again."))
    minutes = round((row.ends_at - row.starts_at).total_seconds() / 60)
    row.starts_at = datetime.fromisoformat(inverse["starts_at"])
    row.ends_at, row.overlap_reason = times.end_of(row.starts_at, minutes), inverse["reason"]


async def _tell(session: "AsyncSession", client_id: UUID, row: Any, way: str, operation_id: UUID) -> None:
    from models.base import new_id

    told = await told_id(session, row.id, client_id)
    telling = telling_of(row.kind, row.starts_at, row.room)
    if way == "bring_back":
        tell(session, client_id, told, telling, operation_id)
    elif way == "move":
        await tell_again(session, client_id, told, new_id(), telling, operation_id)
    elif await event_of(session, client_id, told) is not None:
        await withdraw_event(session, client_id, told, _("Undone by the author."), operation_id)
