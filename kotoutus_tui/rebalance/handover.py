"""Whom a counsellor hands over: the most points that any number of clients can take away, exactly."""

from bisect import bisect_left
from itertools import accumulate
from operator import add

from kotoutus_tui.rebalance.units import Units


class Handover:
    """The knapsack of one counsellor: `most[j]` is the most points that leave when j more clients move.

    Units of as many clients are only told apart by weight, so the heaviest of them go first, and the
    best mixture of sizes comes from joining one size after the other.
    """

    __slots__ = ("_sizes", "_stages", "most")

    def __init__(self, units: Units, at_home: list[int], needed: int) -> None:
        """Look at the units at home with the counsellor; `needed` is the most weight asked for later."""
        by_size: dict[int, list[int]] = {}
        weight, leave = units.weight, units.leave
        for unit in at_home:
            by_size.setdefault(leave[unit], []).append(unit)
        moves = _enough(units, at_home, needed) + max(by_size, default=0)
        most = [0] * (moves + 1)
        self._stages: list[list[int]] = []
        self._sizes: list[tuple[int, list[int], list[int]]] = []
        for size, of_size in sorted(by_size.items()):
            of_size.sort(key=weight.__getitem__, reverse=True)
            chosen = of_size[: moves // size]
            taken = list(accumulate((weight[unit] for unit in chosen), initial=0))
            self._stages.append(most)
            self._sizes.append((size, chosen, taken))
            most = _join(most, taken, size)
        self.most = most

    def fewest(self, needed: int) -> int:
        """Return how many more clients move when `needed` points leave at least."""
        return bisect_left(self.most, needed) if needed > 0 else 0

    def choose(self, moves: int) -> list[int]:
        """Return units which take the most points away with that many moves."""
        chosen: list[int] = []
        most = self.most
        for before, (size, of_size, taken) in zip(reversed(self._stages), reversed(self._sizes), strict=True):
            for count in range(min(moves // size, len(of_size)) + 1):
                if before[moves - count * size] + taken[count] == most[moves]:
                    chosen += of_size[:count]
                    moves -= count * size
                    break
            most = before
        return chosen


def _enough(units: Units, at_home: list[int], needed: int) -> int:
    """Return a number of moves that certainly takes `needed` points away, if any does."""
    moves = 0
    ratio = [(-units.weight[unit] / units.leave[unit], unit) for unit in at_home]
    for _ratio, unit in sorted(ratio):
        if needed <= 0:
            break
        needed -= units.weight[unit]
        moves += units.leave[unit]
    return moves


def _join(most: list[int], taken: list[int], size: int) -> list[int]:
    """Return the most points for every number of moves, with one more size of units to choose from."""
    joined = list(most)
    for start in range(min(size, len(most))):
        line = most[start::size]
        backwards = line[::-1]
        last = len(line) - 1
        for moves in range(len(line)):
            joined[start + moves * size] = max(map(add, backwards[last - moves :], taken))
    return joined
