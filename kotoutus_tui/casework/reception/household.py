"""A household that arrives: who, when, and its steps, as one view of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A client of the household; `name` is None for one whom another counsellor has."""

    arrival_id: UUID
    client_id: UUID
    name: str | None
    protected: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step; without `client_id` it is the household's, and `blocked_by` is the step it waits for.

    It is open, done on a day by somebody, or not applicable for a reason.
    """

    id: UUID
    arrival_id: UUID
    client_id: UUID | None
    code: str
    title: str | None
    owner: str
    responsible: str | None
    responsible_name: str | None
    due_on: date
    blocked_by: UUID | None
    done_on: date | None
    done_by: str | None
    not_applicable_reason: str | None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.not_applicable_reason is None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A household by its `label`, which names nobody; `persons` also counts those who are no clients."""

    id: UUID
    label: str
    arrives_on: date
    source: str
    place: str | None
    persons: int | None
    responsible: str | None
    responsible_name: str | None
    cancelled_at: datetime | None
    cancelled_reason: str | None
    steps: Sequence[Step] = ()
    people: Sequence[Person] = ()

    @property
    def progress(self) -> tuple[int, int]:
        """How many steps are done and how many there are; those not applicable count for neither."""
        counted = [step for step in self.steps if step.not_applicable_reason is None]
        return sum(step.done_on is not None for step in counted), len(counted)

    @property
    def open(self) -> bool:
        """Whether there is still something to be done."""
        return self.cancelled_at is None and any(step.open for step in self.steps)

    @property
    def protected(self) -> bool:
        """Whether somebody has a protection order, as far as this person may know."""
        return any(person.protected for person in self.people)

    def step(self, step_id: UUID) -> Step | None:
        """Return a step of it."""
        return next((step for step in self.steps if step.id == step_id), None)
