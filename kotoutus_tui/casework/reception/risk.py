"""What of a reception is at risk, and who waits for whom; pure, from the steps and a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from kotoutus_tui.casework.reception.household import Step

State = Literal["done", "not_applicable", "late", "held_up", "waiting", "open"]
AT_RISK: tuple[State, ...] = ("late", "held_up")


@dataclass(frozen=True, slots=True)
class Wait:
    """An open step of `owner` that others wait for, directly or further down."""

    owner: str
    step: Step
    others: tuple[str, ...]
    late: bool


def states(steps: Sequence[Step], today: date) -> dict[UUID, State]:
    """Return the state of each step.

    An open step is `late` after its day; `held_up` when a late step stands before it, however far up;
    `waiting` for another open one; else `open`.
    """
    by_id = {step.id: step for step in steps}
    found: dict[UUID, State] = {}
    for step in steps:
        if step.done_on is not None:
            found[step.id] = "done"
        elif not step.open:
            found[step.id] = "not_applicable"
        elif step.due_on < today:
            found[step.id] = "late"
        else:
            found[step.id] = _behind(step, by_id, today)
    return found


def _behind(step: Step, by_id: dict[UUID, Step], today: date) -> State:
    state: State = "open"
    seen = {step.id}
    blocker = by_id.get(step.blocked_by) if step.blocked_by else None
    while blocker is not None and blocker.open and blocker.id not in seen:
        seen.add(blocker.id)
        state = "waiting"
        if blocker.due_on < today:
            return "held_up"
        blocker = by_id.get(blocker.blocked_by) if blocker.blocked_by else None
    return state


def root(step: Step, by_id: dict[UUID, Step]) -> Step | None:
    """Return the first open step that stands in the way of this one, from which everything hangs."""
    found: Step | None = None
    seen = {step.id}
    blocker = by_id.get(step.blocked_by) if step.blocked_by else None
    while blocker is not None and blocker.open and blocker.id not in seen:
        seen.add(blocker.id)
        found = blocker
        blocker = by_id.get(blocker.blocked_by) if blocker.blocked_by else None
    return found


def waits(steps: Sequence[Step], today: date) -> list[Wait]:
    """Return who waits for whom, the late ones first: each owner who is waited for once.

    What is waited for is the step at the beginning of the chain, since only that can be done now; of
    several steps of one owner it is the most urgent.
    """
    by_id = {step.id: step for step in steps}
    waited: dict[str, list[Step]] = {}
    others: dict[str, set[str]] = {}
    for step in steps:
        if step.open and (first := root(step, by_id)) and first.owner != step.owner:
            waited.setdefault(first.owner, []).append(first)
            others.setdefault(first.owner, set()).add(step.owner)
    found: list[Wait] = []
    for owner, blockers in waited.items():
        first = min(blockers, key=lambda blocker: (blocker.due_on, str(blocker.id)))
        found.append(Wait(owner, first, tuple(sorted(others[owner])), first.due_on < today))
    return sorted(found, key=lambda wait: (not wait.late, wait.step.due_on, wait.owner))
