"""Households and single clients as the units that move, with everything the method asks of them."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from operator import attrgetter

from kotoutus_tui.rebalance.problem import Client, Problem

NOBODY = -1


class Units:
    """The problem in numbers: units and counsellors by their place in lists ordered by id.

    Weights and capacities are whole and without common divisor, so that the unit of either does not matter.
    The height of a counsellor is load × `scale`[counsellor], comparable between counsellors of any capacity;
    only those with capacity have one.
    """

    __slots__ = (
        "allowed", "away", "base", "broken", "capacity", "counsellors", "everybody", "home", "kept", "known",
        "leave", "members", "open", "pinned", "point", "scale", "stay", "steep", "taste", "tastes", "weight",
        "worth",
    )  # fmt: skip

    def __init__(self, problem: Problem) -> None:
        self.counsellors = sorted(problem.counsellors, key=attrgetter("id"))
        place = {counsellor.id: index for index, counsellor in enumerate(self.counsellors)}
        shares = [Fraction(str(counsellor.capacity)) for counsellor in self.counsellors]
        whole = lcm(*(share.denominator for share in shares))
        common = gcd(*(int(share * whole) for share in shares)) or 1
        self.capacity = [int(share * whole) // common for share in shares]
        self.open = [index for index, capacity in enumerate(self.capacity) if capacity]
        multiple = lcm(*(self.capacity[index] for index in self.open))
        self.scale = [multiple // capacity if capacity else 0 for capacity in self.capacity]
        self.everybody = sum(1 << index for index in self.open)
        self.point = gcd(*(client.weight for client in problem.clients)) or 1

        self.members = _units(problem.clients)
        count = len(self.members)
        self.weight = [0] * count
        self.known = [0] * count  # members who have a counsellor now, each a move when they change
        self.stay: list[dict[int, int]] = [{}] * count  # how many of them each counsellor has now
        self.kept: list[dict[int, int]] = [{}] * count  # what is kept of relationships, by counsellor
        self.pinned = [False] * count
        self.allowed = [self.everybody] * count  # as bits
        self.base = [0] * count  # clients who move whatever is done
        self.home = [NOBODY] * count  # the one counsellor with whom only those move
        self.leave = [0] * count  # how many more move when the unit is not at home
        self.broken: list[int] = []  # units that no counsellor may have
        self.taste = [0] * count  # units of the same taste have matches with the same counsellors
        speakers = _Tastes([counsellor.languages for counsellor in self.counsellors])
        for unit, members in enumerate(self.members):
            self._read(unit, members, place)
            self.taste[unit] = speakers.of(members)
        self.tastes = speakers.matches
        # One match counts more than all relationships together.
        self.worth = 1 + sum(max(kept.values(), default=0) for kept in self.kept)
        # A client who need not move counts more than all of that together.
        self.steep = self.worth * (1 + len(problem.clients))
        self.away = [unit for unit in range(count) if self.home[unit] == NOBODY]

    def cost(self, unit: int, counsellor: int) -> int:
        """Return how many clients of the unit change when it goes to the counsellor."""
        return self.known[unit] - self.stay[unit].get(counsellor, 0)

    def value(self, unit: int, counsellor: int) -> int:
        """Return what the place is worth among plans with as many moves: languages, then relationships."""
        return self.tastes[self.taste[unit]][counsellor] * self.worth + self.kept[unit].get(counsellor, 0)

    def places(self, unit: int) -> list[int]:
        """Return the counsellors whom the rules allow."""
        allowed = self.allowed[unit]
        if allowed == self.everybody:
            return self.open
        return [index for index in range(len(self.counsellors)) if allowed >> index & 1]

    def _read(self, unit: int, members: Sequence[Client], place: dict[str, int]) -> None:
        self.weight[unit] = sum(client.weight for client in members) // self.point
        stay: dict[int, int] = {}
        kept: dict[int, int] = {}
        forbidden = 0
        locks = 0
        for client in members:
            if client.current is not None:
                now = place[client.current]
                stay[now] = stay.get(now, 0) + 1
                if client.continuity:
                    kept[now] = kept.get(now, 0) + client.continuity
                if client.locked:
                    locks |= 1 << now
            for name in client.exclude:
                forbidden |= 1 << place[name]
        self.stay[unit], self.kept[unit] = stay, kept
        self.known[unit] = sum(stay.values())
        if locks:
            self.pinned[unit] = True
            self.allowed[unit] = locks & ~forbidden if locks & (locks - 1) == 0 else 0
        elif forbidden:
            self.allowed[unit] &= ~forbidden
        if not self.allowed[unit]:
            self.broken.append(unit)
            return
        self._find_home(unit)

    def _find_home(self, unit: int) -> None:
        allowed = self.allowed[unit]
        costs = {
            counsellor: self.known[unit] - count
            for counsellor, count in self.stay[unit].items()
            if allowed >> counsellor & 1
        }
        only = allowed & (allowed - 1) == 0
        if only:
            counsellor = allowed.bit_length() - 1
            self.pinned[unit] = True
            self.home[unit] = counsellor
            self.base[unit] = self.cost(unit, counsellor)
            return
        self.base[unit] = least = min(costs.values(), default=self.known[unit])
        best = [counsellor for counsellor, cost in costs.items() if cost == least]
        if len(best) == 1:
            self.home[unit] = best[0]
            others = [cost for cost in costs.values() if cost > least]
            # With more counsellors allowed than the members have now, a stranger is there too.
            if allowed.bit_count() > len(costs):
                others.append(self.known[unit])
            self.leave[unit] = min(others) - least


class _Tastes:
    """Language matches by counsellor, one list for all units whose members speak the same."""

    def __init__(self, spoken: Sequence[frozenset[str]]) -> None:
        self._spoken = spoken
        self._known: dict[tuple[frozenset[str], ...] | frozenset[str], int] = {}
        self.matches: list[list[int]] = []

    def of(self, members: Sequence[Client]) -> int:
        languages = [client.languages for client in members]
        key = languages[0] if len(languages) == 1 else tuple(languages)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.matches)
            self.matches.append(
                [sum(not own.isdisjoint(spoken) for own in languages) for spoken in self._spoken]
            )
        return found


def _units(clients: Sequence[Client]) -> list[list[Client]]:
    """Return the members of each unit; the order follows ids alone."""
    households: dict[str, list[Client]] = {}
    units: list[list[Client]] = []
    for client in sorted(clients, key=attrgetter("id")):
        if client.household is None:
            units.append([client])
        elif client.household in households:
            households[client.household].append(client)
        else:
            households[client.household] = members = [client]
            units.append(members)
    return units
