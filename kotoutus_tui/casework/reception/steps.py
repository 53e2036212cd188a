"""Commands about the steps of an arrival: done or not, not applicable, changed, and steps of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.casework.reception import edits
from kotoutus_tui.casework.reception.edits import Edit
from kotoutus_tui.casework.reception.household import Step
from kotoutus_tui.casework.reception.templates import OWNERS
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason, short_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

OWN = "own"  # the code of a step that is in no template
_FIELDS = ("owner", "responsible", "due_on", "blocked_by")


@dataclass(frozen=True)
class StepFacts:
    """What can be changed of a step; `title` only of one's own, `done_on` only of a done one."""

    due_on: date
    owner: str
    responsible: str | None = None
    blocked_by: UUID | None = None
    title: str | None = None
    done_on: date | None = None


async def mark_done(db: "Database", step: Step, done_on: date | None = None, *, operation_id: UUID) -> None:
    """Mark a step as done today or on an earlier day; it is told on the timelines it is about.

    Raises InvalidInput for a day to come, Conflict, NotFound.
    """
    day = _past(done_on or clock.today())
    await _write(
        db, step, "reception.done", {"done_on": day, "not_applicable_reason": None}, operation_id=operation_id
    )


async def mark_open(db: "Database", step: Step, *, operation_id: UUID) -> None:
    """Open a step again that was done or not applicable; what the timelines told of it is withdrawn."""
    after = {"done_on": None, "not_applicable_reason": None}
    await _write(db, step, "reception.open", after, operation_id=operation_id)


async def mark_not_applicable(db: "Database", step: Step, reason: str, *, operation_id: UUID) -> None:
    """Say why a step is not done at all; raises InvalidInput without a reason."""
    why = needed_reason(reason)
    after = {"done_on": None, "not_applicable_reason": why}
    await _write(db, step, "reception.not_applicable", after, operation_id=operation_id)


async def change(db: "Database", step: Step, facts: StepFacts, *, operation_id: UUID) -> None:
    """Change a step's day, owner, person and what it waits for; raises InvalidInput, Conflict, NotFound."""
    _check(facts)
    after: dict[str, Any] = {name: getattr(facts, name) for name in _FIELDS}
    if step.code == OWN:
        after["title"] = _title(facts)
    if step.done_on is not None and facts.done_on is not None:
        after["done_on"] = _past(facts.done_on)
    if after["blocked_by"] == step.id:
        raise InvalidInput("blocked_by", _("A step cannot wait for itself."))
    await _write(db, step, "reception.change", after, operation_id=operation_id)


async def add(
    db: "Database", arrival_id: UUID, facts: StepFacts, client_id: UUID | None = None, *, operation_id: UUID
) -> UUID:
    """Add a step of one's own, for the household or for one person of it; return its id.

    Raises InvalidInput, NotAllowed.
    """
    _check(facts)
    step_id, title = uuid5(operation_id, "step"), _title(facts)
    taken_back = Edit("step", step_id, {"removed_at": NOW}, {"removed_at": None})

    async def work(session: "AsyncSession") -> None:
        from models.reception import ReceptionStep

        session.add(
            ReceptionStep(
                id=step_id, arrival_id=arrival_id, client_id=client_id, code=OWN, title=title,
                owner=facts.owner, responsible=facts.responsible, due_on=facts.due_on,
                blocked_by=facts.blocked_by,
            )
        )  # fmt: skip
        await session.flush()

    inverse = edits.inverse_of(arrival_id, [taken_back])
    await once(db, operation_id, "reception.add", None, inverse, work)
    return step_id


async def _write(
    db: "Database", step: Step, name: str, wanted: Mapping[str, Any], *, operation_id: UUID
) -> None:
    before = {field: getattr(step, field) for field in wanted}
    after = {field: value for field, value in wanted.items() if value != before[field]}
    if after:
        edit = Edit("step", step.id, {field: before[field] for field in after}, after)
        await edits.write(db, step.arrival_id, name, [edit], operation_id=operation_id)


def _check(facts: StepFacts) -> None:
    if facts.owner not in OWNERS:
        raise InvalidInput("owner", _("Choose one of these."))


def _past(day: date) -> date:
    if day > clock.today():
        raise InvalidInput("done_on", _("The day is in the future."))
    return day


def _title(facts: StepFacts) -> str:
    title = short_line(facts.title, "title")
    if title is None:
        raise InvalidInput("title", _("This is needed."))
    return title
