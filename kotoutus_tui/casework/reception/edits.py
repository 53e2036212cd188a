"""Changes of an arrival and its steps, each written as before and after, so that it can be undone."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.reception.templates import step_title, templates
from kotoutus_tui.casework.undo import UNDO_HOURS, gone
from kotoutus_tui.errors import Conflict, NotFound
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.reception import Arrival, ReceptionStep

Values = Mapping[str, Any]
Inverse = dict[str, Any]

NOW = "now"  # a moment that is known only when it is written
_DAYS = frozenset({"arrives_on", "due_on", "done_on"})
_MOMENTS = frozenset({"cancelled_at", "removed_at"})


@dataclass(frozen=True)
class Edit:
    """New values of one row; written only while the row still has the values of `before`."""

    what: Literal["arrival", "step"]
    id: UUID
    before: Values
    after: Values


async def once(
    db: "Database",
    operation_id: UUID,
    name: str,
    inverse: Inverse | None,
    work: "Callable[[AsyncSession], Awaitable[None]]",
) -> None:
    """Carry `work` out in one transaction under an operation id; the same id again ends quietly."""
    from kotoutus_tui.database import AlreadyDone

    for last in (False, True):
        try:
            async with db.writing(operation_id, name, None, inverse) as session:
                await work(session)
        except AlreadyDone:
            return
        except Conflict as conflict:
            # The same command may have been under way on a connection given up for lost.
            if last or conflict.fields:
                raise
        else:
            return


async def write(
    db: "Database", arrival_id: UUID, name: str, edits: Sequence[Edit], *, operation_id: UUID
) -> None:
    """Write the edits as one command that can be undone; raises NotFound, and Conflict after others."""

    async def work(session: "AsyncSession") -> None:
        await apply(session, edits, _("Marked as not done after all."))

    await once(db, operation_id, name, inverse_of(arrival_id, edits), work)


async def undo_last(db: "Database", arrival_id: UUID, *, operation_id: UUID) -> None:
    """Undo this person's last change of the arrival within 24 hours.

    Raises NotFound when there is none, Conflict when somebody changed the same since.
    """
    from sqlmodel import col, select

    from models.access import Command

    async def undo(session: "AsyncSession") -> None:
        about = col(Command.inverse)["reception"]["arrival"].astext
        wanted = (
            select(Command)
            .where(
                about == str(arrival_id),
                col(Command.undone_by).is_(None),
                col(Command.done_at) > clock.now() - timedelta(hours=UNDO_HOURS),
            )
            .order_by(col(Command.done_at).desc())
            .limit(1)
        )
        last = (await session.exec(wanted)).first()
        if last is None or last.inverse is None:
            raise NotFound(
                _("There is nothing to undo."), _("Only your own entries of the last 24 hours can be undone.")
            )
        stored: list[dict[str, Any]] = last.inverse["reception"]["edits"]
        await apply(session, [_undoing(each) for each in stored], _("Undone by the author."))
        last.undone_by = operation_id
        session.add(last)

    await once(db, operation_id, "undo", None, undo)


def inverse_of(arrival_id: UUID, edits: Sequence[Edit]) -> Inverse:
    """Return what undo needs to take the edits back."""
    stored = [
        {"what": each.what, "id": str(each.id), "before": _stored(each.before), "after": _stored(each.after)}
        for each in edits
    ]
    return {"reception": {"arrival": str(arrival_id), "edits": stored}}


async def apply(session: "AsyncSession", edits: Sequence[Edit], why_open: str) -> None:
    """Write the edits in the caller's transaction, and tell on the timelines what is done or open again."""
    told: list[tuple[ReceptionStep, str]] = []
    for edit in edits:
        row = await _locked(session, edit)
        was_done = getattr(row, "done_on", None) is not None and getattr(row, "removed_at", None) is None
        for name, value in edit.after.items():
            if not _same(name, getattr(row, name), edit.before.get(name)):
                raise Conflict(
                    _("Somebody else changed the same meanwhile."),
                    _("Read the screen again and try once more."),
                )
            setattr(row, name, clock.now() if value == NOW else value)
        session.add(row)
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


def _same(name: str, now: Any, before: Any) -> bool:
    # Of a moment it only counts whether there is one.
    return (now is None) == (before is None) if name in _MOMENTS else now == before


def _stored(values: Values) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date | UUID) else value for name, value in values.items()}


def _undoing(stored: dict[str, Any]) -> Edit:
    return Edit(stored["what"], UUID(stored["id"]), _read(stored["after"]), _read(stored["before"]))


def _read(values: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Callable[[str], Any]] = {**dict.fromkeys(_DAYS, date.fromisoformat), "blocked_by": UUID}
    return {name: read[name](value) if name in read and value else value for name, value in values.items()}
