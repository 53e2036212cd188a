"""The best division of a small problem, by trying every one that could still be better."""

from kotoutus_tui.rebalance.state import State
from kotoutus_tui.rebalance.units import Units

# With more units or places the search would seldom end.
_MOST_UNITS = 40


class Search:
    """Tries divisions depth first; `budget` is how many places may still be tried in all searches."""

    def __init__(self, units: Units, budget: int = 60_000) -> None:
        self._units = units
        self.budget = budget if 0 < len(units.members) <= _MOST_UNITS else 0
        # Where there is least choice first, then the heaviest.
        every = range(len(units.members) if self.budget else 0)
        self._order = sorted(every, key=lambda unit: (len(units.places(unit)), -units.weight[unit], unit))
        # What the units from each place in the order on move and weigh at least, and are worth at most.
        self._moves, self._weight, self._value = _remaining(units, self._order)

    def lowest(self, state: State, bound: int, most_moves: int | None) -> tuple[list[int] | None, bool]:
        """Return places with the least height, if lower than those of `state`, and whether that is proven."""
        found: list[int] | None = None
        height = state.height()
        while height > bound and self.budget > 0:
            upper = [(height - 1) // scale if scale else state.load[place] for place, scale in enumerate(
                self._units.scale)]  # fmt: skip
            better = self._descend(upper, [0] * len(upper), None, most_moves)
            if better is None:
                break
            found, height = better, _height(self._units, better)
        return found, self.budget > 0

    def best(self, state: State, most_moves: int | None) -> tuple[list[int] | None, bool]:
        """Return places within the limits of `state` with fewer moves or better matches, if there are any."""
        known = (state.moved, -_value(self._units, state.at))
        found: list[int] | None = None
        while self.budget > 0:
            limits = state.limits
            better = self._descend(limits.upper, limits.lower, known, most_moves)
            if better is None:
                break
            found = better
            known = (_moves(self._units, better), -_value(self._units, better))
        return found, self.budget > 0

    def _descend(
        self, upper: list[int], lower: list[int], below: tuple[int, int] | None, most_moves: int | None
    ) -> list[int] | None:
        """Return the first places within the limits that are better than `below`: moves, then worth."""
        units, order = self._units, self._order
        load, at = [0] * len(upper), [-1] * len(order)
        lacking = sum(lower)

        def go(depth: int, moves: int, value: int, lacking: int) -> bool:
            if depth == len(order):
                return lacking == 0
            unit = order[depth]
            weight = units.weight[unit]
            choices = sorted(
                units.places(unit),
                key=lambda place: (units.cost(unit, place), -units.value(unit, place), place),
            )
            for place in choices:
                self.budget -= 1
                if self.budget <= 0:
                    return False
                least = moves + units.cost(unit, place) + self._moves[depth + 1]
                if most_moves is not None and least > most_moves:
                    break
                worth = value + units.value(unit, place)
                if below is not None and (least, -worth - self._value[depth + 1]) >= below:
                    continue
                after = load[place] + weight
                if units.scale[place] and after > upper[place]:
                    continue
                left = lacking - min(weight, max(0, lower[place] - load[place]))
                if left > self._weight[depth + 1]:
                    continue
                load[place], at[unit] = after, place
                if go(depth + 1, moves + units.cost(unit, place), worth, left):
                    return True
                load[place] = after - weight
            return False

        return at if go(0, 0, 0, lacking) else None


def _remaining(units: Units, order: list[int]) -> tuple[list[int], list[int], list[int]]:
    moves, weight, value = [0], [0], [0]
    for unit in reversed(order):
        moves.append(moves[-1] + units.base[unit])
        weight.append(weight[-1] + units.weight[unit])
        value.append(value[-1] + max(units.value(unit, place) for place in units.places(unit)))
    return moves[::-1], weight[::-1], value[::-1]


def _height(units: Units, at: list[int]) -> int:
    load = [0] * len(units.scale)
    for unit, place in enumerate(at):
        load[place] += units.weight[unit]
    return max(load[place] * units.scale[place] for place in units.open)


def _moves(units: Units, at: list[int]) -> int:
    return sum(units.cost(unit, place) for unit, place in enumerate(at))


def _value(units: Units, at: list[int]) -> int:
    return sum(units.value(unit, place) for unit, place in enumerate(at))
