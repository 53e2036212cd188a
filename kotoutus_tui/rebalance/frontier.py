"""The best balance for every number of moves, from those that are forced to those that help no more."""

from collections.abc import Iterable
from dataclasses import dataclass

from kotoutus_tui.rebalance.bounds import Bounds
from kotoutus_tui.rebalance.doubles import improve_by_doubles
from kotoutus_tui.rebalance.exact import Search
from kotoutus_tui.rebalance.fitting import Fitter
from kotoutus_tui.rebalance.languages import improve
from kotoutus_tui.rebalance.state import State

_POINTS = 15
# So many moves too many may be saved again by exchanges.
_TOO_MANY = 3
# So many points above the bound are tried before a number of moves is given up.
_RAISES = (0, 1, 2, 3, 5, 8, 13, 21)
# In a large team a point more or less matters little, and each attempt takes its time.
_LARGE = 10_000
_RAISES_OF_LARGE = (0, 8, 21)


@dataclass(frozen=True, slots=True)
class Best:
    """The lowest division found with at most `at_most` moves."""

    at_most: int
    at: list[int]
    moves: int
    height: int
    knee: bool


@dataclass(slots=True)
class _Patience:
    """How often exchanges may still be tried that save moves; where the bound is loose none of them would."""

    left: int = 2


def frontier(
    fitter: Fitter, search: Search, known: Iterable[State], most_moves: int | None, *, polish: bool
) -> list[Best]:
    """Return the points of the curve, each lower than the one before; `known` divisions are among them.

    With `polish` the languages of each point are bettered by exchanges.
    """
    bounds = fitter.bounds
    states = list(known)
    lowest = fitter.fit(bounds.height, None, len(fitter.units.members), languages=True)
    if lowest and (most_moves is None or lowest.state.moved <= most_moves):
        if polish:
            improve(lowest.state, lowest.transfers)
        states.append(lowest.state)
    # Where the bound is loose, lower heights take more moves than it says.
    last = max(bounds.forced + len(bounds.curve) - 1, *(state.moved for state in states))
    if most_moves is not None:
        last = min(last, most_moves)
    knee = _knee(bounds, last)
    wanted = _spread(bounds.forced, last, {knee, *(state.moved for state in states)})
    points: list[Best] = []
    best: State | None = None
    patience = _Patience()
    for moves in wanted:
        target = bounds.height_at(moves)
        options = [state for state in states if state.moved <= moves]
        if best:
            options.append(best)
        least = min(options, key=lambda state: (state.height(), state.moved), default=None)
        if least is None or least.height() > target:
            fitted = _lowest(
                fitter, moves, target, least.height() if least else None, patience, polish=polish
            )
            least = fitted or least
        if least is None:
            continue
        least = searched(fitter, search, least, target, moves)
        if best is None or least.height() < best.height():
            points.append(Best(moves, least.at, least.moved, least.height(), moves == knee))
            best = least
    return points


def searched(fitter: Fitter, search: Search, state: State, target: int, most_moves: int | None) -> State:
    """Return a lower division where the problem is small enough to try them all."""
    if search.budget > 0 and state.height() > target:
        found, _proven = search.lowest(state, target, most_moves)
        if found:
            return State.of(fitter.units, state.limits, found)
    return state


def _lowest(
    fitter: Fitter, moves: int, target: int, below: int | None, patience: _Patience, *, polish: bool
) -> State | None:
    """Return the lowest division found with at most `moves` moves and lower than `below`."""
    least_scale = min((fitter.units.scale[place] for place in fitter.units.open), default=1)
    tried = -1
    large = len(fitter.units.members) > _LARGE
    for points in _RAISES_OF_LARGE if large else _RAISES:
        height = max(target + points * least_scale, tried + 1)
        if below is not None and height >= below:
            return None
        tried = height
        spare = moves - fitter.bounds.moves(height)
        hopeful = patience.left > 0 and not large
        fitted = fitter.fit(height, None, spare + _TOO_MANY if hopeful else spare, languages=not large)
        if fitted and hopeful and moves < fitted.state.moved <= moves + _TOO_MANY:
            improve_by_doubles(fitted.state, fitted.transfers)
        if fitted and fitted.state.moved <= moves:
            if polish:
                improve(fitted.state, fitted.transfers)
            return fitted.state
        patience.left -= hopeful
    return fitter.unforced() if below is None else None


def _spread(first: int, last: int, also: set[int]) -> list[int]:
    """Return numbers of moves, closer to each other where few move, and those that must be among them."""
    steps = max(1, _POINTS - 1 - len(also - {first, last}))
    spread = {first + round((last - first) * (step / steps) ** 1.25) for step in range(steps + 1)}
    return sorted(moves for moves in spread | also if first <= moves <= last)


def _knee(bounds: Bounds, last: int) -> int:
    """Return where the curve is farthest below the straight line between its ends."""
    curve = bounds.curve[: last - bounds.forced + 1]
    if len(curve) < 3 or curve[0] == curve[-1]:
        return last
    run, fall = len(curve) - 1, curve[0] - curve[-1]
    return bounds.forced + max(
        range(len(curve)), key=lambda moves: ((curve[0] - curve[moves]) * run - fall * moves, -moves)
    )
