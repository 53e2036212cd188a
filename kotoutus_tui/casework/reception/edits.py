"""Changes of an arrival and its steps, each written as before and after, so that it can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from kotoutus_tui.casework.fields import read_back, replace_values, stored
from kotoutus_tui.casework.reception.templates import step_title, templates
from kotoutus_tui.casework.undo import Inverse, once, undo_latest
from kotoutus_tui.errors import gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.reception import Arrival, ReceptionStep

Values = Mapping[str, Any]

_DAYS = frozenset({"arrives_on", "due_on", "done_on"})


@dataclass(frozen=True)
class Edit:
    """New values of one row; written only while the row still has the values of `before`."""

    what: Literal["arrival", "step"]
    id: UUID
    before: Values
    after: Values


async def write(
    db: "Database", arrival_id: UUID, name: str, edits: Sequence[Edit], *, operation_id: UUID
) -> None:
    """Write the edits as one command that can be undone; raises NotFound, and Conflict after others."""

    async def work(session: "AsyncSession") -> None:
        await apply(session, edits, _("Marked as not done after all."))

    await once(db, operation_id, name, None, inverse_of(arrival_id, edits), work)


async def undo_last(db: "Database", arrival_id: UUID, *, operation_id: UUID) -> None:
    """Undo this person's last change of the arrival within 24 hours.

    Raises NotFound when there is none, Conflict when somebody changed the same since.
    """
    from sqlmodel import col

    from models.access import Command

    async def put_back(session: "AsyncSession", inverse: Inverse) -> None:
        edits = [_undoing(each) for each in inverse["reception"]["edits"]]
        await apply(session, edits, _("Undone by the author."))

    about = col(Command.inverse)["reception"]["arrival"].astext
    await undo_latest(db, [about == str(arrival_id)], put_back, operation_id=operation_id)


def inverse_of(arrival_id: UUID, edits: Sequence[Edit]) -> Inverse:
    """Return what undo needs to take the edits back."""
    kept = [
        {"what": each.what, "id": str(each.id), "before": stored(each.before), "after": stored(each.after)}
        for each in edits
    ]
    return {"reception": {"arrival": str(arrival_id), "edits": kept}}


async def apply(session: "AsyncSession", edits: Sequence[Edit], why_open: str) -> None:
    """Write the edits in the caller's transaction, and tell on the timelines what is done or open again."""
    told: list[tuple[ReceptionStep, str]] = []
    for edit in edits:
        row = await _locked(session, edit)
        was_done = getattr(row, "done_on", None) is not None and getattr(row, "removed_at", None) is None
        replace_values(session, row, edit.before, edit.after)
        if edit.what == "step":
            step: Any = row
            is_done = step.done_on is not None and step.removed_at is None
            if was_done != is_done:
                told.append((step, _said(step) if is_done else why_open))
    await session.flush()
    for step, said in told:
        await _tell(session, step, said)


async def _locked(session: "AsyncSession", edit: Edit) -> "Arrival | ReceptionStep":
    from models.reception import Arrival, ReceptionStep

    kind = Arrival if edit.what == "arrival" else ReceptionStep
    row: Any = await session.get(kind, edit.id, with_for_update=True, populate_existing=True)
    if row is None:
        raise gone()
    return row


def _said(step: "ReceptionStep") -> str:
    return _("Reception: {step}").format(step=step_title(step.code, step.title))


async def _tell(session: "AsyncSession", step: "ReceptionStep", said: str) -> None:
    from sqlmodel import func, select

    kind = templates().kinds.get(step.code)
    everybody = step.client_id is None and kind is not None and kind.told
    if everybody or step.client_id is not None:
        await session.exec(select(func.api.tell_reception(step.id, said, everybody)))


def _undoing(kept: dict[str, Any]) -> Edit:
    before, after = (read_back(kept[one], _DAYS, ("blocked_by",)) for one in ("before", "after"))
    return Edit(kept["what"], UUID(kept["id"]), after, before)
