"""Rows of a plan, written field by field while others do the same, and put back as they were.

For the commands: what is here runs in the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.fields import read_back, stored, write_row
from kotoutus_tui.errors import Conflict, gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

_MODELS = {"plan": "Plan", "goal": "PlanGoal", "measure": "PlanMeasure", "review": "PlanReview"}
_DATES = frozenset({
    "drawn_on", "signed_on", "starts_on", "ends_on", "next_review_on", "guided_on", "held_on",
})  # fmt: skip
_IDS = frozenset({"goal_id", "plan_id"})


def added(table: str, row_id: UUID) -> dict[str, Any]:
    """Return what undo must know of a row that is added."""
    return {"table": table, "id": str(row_id), "was": None}


def removed(table: str, row_id: UUID) -> dict[str, Any]:
    """Return what undo must know of a row that is taken away."""
    return {"table": table, "id": str(row_id), "was": {}}


def changed(table: str, row_id: UUID, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what undo must know of fields that are changed."""
    return {"table": table, "id": str(row_id), "was": stored(before), "became": stored(after)}


async def find(session: "AsyncSession", client_id: UUID, table: str, row_id: UUID) -> Any:
    """Return a row of an open client as it is now, whether or not it was taken away; raises NotFound."""
    from models import plan as tables

    row = await session.get(getattr(tables, _MODELS[table]), row_id, populate_existing=True)
    if row is None or row.client_id != client_id:
        raise gone()
    return row


async def standing(session: "AsyncSession", client_id: UUID, table: str, row_id: UUID) -> Any:
    """Return a row that was not taken away; raises NotFound."""
    row = await find(session, client_id, table, row_id)
    if row.removed_at is not None:
        raise gone()
    return row


async def restore(session: "AsyncSession", client_id: UUID, changes: Sequence[Mapping[str, Any]]) -> None:
    """Undo changes, the last one first; raises FieldConflict or Conflict when somebody changed them since."""
    await lock_client(session, client_id)
    for each in reversed(changes):
        row = await find(session, client_id, each["table"], UUID(each["id"]))
        if each["was"] is None:
            if row.removed_at is not None:
                raise _changed_since()
            row.removed_at = clock.now()
        elif "became" in each:
            became, was = (read_back(each[one], _DATES, _IDS) for one in ("became", "was"))
            write_row(session, row, became, was)
        else:
            row.removed_at = None
        session.add(row)


def _changed_since() -> Conflict:
    return Conflict(_("Somebody else changed it meanwhile."), _("Look at how it is now."))
