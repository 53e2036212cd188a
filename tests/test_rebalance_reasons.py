"""Every reason a plan gives is true: recomputed here from the problem and the assignment alone."""

import pytest

from kotoutus_tui.rebalance.plan import Plan
from kotoutus_tui.rebalance.reading import from_json
from kotoutus_tui.rebalance.reasons import Reason, by_regret, explain, why_not
from kotoutus_tui.rebalance.solve import solve
from tests.rebalance_cases import SCENARIOS, Json, problem

AGAINST = {
    "locked", "conflict", "no_capacity", "over_limit", "under_floor", "more_moves", "fewer_matches",
    "less_continuity", "as_good",
}  # fmt: skip


class Household:
    """One moved household as the problem has it."""

    def __init__(self, data: Json, plan: Plan, clients: tuple[str, ...]) -> None:
        first = next(one for one in data["clients"] if one["id"] == clients[0])
        together = first["household"]
        self.members = [
            one for one in data["clients"] if one is first or (together and one["household"] == together)
        ]
        self.to = plan.assignment[clients[0]]
        self.weight = sum(one["weight"] for one in self.members)
        self.spoken = {one["id"]: set(one["languages"]) for one in data["counsellors"]}

    def moves(self, to: str) -> int:
        return sum(one["current"] not in (None, to) for one in self.members)

    def matches(self, to: str) -> int:
        return sum(bool(self.spoken[to] & set(one["languages"])) for one in self.members)


def points(data: Json, plan: Plan) -> dict[str, int]:
    found = {one["id"]: 0 for one in data["counsellors"]}
    for one in data["clients"]:
        found[plan.assignment[one["id"]]] += one["weight"]
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("clients", [200, 2300])
def test_reasons_are_true(scenario: str, clients: int) -> None:
    data = problem(scenario, 5, clients, 1)
    plan = solve(from_json(data))
    load = points(data, plan)
    capacity = {one["id"]: one["capacity"] for one in data["counsellors"]}
    explanations = by_regret(plan)
    assert [one.regret for one in explanations] == sorted((one.regret for one in explanations), reverse=True)
    assert {one.move for one in explanations} == set(plan.moves)
    for explanation in explanations:
        household = Household(data, plan, explanation.move.clients)
        assert explanation.move.to == household.to
        assert explanation.move.moves == household.moves(household.to)
        assert explanation.leaving or explanation.move.moves == 0
        for reason in explanation.leaving:
            _check_leaving(reason, household, load, plan, capacity)
        for reason in explanation.there:
            _check_there(reason, household, load, plan)
        assert {reason.counsellor for reason in explanation.others} == capacity.keys() - {household.to}
        for reason in explanation.others:
            assert reason.code in AGAINST
            _check_against(reason, household, load, plan, capacity)


def limit(plan: Plan, counsellor: str, capacity: dict[str, float]) -> int:
    return int(plan.limit * capacity[counsellor] / 100 + 1e-6)


def _check_leaving(
    reason: Reason, household: Household, load: dict[str, int], plan: Plan, capacity: dict[str, float]
) -> None:
    here = [one for one in household.members if one["current"] == reason.counsellor]
    match reason.code:
        case "new":
            assert reason.number == sum(one["current"] is None for one in household.members) > 0
        case "no_capacity":
            assert capacity[reason.counsellor] == 0
        case "conflict":
            barred = [one for one in household.members if reason.counsellor in one["exclude"]]
            assert len(barred) == reason.number > 0
        case "united":
            assert len(here) == reason.number
            assert sum(one["current"] == household.to for one in household.members) >= len(here)
        case "locked_member":
            locked = [one for one in household.members if one["locked"]]
            assert len(locked) == reason.number > 0
            assert {one["current"] for one in locked} == {household.to}
        case "too_high":
            stayed = load[reason.counsellor] + household.weight
            assert reason.number == stayed - limit(plan, reason.counsellor, capacity) > 0
        case _:
            assert reason.code == "exchanged"
            assert load[reason.counsellor] + household.weight <= limit(plan, reason.counsellor, capacity)


def _check_there(reason: Reason, household: Household, load: dict[str, int], plan: Plan) -> None:
    assert reason.counsellor == household.to
    match reason.code:
        case "member_there":
            assert reason.number == sum(one["current"] == household.to for one in household.members)
        case "common_language":
            assert reason.number == household.matches(household.to) > 0
            assert set(reason.languages) <= household.spoken[household.to]
            assert all(
                any(language in one["languages"] for one in household.members)
                for language in reason.languages
            )
        case _:
            assert reason.code == "room"
            capacity = {one.id: one.capacity for one in plan.problem.counsellors}
            assert reason.number == limit(plan, household.to, capacity) - load[household.to] >= 0


def _check_against(
    reason: Reason, household: Household, load: dict[str, int], plan: Plan, capacity: dict[str, float]
) -> None:
    name = reason.counsellor
    assert why_not(plan, household.members[0]["id"], name) == reason
    match reason.code:
        case "no_capacity":
            assert capacity[name] == 0
        case "conflict":
            assert reason.number == sum(name in one["exclude"] for one in household.members) > 0
        case "locked":
            assert reason.number == sum(one["locked"] for one in household.members) > 0
        case "over_limit":
            there = load[name] + household.weight
            assert reason.number == there - limit(plan, name, capacity) > 0
        case "under_floor":
            total = sum(height * capacity[one] for one, height in loads_of(plan).items())
            mean = total / sum(capacity[one] for one in loads_of(plan))
            left = load[household.to] - household.weight
            assert left < 0.97 * mean * capacity[household.to] / 100
        case "more_moves":
            assert reason.number == household.moves(name) - household.moves(household.to) > 0
        case "fewer_matches":
            assert reason.number == household.matches(household.to) - household.matches(name) > 0
        case _:
            assert household.moves(name) <= household.moves(household.to)
            assert household.matches(name) >= household.matches(household.to)


def loads_of(plan: Plan) -> dict[str, float]:
    return {load.counsellor: load.height for load in plan.loads_after if load.height is not None}


def test_a_relationship_that_ends_is_told() -> None:
    data = {
        "format": "rebalance-problem/1",
        "counsellors": [{"id": name, "capacity": 100, "languages": []} for name in ("aino", "leila")],
        "clients": [
            {"id": f"c{index}", "weight": 1, "current": "aino", "continuity": 5} for index in range(2)
        ],
    }
    plan = solve(from_json(data))
    (move,) = plan.moves
    assert Reason("continuity_lost", "leila", 5) in explain(plan, move).cost
    assert why_not(plan, move.clients[0], "leila") is None
    assert max(load.points for load in plan.loads_after) == 1
