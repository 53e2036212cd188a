"""A division in the making: who has which unit, what each counsellor carries and may carry."""

from dataclasses import dataclass

from kotoutus_tui.rebalance.units import NOBODY, Units


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most points of each counsellor; those without capacity are not limited here."""

    upper: list[int]
    lower: list[int]


class State:
    """The division as it stands; `loose` are the units of each counsellor that are not at home there."""

    __slots__ = ("at", "limits", "load", "loose", "moved", "units", "waiting")

    def __init__(self, units: Units, limits: Limits, load: list[int]) -> None:
        """Begin with every unit at home, `load` being what that makes; the others wait."""
        self.units = units
        self.limits = limits
        self.at = list(units.home)
        self.load = list(load)
        self.loose: list[dict[int, None]] = [{} for _counsellor in load]
        self.moved = sum(units.base)
        self.waiting: list[int] = list(units.away)

    @classmethod
    def of(cls, units: Units, limits: Limits, at: list[int]) -> "State":
        """Return the division with these places; a unit whose place is not allowed goes home or waits."""
        state = cls.__new__(cls)
        state.units, state.limits, state.moved = units, limits, 0
        state.waiting = []
        state.load = [0] * len(units.counsellors)
        state.loose = [{} for _counsellor in units.counsellors]
        state.at = [NOBODY] * len(at)
        for unit, place in enumerate(at):
            state.moved += units.base[unit]
            chosen = place if place >= 0 and units.allowed[unit] >> place & 1 else units.home[unit]
            if chosen == NOBODY:
                state.waiting.append(unit)
            else:
                state.put(unit, chosen)
        return state

    def copy(self, limits: Limits) -> "State":
        """Return the same division under other limits."""
        other = State.__new__(State)
        other.units, other.limits, other.moved = self.units, limits, self.moved
        other.at, other.load, other.waiting = list(self.at), list(self.load), list(self.waiting)
        other.loose = [dict(loose) for loose in self.loose]
        return other

    def lift(self, unit: int) -> None:
        """Take a unit from its counsellor; it waits."""
        units, now = self.units, self.at[unit]
        self.load[now] -= units.weight[unit]
        self.moved -= units.cost(unit, now) - units.base[unit]
        self.loose[now].pop(unit, None)
        self.at[unit] = NOBODY
        self.waiting.append(unit)

    def put(self, unit: int, counsellor: int) -> None:
        """Give a unit that has no counsellor now to one; it is the caller who takes it from `waiting`."""
        units = self.units
        self.at[unit] = counsellor
        self.load[counsellor] += units.weight[unit]
        self.moved += units.cost(unit, counsellor) - units.base[unit]
        if units.home[unit] != counsellor:
            self.loose[counsellor][unit] = None

    def move(self, unit: int, counsellor: int) -> None:
        """Give a unit to another counsellor."""
        units, now = self.units, self.at[unit]
        weight, stay = units.weight[unit], units.stay[unit]
        self.load[now] -= weight
        self.load[counsellor] += weight
        self.moved += stay.get(now, 0) - stay.get(counsellor, 0)
        home = units.home[unit]
        if home != now:
            del self.loose[now][unit]
        if home != counsellor:
            self.loose[counsellor][unit] = None
        self.at[unit] = counsellor

    def height(self) -> int:
        """Return the height of the highest counsellor."""
        load, scale = self.load, self.units.scale
        return max((load[index] * scale[index] for index in self.units.open), default=0)

    def excess(self) -> int:
        """Return by how many points the limits are broken."""
        upper, lower, load = self.limits.upper, self.limits.lower, self.load
        return sum(
            max(0, load[index] - upper[index]) + max(0, lower[index] - load[index])
            for index in self.units.open
        )

    def matches(self) -> int:
        """Return how many clients have a language in common with their counsellor."""
        units = self.units
        return sum(units.tastes[units.taste[unit]][now] for unit, now in enumerate(self.at))


def limits_at(units: Units, height: int, lowest: list[int] | None = None) -> Limits:
    """Return limits that let nobody be higher than `height`, nor below `lowest` points."""
    upper = [height // scale if scale else 0 for scale in units.scale]
    return Limits(upper, lowest or [0] * len(upper))
