"""How good any plan can be, proven without searching: the least height, and the fewest moves for a height."""

import heapq
from collections import defaultdict

from kotoutus_tui.rebalance.handover import Handover
from kotoutus_tui.rebalance.units import Units

# So many sets of counsellors are looked at; more would cost time and seldom prove more.
_MOST_SETS = 64


class Bounds:
    """Heights and moves that no plan can go below.

    `height` is the least height of the highest counsellor. `moves(height)` is how many clients must move to
    come down to a height, `height_at(moves)` how low so many moves can bring it.
    """

    def __init__(self, units: Units) -> None:
        self._units = units
        self.fixed = [0] * len(units.counsellors)
        self.at_home: list[list[int]] = [[] for _counsellor in units.counsellors]
        self.load = [0] * len(units.counsellors)
        self._set_homes()
        self.height = self._least_height()
        self.forced = sum(units.base)
        self.handovers: dict[int, Handover] = {}
        for counsellor in units.open:
            above = self.load[counsellor] - self.height // units.scale[counsellor]
            if above > 0:
                self.handovers[counsellor] = Handover(units, self.at_home[counsellor], above)
        self.curve = self._curve()

    def moves(self, height: int) -> int:
        """Return how many clients move at least in a plan no higher than `height`, at least `self.height`."""
        return self.forced + sum(
            handover.fewest(self.load[counsellor] - height // self._units.scale[counsellor])
            for counsellor, handover in self.handovers.items()
        )

    def height_at(self, moves: int) -> int:
        """Return a height that no plan with at most `moves` moves goes below; `moves` at least `forced`."""
        return self.curve[min(max(moves - self.forced, 0), len(self.curve) - 1)]

    def _set_homes(self) -> None:
        units = self._units
        for unit, home in enumerate(units.home):
            if home < 0:
                continue
            self.load[home] += units.weight[unit]
            if units.pinned[unit]:
                self.fixed[home] += units.weight[unit]
            else:
                self.at_home[home].append(unit)

    def _curve(self) -> list[int]:
        """Return the least height for every number of moves above those forced, until more do not help."""
        units = self._units
        spent = dict.fromkeys(units.open, 0)
        queue = [(-self.load[counsellor] * units.scale[counsellor], counsellor) for counsellor in units.open]
        heapq.heapify(queue)
        curve: list[int] = []
        while queue:
            highest, counsellor = queue[0]
            curve.append(max(-highest, self.height))
            if -highest <= self.height:
                break
            most = self.handovers[counsellor].most
            spent[counsellor] += 1
            left = self.load[counsellor] - most[min(spent[counsellor], len(most) - 1)]
            if spent[counsellor] >= len(most):
                break
            heapq.heapreplace(queue, (-left * units.scale[counsellor], counsellor))
        return curve or [self.height]

    def _least_height(self) -> int:
        units = self._units
        everywhere = sum(units.weight[unit] for unit, pinned in enumerate(units.pinned) if not pinned)
        height = self._level(units.open, everywhere)
        by_places: dict[int, int] = defaultdict(int)
        heaviest: dict[int, int] = defaultdict(int)
        for unit, pinned in enumerate(units.pinned):
            if not pinned:
                allowed, weight = units.allowed[unit], units.weight[unit]
                by_places[allowed] += weight
                heaviest[allowed] = max(heaviest[allowed], weight)
        for allowed, weight in heaviest.items():
            places = [counsellor for counsellor in units.open if allowed >> counsellor & 1]
            height = max(height, min((self.fixed[place] + weight) * units.scale[place] for place in places))
        for allowed in sorted(by_places, key=lambda places: (places.bit_count(), places))[:_MOST_SETS]:
            within = sum(weight for inner, weight in by_places.items() if inner & ~allowed == 0)
            places = [counsellor for counsellor in units.open if allowed >> counsellor & 1]
            height = max(height, self._level(places, within))
        return height

    def _level(self, places: list[int], weight: int) -> int:
        """Return the least height at which `places` hold what is fixed there and `weight` more points."""
        units, fixed = self._units, self.fixed
        if not places:
            return 0
        low = max(fixed[place] * units.scale[place] for place in places)
        high = max(low, *((fixed[place] + weight) * units.scale[place] for place in places))
        while low < high:
            middle = (low + high) // 2
            room = sum(middle // units.scale[place] - fixed[place] for place in places)
            if room >= weight:
                high = middle
            else:
                low = middle + 1
        return low
