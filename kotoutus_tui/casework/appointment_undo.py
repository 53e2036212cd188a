"""Undoing one's last command on appointments, whoever the clients are."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework import appointment_edits
from kotoutus_tui.casework.appointment_refusals import clash
from kotoutus_tui.casework.undo import Inverse, latest_of, undo_latest
from kotoutus_tui.errors import Conflict
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


async def to_be_undone(db: "Database") -> UUID | None:
    """Return an appointment that `undo_last` would touch, whose clients are to be opened before."""
    inverse = await latest_of(db, (_which(),))
    return UUID(inverse["appointment"]["edits"][0]["key"][0]) if inverse else None


async def clients_to_open(db: "Database") -> list[UUID]:
    """Return the clients that are to be opened before `undo_last`."""
    inverse = await latest_of(db, (_which(),))
    return [UUID(each) for each in inverse["appointment"]["clients"]] if inverse else []


async def undo_last(db: "Database", *, operation_id: UUID) -> str:
    """Undo one's last command on appointments within 24 hours; return its name, empty when repeated.

    Raises NotFound when there is nothing to undo, Conflict when it was changed since or the time is taken.
    """

    async def put_back(session: "AsyncSession", inverse: Inverse) -> None:
        await appointment_edits.undo(
            session, inverse["appointment"], operation_id, _("Undone by the author.")
        )

    try:
        return await undo_latest(db, (_which(),), put_back, operation_id=operation_id)
    except Conflict as conflict:
        raise clash(conflict, None) from conflict


def _which() -> Any:
    from sqlmodel import func

    from models.access import Command

    return func.jsonb_exists(Command.inverse, "appointment")
