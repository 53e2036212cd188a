"""Finds a division no higher than a height with few moves: hand over, place, repair."""

from dataclasses import dataclass

from kotoutus_tui.rebalance.bounds import Bounds
from kotoutus_tui.rebalance.placing import Speakers, place
from kotoutus_tui.rebalance.repair import repair
from kotoutus_tui.rebalance.state import Limits, State, limits_at
from kotoutus_tui.rebalance.transfers import Transfers
from kotoutus_tui.rebalance.units import Units


@dataclass(frozen=True, slots=True)
class Fitted:
    """A division within its limits, with the transfers that may better it."""

    state: State
    transfers: Transfers


class Fitter:
    """Makes divisions of the same problem for one height after the other."""

    def __init__(self, units: Units, bounds: Bounds) -> None:
        self.units = units
        self.bounds = bounds
        self.speakers = Speakers(units)
        self._start = State(units, limits_at(units, 0), bounds.load)

    def fit(self, height: int, lowest: list[int] | None, spare: int, *, languages: bool) -> Fitted | None:
        """Return a division no higher than `height` and nobody below `lowest` points, or None.

        At most `spare` clients more than the bound says move on the way to keep the limits.
        """
        limits = limits_at(self.units, height, lowest)
        state = self._start.copy(limits)
        for counsellor, moves in self._handed_over(state).items():
            for unit in self.bounds.handovers[counsellor].choose(moves):
                state.lift(unit)
        place(state, self.speakers if languages else None)
        transfers = Transfers(state, self.bounds.at_home)
        if repair(state, transfers, spare):
            return Fitted(state, transfers)
        return None

    def unforced(self) -> State:
        """Return a division in which only those move who must, however uneven it is."""
        highest = 1 + sum(self.bounds.load) + sum(self.units.weight)
        limits = Limits([highest] * len(self.bounds.load), [0] * len(self.bounds.load))
        state = self._start.copy(limits)
        place(state, self.speakers)
        return state

    def refit(self, at: list[int], limits: Limits) -> Fitted | None:
        """Return a division within limits that differs little from `at`, or None."""
        state = State.of(self.units, limits, at)
        place(state, self.speakers)
        transfers = Transfers(state, self.bounds.at_home)
        return Fitted(state, transfers) if repair(state, transfers, len(at)) else None

    def _handed_over(self, state: State) -> dict[int, int]:
        """Return how many clients leave each counsellor who is too high, or whose points others lack."""
        load, limits, handovers = state.load, state.limits, self.bounds.handovers
        moves = {
            counsellor: handover.fewest(load[counsellor] - limits.upper[counsellor])
            for counsellor, handover in handovers.items()
        }
        given = sum(handovers[counsellor].most[count] for counsellor, count in moves.items())
        given += sum(self.units.weight[unit] for unit in state.waiting)
        lacking = sum(max(0, limits.lower[counsellor] - load[counsellor]) for counsellor in self.units.open)
        while given < lacking:
            step = max((self._next(counsellor, count) for counsellor, count in moves.items()), default=None)
            if step is None or step[0] <= 0:
                break
            _density, counsellor, count = step
            given += handovers[counsellor].most[count] - handovers[counsellor].most[moves[counsellor]]
            moves[counsellor] = count
        return moves

    def _next(self, counsellor: int, count: int) -> tuple[float, int, int]:
        """Return the points for each further client who leaves, at best, and how many then leave in all."""
        most = self.bounds.handovers[counsellor].most
        return max(
            (
                ((most[further] - most[count]) / (further - count), counsellor, further)
                for further in range(count + 1, min(count + 8, len(most)))
            ),
            default=(0.0, counsellor, count),
        )
