"""Units that could change between two counsellors, and the best exchange of them."""

from typing import NamedTuple

from kotoutus_tui.rebalance.state import State

# One unit that could go over: gain, weight, unit (-1 for none at all). The gain counts moves saved far above
# languages, and those above relationships.
Offer = tuple[int, int, int]


class Exchange(NamedTuple):
    """Units that go from one counsellor to another and back; `gain` of all of them."""

    gain: int
    there: int | None
    back: int | None


class Transfers:
    """The offers from every counsellor to every other, made when asked for and made anew after a change."""

    __slots__ = ("_at_home", "_made", "_offers", "_version", "state", "steep")

    def __init__(self, state: State, at_home: list[list[int]]) -> None:
        """`at_home` are the units that have each counsellor as home and may leave."""
        self.state = state
        self.steep = state.units.steep
        self._at_home = at_home
        self._version = [0] * len(at_home)
        self._offers: dict[tuple[int, int], list[Offer]] = {}
        self._made: dict[tuple[int, int], int] = {}

    def offers(self, giver: int, taker: int) -> list[Offer]:
        """Return the best unit of each weight and number of moves, the best gain first; then none at all."""
        key = (giver, taker)
        if self._made.get(key) != self._version[giver]:
            self._made[key] = self._version[giver]
            self._offers[key] = self._make(giver, taker)
        return self._offers[key]

    def exchange(self, giver: int, taker: int, least: int, most: int, above: int = 0) -> Exchange | None:
        """Return the exchange with the greatest gain above `above` after which `taker` has `least` to `most`

        points more than before.
        """
        best: Exchange | None = None
        backwards = self.offers(taker, giver)
        top = backwards[0][0]
        for gain, weight, unit in self.offers(giver, taker):
            if gain + top <= above:
                break
            low, high = weight - most, weight - least
            for back_gain, back_weight, back in backwards:
                if gain + back_gain <= above:
                    break
                if low <= back_weight <= high:
                    above = gain + back_gain
                    best = Exchange(above, unit if unit >= 0 else None, back if back >= 0 else None)
                    break
        return best

    def apply(self, giver: int, taker: int, exchange: Exchange) -> None:
        """Do the exchange."""
        if exchange.there is not None:
            self.state.move(exchange.there, taker)
        if exchange.back is not None:
            self.state.move(exchange.back, giver)
        self.changed(giver, taker)

    def changed(self, *counsellors: int) -> None:
        """Forget the offers of these counsellors."""
        for counsellor in counsellors:
            self._version[counsellor] += 1

    def _make(self, giver: int, taker: int) -> list[Offer]:
        state = self.state
        units, at = state.units, state.at
        allowed, weights, stays, tastes, taste = (
            units.allowed, units.weight, units.stay, units.tastes, units.taste,
        )  # fmt: skip
        steep, worth, kept = self.steep, units.worth, units.kept
        best: dict[tuple[int, int], Offer] = {(0, 0): (0, 0, -1)}
        home = [unit for unit in self._at_home[giver] if at[unit] == giver]
        for unit in (*state.loose[giver], *home):
            if not allowed[unit] >> taker & 1 or units.pinned[unit]:
                continue
            stay, matches, weight = stays[unit], tastes[taste[unit]], weights[unit]
            saved = stay.get(taker, 0) - stay.get(giver, 0)
            gain = saved * steep + (matches[taker] - matches[giver]) * worth
            if worth > 1:
                gain += kept[unit].get(taker, 0) - kept[unit].get(giver, 0)
            key = (weight, saved)
            known = best.get(key)
            if known is None or gain > known[0] or (gain == known[0] and unit < known[2]):
                best[key] = (gain, weight, unit)
        return sorted(best.values(), reverse=True)
