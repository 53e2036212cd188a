"""Brings loads back within their limits by exchanges between two counsellors."""

from kotoutus_tui.rebalance.state import State
from kotoutus_tui.rebalance.transfers import Exchange, Transfers

# So many partners are tried for one counsellor before it is left as it is.
_PARTNERS = 16


def repair(state: State, transfers: Transfers, spare: int) -> bool:
    """Exchange units until no limit is broken, with at most `spare` more moves; False if that fails."""
    stuck: set[int] = set()
    before = state.moved
    for _step in range(20 + 4 * len(state.load)):
        broken = [
            (-excess, counsellor)
            for counsellor in state.units.open
            if counsellor not in stuck and (excess := _excess(state, counsellor, 0)) > 0
        ]
        if not broken:
            break
        counsellor = min(broken)[1]
        if _mend(state, transfers, counsellor, before + spare - state.moved):
            stuck.clear()
        else:
            stuck.add(counsellor)
    return not state.excess()


def _mend(state: State, transfers: Transfers, counsellor: int, spare: int) -> bool:
    over = state.load[counsellor] > state.limits.upper[counsellor]
    best: tuple[int, int, int, int, Exchange] | None = None
    for partner in _partners(state, counsellor, over=over)[:_PARTNERS]:
        giver, taker = (counsellor, partner) if over else (partner, counsellor)
        found = _step(state, transfers, giver, taker, spare)
        if found and (best is None or found[:2] < best[:2]):
            best = (found[0], found[1], giver, taker, found[2])
            if found[0] == 0 and found[1] <= 0:
                break
    if best is None:
        return False
    transfers.apply(best[2], best[3], best[4])
    return True


def _step(
    state: State, transfers: Transfers, giver: int, taker: int, spare: int
) -> tuple[int, int, Exchange] | None:
    """Return what remains broken, clients who move and the exchange that lessens what is broken most."""
    now = _excess(state, giver, 0) + _excess(state, taker, 0)
    upper, lower, load = state.limits.upper, state.limits.lower, state.load
    # Points that must go over, and those that may.
    wanted = max(load[giver] - upper[giver], lower[taker] - load[taker])
    most = min(load[giver] - lower[giver], upper[taker] - load[taker])
    for cost in range(min(spare, 3) + 1):
        above = -(cost + 1) * transfers.steep
        if most >= wanted:
            found = transfers.exchange(giver, taker, wanted, most, above)
            if found:
                return 0, cost, found
        for points in range(min(wanted, most) if most < wanted else wanted - 1, 0, -1):
            found = transfers.exchange(giver, taker, points, points, above)
            if found:
                left = _excess(state, giver, -points) + _excess(state, taker, points)
                if left < now:
                    return left, cost, found
        for points in range(max(most, 0) + 1, wanted + max(wanted, 0) + 1):
            left = _excess(state, giver, -points) + _excess(state, taker, points)
            if left >= now:
                break
            found = transfers.exchange(giver, taker, points, points, above)
            if found:
                return left, cost, found
    return None


def _partners(state: State, counsellor: int, *, over: bool) -> list[int]:
    """Return the others, those with most room first, or most to spare."""
    load, limits, scale = state.load, state.limits, state.units.scale
    if over:
        return sorted(
            (other for other in state.units.open if other != counsellor),
            key=lambda other: ((load[other] - limits.upper[other]) * scale[other], other),
        )
    return sorted(
        (other for other in state.units.open if other != counsellor),
        key=lambda other: ((limits.lower[other] - load[other]) * scale[other], other),
    )


def _excess(state: State, counsellor: int, change: int) -> int:
    load = state.load[counsellor] + change
    limits = state.limits
    return max(0, load - limits.upper[counsellor], limits.lower[counsellor] - load)
