"""How even a proposal makes the loads, who gives and gets, and whether one language group is moved most."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from kotoutus_tui.rebalance.plan import Load, Plan


@dataclass(frozen=True)
class Spread:
    """Points per full-time post over the counsellors who have working time."""

    highest: float
    lowest: float
    mean: float
    deviation: float


@dataclass(frozen=True)
class Fairness:
    """`given` and `received` count clients by counsellor; `languages` those moved and all, by language."""

    before: Spread
    after: Spread
    given: Mapping[str, int]
    received: Mapping[str, int]
    languages: Mapping[str, tuple[int, int]]

    def as_json(self) -> dict[str, Any]:
        """What is kept with the plan: numbers by counsellor and language, no client."""
        return {
            "before": vars(self.before), "after": vars(self.after), "given": dict(self.given),
            "received": dict(self.received), "languages": {k: list(v) for k, v in self.languages.items()},
        }  # fmt: skip


def fairness(plan: Plan) -> Fairness:
    """Return the report of a proposal; clients who get their first counsellor count as received only."""
    spoken = {client.id: min(client.languages, default="") for client in plan.problem.clients}
    given, received, moved = Counter[str](), Counter[str](), Counter[str]()
    for move in plan.moves:
        for client, origin in zip(move.clients, move.origins, strict=True):
            received[move.to] += 1
            if origin is not None:
                given[origin] += 1
                moved[spoken[client]] += 1
    everybody = Counter(spoken.values())
    return Fairness(
        spread(plan.loads_before),
        spread(plan.loads_after),
        given,
        received,
        {language: (moved[language], many) for language, many in sorted(everybody.items())},
    )


def from_json(kept: Mapping[str, Any]) -> Fairness:
    """Return a report that was kept."""
    return Fairness(
        Spread(**kept["before"]),
        Spread(**kept["after"]),
        kept["given"],
        kept["received"],
        {language: (moved, many) for language, (moved, many) in kept["languages"].items()},
    )


def spread(loads: Sequence[Load]) -> Spread:
    """Return highest, lowest, mean and standard deviation; zeros when nobody has working time."""
    heights = [load.height for load in loads if load.height is not None]
    if not heights:
        return Spread(0.0, 0.0, 0.0, 0.0)
    mean = sum(heights) / len(heights)
    deviation = sqrt(sum((height - mean) ** 2 for height in heights) / len(heights))
    return Spread(max(heights), min(heights), mean, deviation)
