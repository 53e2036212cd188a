"""Steps made from a template for a household and its people; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kotoutus_tui.casework.reception.templates import TemplateStep


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to be made; `after` is the step it waits for, which comes earlier in the list or is there."""

    id: UUID
    client_id: UUID | None
    code: str
    owner: str
    due_on: date
    after: UUID | None


def steps_of_household(
    template: Sequence[TemplateStep], arrives_on: date, ids: Mapping[str, UUID]
) -> list[Planned]:
    """Return the household's own steps; `ids` has an id for every code."""
    made: set[str] = set()
    found: list[Planned] = []
    for step in template:
        if not step.kind.per_person:
            after = ids[step.after] if step.after in made and step.after else None
            made.add(step.kind.code)
            found.append(_planned(step, arrives_on, ids[step.kind.code], None, after))
    return found


def steps_of_person(
    template: Sequence[TemplateStep],
    arrives_on: date,
    client_id: UUID,
    ids: Mapping[str, UUID],
    household: Mapping[str, UUID],
) -> list[Planned]:
    """Return one person's steps; `household` are the steps of the household that are there, by code."""
    found: list[Planned] = []
    made: set[str] = set()
    for step in template:
        if step.kind.per_person:
            after = None
            if step.after:
                after = ids[step.after] if step.after in made else household.get(step.after)
            made.add(step.kind.code)
            found.append(_planned(step, arrives_on, ids[step.kind.code], client_id, after))
    return found


def _planned(
    step: TemplateStep, arrives_on: date, step_id: UUID, client_id: UUID | None, after: UUID | None
) -> Planned:
    due = arrives_on + timedelta(days=step.days)
    return Planned(step_id, client_id, step.kind.code, step.kind.owner, due, after)
