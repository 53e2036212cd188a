"""The answer: who goes where, what each carries before and after, and how good that is proven to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kotoutus_tui.rebalance.problem import Problem
from kotoutus_tui.rebalance.state import Limits
from kotoutus_tui.rebalance.units import Units


@dataclass(frozen=True, slots=True)
class Move:
    """A household, or a single client, that gets another or a first counsellor.

    `clients` are the members who change, `origins` their counsellors now (None for nobody) in the same order;
    `moves` counts those who had one.
    """

    household: str | None
    clients: tuple[str, ...]
    origins: tuple[str | None, ...]
    to: str
    moves: int
    unit: int


@dataclass(frozen=True, slots=True)
class Load:
    """What a counsellor carries: clients, points, and points per full-time post (None without capacity)."""

    counsellor: str
    clients: int
    points: int
    height: float | None


@dataclass(frozen=True)
class Point:
    """The best balance with at most `at_most` moves: `worst` points per full-time post with `moves` moves.

    No plan with so few moves is lower than `bound`. `knee` marks where further moves begin to help less.
    """

    units: Units
    at: list[int]
    at_most: int
    moves: int
    worst: float
    bound: float
    knee: bool

    @property
    def assignment(self) -> dict[str, str]:
        """The counsellor of every client."""
        return assignment_of(self.units, self.at)


@dataclass(frozen=True)
class Plan:
    """A proposal. Heights are points per full-time post; `bound` and `moves_bound` no plan can go below.

    `limit` is the height that everybody was to stay below; `moves_bound` is for that. `proven` says that
    nothing is better by the order of aims, because every division that could be was tried.
    """

    problem: Problem
    units: Units
    at: list[int]
    limits: Limits
    moved: int
    worst: float
    bound: float
    limit: float
    moves_bound: int
    matches_before: int
    matches: int
    proven: bool
    frontier: tuple[Point, ...]

    @cached_property
    def assignment(self) -> Mapping[str, str]:
        """The counsellor of every client."""
        return assignment_of(self.units, self.at)

    @cached_property
    def loads(self) -> list[int]:
        """The load of each counsellor in the points of `units`, by place."""
        loads = [0] * len(self.units.counsellors)
        for unit, place in enumerate(self.at):
            loads[place] += self.units.weight[unit]
        return loads

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The households that change, in the order of their ids."""
        return tuple(
            move for unit, place in enumerate(self.at) if (move := self.move_of(unit, place)) is not None
        )

    @cached_property
    def loads_before(self) -> tuple[Load, ...]:
        """What each carries now."""
        now = {client.id: client.current for client in self.problem.clients if client.current is not None}
        return loads_of(self.units, now)

    @cached_property
    def loads_after(self) -> tuple[Load, ...]:
        """What each carries by the plan."""
        return loads_of(self.units, self.assignment)

    def move_of(self, unit: int, place: int) -> Move | None:
        """Return the move that brings a unit to a place, None when it is there already."""
        to = self.units.counsellors[place].id
        changing = [client for client in self.units.members[unit] if client.current != to]
        if not changing:
            return None
        return Move(
            changing[0].household,
            tuple(client.id for client in changing),
            tuple(client.current for client in changing),
            to,
            sum(client.current is not None for client in changing),
            unit,
        )


def assignment_of(units: Units, at: list[int]) -> dict[str, str]:
    """Return the counsellor of every client."""
    names = [counsellor.id for counsellor in units.counsellors]
    return {
        client.id: names[place]
        for members, place in zip(units.members, at, strict=True)
        for client in members
    }


def loads_of(units: Units, assignment: Mapping[str, str]) -> tuple[Load, ...]:
    """Return what each counsellor carries when the clients in `assignment` are divided so."""
    points = {counsellor.id: 0 for counsellor in units.counsellors}
    clients = dict(points)
    for members in units.members:
        for client in members:
            counsellor = assignment.get(client.id)
            if counsellor is not None:
                points[counsellor] += client.weight
                clients[counsellor] += 1
    return tuple(
        Load(
            one.id,
            clients[one.id],
            points[one.id],
            100 * points[one.id] / one.capacity if one.capacity else None,
        )
        for one in units.counsellors
    )
