"""Better matches with as many moves: exchanges between counsellors that gain and break nothing."""

from kotoutus_tui.rebalance.state import State
from kotoutus_tui.rebalance.transfers import Transfers


def improve(state: State, transfers: Transfers, *, only_moves: bool = False) -> None:
    """Exchange units as long as moves are saved or matches gained; no limit is broken that was kept.

    With `only_moves` matches alone are no reason for an exchange.
    """
    places = state.units.open
    every = [(one, other) for one in places for other in places if one < other]
    above = transfers.steep // 2 if only_moves else 0
    waiting = every
    while waiting:
        again: set[int] = set()
        for one, other in waiting:
            while _gain(state, transfers, one, other, above):
                again |= {one, other}
        waiting = [pair for pair in every if again & set(pair)] if again else []


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
