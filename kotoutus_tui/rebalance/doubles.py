"""Exchanges of up to two units each way between two counsellors, for teams where that is quick."""

from itertools import combinations

from kotoutus_tui.rebalance.state import State
from kotoutus_tui.rebalance.transfers import Transfers

# With more counsellors, or after so many combinations, single exchanges have to do.
_MOST_COUNSELLORS = 8
_MOST_STEPS = 400_000

# What goes over together: value apart from moves, weight, units.
Bundle = tuple[int, int, tuple[int, ...]]


def improve_by_doubles(state: State, transfers: Transfers) -> None:
    """Exchange one or two units for one or two as long as that saves moves or gains matches."""
    places = state.units.open
    if len(places) > _MOST_COUNSELLORS:
        return
    pairs = list(combinations(places, 2))
    bundles: dict[tuple[int, int], dict[int, list[Bundle]]] = {}
    budget, since, turn = _MOST_STEPS, 0, 0
    while since < len(pairs) and budget > 0:
        one, other = pairs[turn % len(pairs)]
        for key in ((one, other), (other, one)):
            if key not in bundles:
                bundles[key], steps = _bundles(transfers, *key)
                budget -= steps
        found, steps = _find(state, one, other, bundles[one, other], bundles[other, one], budget)
        budget -= steps
        if found is None:
            since += 1
            turn += 1
            continue
        for unit in found[0]:
            state.move(unit, other)
        for unit in found[1]:
            state.move(unit, one)
        transfers.changed(one, other)
        bundles = {key: made for key, made in bundles.items() if key[0] not in (one, other)}
        since = 0


def _bundles(transfers: Transfers, giver: int, taker: int) -> tuple[dict[int, list[Bundle]], int]:
    """Return what could go over by the moves it saves, the best of each weight first; and the steps."""
    steep = transfers.steep
    single = [
        (saved, gain - saved * steep, weight, unit)
        for gain, weight, unit in transfers.offers(giver, taker)
        if unit >= 0
        for saved in ((gain + steep // 2) // steep,)
    ]
    best: dict[tuple[int, int], Bundle] = {(0, 0): (0, 0, ())}
    for saved, value, weight, unit in single:
        best[saved, weight] = (value, weight, (unit,))
    known = best.get
    for (saved1, value1, weight1, unit1), (saved2, value2, weight2, unit2) in combinations(single, 2):
        key, value = (saved1 + saved2, weight1 + weight2), value1 + value2
        before = known(key)
        if before is None or value > before[0]:
            best[key] = (value, weight1 + weight2, (unit1, unit2))
    by_saved: dict[int, list[Bundle]] = {}
    for (saved, _weight), bundle in best.items():
        by_saved.setdefault(saved, []).append(bundle)
    for bundles in by_saved.values():
        bundles.sort(reverse=True)
    return by_saved, len(single) * len(single) // 2


def _find(
    state: State,
    one: int,
    other: int,
    there: dict[int, list[Bundle]],
    back: dict[int, list[Bundle]],
    budget: int,
) -> tuple[tuple[tuple[int, ...], tuple[int, ...]] | None, int]:
    """Return what goes there and back that saves a move, or else gains most; and the steps it took."""
    load, upper, lower = state.load, state.limits.upper, state.limits.lower
    least = max(load[one] - upper[one], lower[other] - load[other])
    most = min(load[one] - lower[one], upper[other] - load[other])
    steps = 0
    for saved in (1, 0):
        found: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        above = None if saved else 0
        for saved_there, going in sorted(there.items()):
            coming = back.get(saved - saved_there)
            if not coming or steps > budget:
                continue
            for value, weight, units in going:
                if above is not None and value + coming[0][0] <= above:
                    break
                low, high = weight - most, weight - least
                for back_value, back_weight, back_units in coming:
                    if above is not None and value + back_value <= above:
                        break
                    steps += 1
                    if low <= back_weight <= high:
                        above, found = value + back_value, (units, back_units)
                        break
        if found:
            return found, steps
    return None, steps
