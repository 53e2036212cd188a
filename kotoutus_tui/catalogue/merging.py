"""Three ways of one fact: what the catalogue last said, what stands here, what the catalogue says now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

State = Literal["same", "kept", "taken", "conflict"]
Value = Any  # what JSON can hold: the form in which the last word of the catalogue is kept

UNKNOWN = object()  # there is no last word of the catalogue


@dataclass(frozen=True)
class Fact:
    """One fact three ways; `base` is UNKNOWN before the first acceptance.

    `same`: nothing to do. `kept`: only we changed it. `taken`: only they did. `conflict`: both did.
    """

    name: str
    base: Value
    mine: Value
    theirs: Value

    @property
    def state(self) -> State:
        """Return who changed it."""
        if equal(self.name, self.mine, self.theirs):
            return "same"
        if self.base is UNKNOWN:
            return _first_meeting(self.mine, self.theirs)
        if equal(self.name, self.base, self.theirs):
            return "kept"
        return "taken" if equal(self.name, self.base, self.mine) else "conflict"

    @property
    def open(self) -> bool:
        """Whether there is something to decide or to take."""
        return self.state in ("taken", "conflict")

    def outcome(self, *, theirs: bool | None = None) -> Value:
        """Return the value that stands afterwards: as chosen, else theirs only when we never changed it."""
        take = self.state == "taken" if theirs is None else theirs
        return self.theirs if take else self.mine


def equal(name: str, one: Value, other: Value) -> bool:
    """Return whether two values of a fact say the same; languages may stand in any order."""
    if one is UNKNOWN or other is UNKNOWN:
        return one is other
    if is_empty(one) and is_empty(other):
        return True
    if name == "spoken" and one and other:
        return set(one.split()) == set(other.split())
    return one == other


def is_empty(value: Value) -> bool:
    """Return whether a value says nothing; an untold yes or no is a no."""
    return value is None or value is False or value in ("", [], {})


def future_hours(hours: Sequence[Sequence[Any]], today: date) -> list[list[Any]]:
    """Return hours without days that are over, in one order: [weekday, day, opens, closes]."""
    kept = [list(each) for each in hours if each[1] is None or each[1] >= today.isoformat()]
    return sorted(kept, key=lambda each: [str(part or "") for part in each])


def _first_meeting(mine: Value, theirs: Value) -> State:
    # What says less gives way to what says the same and more.
    if is_empty(mine) or (isinstance(mine, dict) and mine.items() <= (theirs or {}).items()):
        return "taken"
    return "kept" if is_empty(theirs) else "conflict"
