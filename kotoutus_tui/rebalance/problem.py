"""What is to be divided: counsellors, clients and the rules that hold between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Counsellor(NamedTuple):
    """Somebody who looks after clients; `capacity` in percent of a full-time week, 0 = nobody but locked."""

    id: str
    capacity: float
    languages: frozenset[str] = frozenset()


class Client(NamedTuple):
    """Somebody to be looked after; `weight` in whole points.

    A locked client stays with `current`. `continuity` is what the relationship is worth when clients have
    to move and everything else is equal; 0 where nothing is known of it.
    """

    id: str
    weight: int
    languages: frozenset[str] = frozenset()
    household: str | None = None
    current: str | None = None
    locked: bool = False
    exclude: frozenset[str] = frozenset()
    continuity: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A checked problem; `max_moves` limits how many clients change, `slack_pct` how uneven it may stay."""

    counsellors: Sequence[Counsellor]
    clients: Sequence[Client]
    max_moves: int | None = None
    slack_pct: float = 1.0
