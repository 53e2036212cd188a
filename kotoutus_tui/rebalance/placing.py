"""Gives the units that wait to counsellors: shared language where there is room, else the lowest load."""

import heapq

from kotoutus_tui.rebalance.state import State
from kotoutus_tui.rebalance.units import Units


def place(state: State, speakers: "Speakers | None") -> None:
    """Put every waiting unit somewhere, the heaviest first; limits may end up broken by a few points.

    With `speakers` the languages are looked at too.
    """
    units, load, upper = state.units, state.load, state.limits.upper
    scale, weight = units.scale, units.weight
    queue = [(load[counsellor] * scale[counsellor], counsellor) for counsellor in units.open]
    heapq.heapify(queue)
    waiting = sorted(state.waiting, key=lambda unit: (-weight[unit], unit))
    state.waiting = []
    for unit in waiting:
        chosen = _cheap(state, unit)
        if chosen is None and speakers:
            allowed, least = units.allowed[unit], 0
            for counsellor in speakers.best(units.taste[unit]):
                room = (upper[counsellor] - load[counsellor] - weight[unit]) * scale[counsellor]
                if room >= least and allowed >> counsellor & 1:
                    chosen, least = counsellor, room + 1
        if chosen is None:
            chosen = _lowest(state, unit, queue)
        state.put(unit, chosen)
        heapq.heappush(queue, (load[chosen] * scale[chosen], chosen))


class Speakers:
    """For each taste the counsellors with most matches, asked for again and again."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._best: dict[int, list[int]] = {}

    def best(self, taste: int) -> list[int]:
        """Return the counsellors with most matches, none when nobody has any."""
        found = self._best.get(taste)
        if found is None:
            matches = self._units.tastes[taste]
            most = max((matches[counsellor] for counsellor in self._units.open), default=0)
            found = [counsellor for counsellor in self._units.open if most and matches[counsellor] == most]
            self._best[taste] = found
        return found


def _cheap(state: State, unit: int) -> int | None:
    """Return the counsellor with room where some member is already, if any: fewer clients move."""
    units, load, upper = state.units, state.load, state.limits.upper
    stay = units.stay[unit]
    if len(stay) < 2 and units.home[unit] >= 0:
        return None
    best: tuple[int, int, int] | None = None
    for counsellor, count in stay.items():
        room = upper[counsellor] - load[counsellor] - units.weight[unit]
        if counsellor != units.home[unit] and units.allowed[unit] >> counsellor & 1 and room >= 0:
            found = (-count, -room * units.scale[counsellor], counsellor)
            best = min(best, found) if best else found
    return best[2] if best else None


def _lowest(state: State, unit: int, queue: list[tuple[int, int]]) -> int:
    """Return the lowest counsellor who may have the unit; entries of `queue` that are out of date go."""
    units, load = state.units, state.load
    allowed, home = units.allowed[unit], units.home[unit]
    kept: list[tuple[int, int]] = []
    while True:
        height, counsellor = entry = heapq.heappop(queue)
        if height != load[counsellor] * units.scale[counsellor]:
            continue
        if allowed >> counsellor & 1 and (counsellor != home or allowed == 1 << home):
            break
        kept.append(entry)
    for entry in kept:
        heapq.heappush(queue, entry)
    return counsellor
