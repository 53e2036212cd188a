"""Better matches with as many moves: exchanges between counsellors that gain and break nothing."""

from collections import Counter
from itertools import combinations

from kotoutus_tui.rebalance.state import State
from kotoutus_tui.rebalance.transfers import Transfers

# More pairs would take longer than the team lead waits.
_MOST_PAIRS = 1200


def improve(state: State, transfers: Transfers, *, only_moves: bool = False) -> None:
    """Exchange units as long as moves are saved or matches gained; no limit is broken that was kept.

    With `only_moves` matches alone are no reason for an exchange.
    """
    every = _pairs(state)
    above = transfers.steep // 2 if only_moves else 0
    waiting = every
    while waiting:
        again: set[int] = set()
        for one, other in waiting:
            while _gain(state, transfers, one, other, above):
                again |= {one, other}
        waiting = [pair for pair in every if again & set(pair)] if again else []


def _pairs(state: State) -> list[tuple[int, int]]:
    """Return the pairs of counsellors; in a large team those between whom most units change hands."""
    places = state.units.open
    if len(places) * (len(places) - 1) // 2 <= _MOST_PAIRS:
        return list(combinations(places, 2))
    home = state.units.home
    counts = Counter(
        (min(home[unit], place), max(home[unit], place))
        for place in places
        for unit in state.loose[place]
        if home[unit] >= 0 and state.units.scale[home[unit]]
    )
    ranked = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return sorted(ranked[:_MOST_PAIRS])


def _gain(state: State, transfers: Transfers, one: int, other: int, above: int) -> bool:
    load, upper, lower = state.load, state.limits.upper, state.limits.lower
    least = max(load[one] - upper[one], lower[other] - load[other])
    most = min(load[one] - lower[one], upper[other] - load[other])
    if least > most:
        return False
    found = transfers.exchange(one, other, least, most, above)
    if found is None:
        return False
    transfers.apply(one, other, found)
    return True
