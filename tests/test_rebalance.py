"""The division of clients: as good as any on small problems, within the bounds on real ones, explained."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotoutus_tui.rebalance.errors import Infeasible
from kotoutus_tui.rebalance.plan import Plan
from kotoutus_tui.rebalance.reading import from_json
from kotoutus_tui.rebalance.solve import resolve, solve
from tests.rebalance_cases import SCENARIOS, Json, problem, tiny
from tests.rebalance_checks import (
    broken_rules,
    every_division,
    loads,
    matches,
    mean,
    moved,
    worst,
)

SIZES = ((5, 200), (5, 2300))
CASES = [(scenario, *size, seed) for scenario in SCENARIOS for size in SIZES for seed in range(3)]


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_small_problems_are_solved_as_well_as_can_be(first: int) -> None:
    """Every division is tried: balance within the slack, then fewest moves, then most matches."""
    solved = 0
    for seed in range(first, first + 40):
        data = tiny(seed)
        most = data["max_moves"]
        divisions = [one for one in every_division(data) if most is None or moved(data, one) <= most]
        if not divisions:
            with pytest.raises(Infeasible):
                solve(from_json(data))
            continue
        plan = solve(from_json(data))
        best = min(worst(data, one) for one in divisions)
        limit = best * (1 + Fraction(str(data["slack_pct"])) / 100)
        balanced = [one for one in divisions if worst(data, one) <= limit]
        fewest = min(moved(data, one) for one in balanced)
        most_matches = max(matches(data, one) for one in balanced if moved(data, one) == fewest)
        answer = plan.assignment
        assert not broken_rules(data, answer), seed
        assert worst(data, answer) <= limit, seed
        assert (moved(data, answer), matches(data, answer)) == (fewest, most_matches), seed
        assert plan.proven
        assert plan.bound <= float(best) + 1e-9
        assert plan.moves_bound <= fewest
        _check_small_frontier(data, divisions, plan)
        solved += 1
    assert solved > 25


def _check_small_frontier(data: Json, divisions: Sequence[dict[str, str]], plan: Plan) -> None:
    for point in plan.frontier:
        assert not broken_rules(data, point.assignment)
        assert moved(data, point.assignment) == point.moves <= point.at_most
        lowest = min(worst(data, one) for one in divisions if moved(data, one) <= point.at_most)
        assert point.bound <= float(lowest) + 1e-9
        assert point.worst == pytest.approx(float(lowest))


@pytest.mark.parametrize(("scenario", "counsellors", "clients", "seed"), CASES)
def test_teams_are_near_what_is_proven(scenario: str, counsellors: int, clients: int, seed: int) -> None:
    data = problem(scenario, counsellors, clients, seed)
    plan = solve(from_json(data))
    answer = plan.assignment
    assert not broken_rules(data, answer)
    assert plan.moved == moved(data, answer)
    assert plan.matches == matches(data, answer)
    assert plan.worst == pytest.approx(float(worst(data, answer)))
    assert plan.worst <= plan.bound * 1.01
    # Households whose members are with different counsellors make the bound loose.
    allowed = 1.13 if scenario == "dirty" else 1.025
    assert plan.moved <= max(plan.moves_bound * allowed, plan.moves_bound + 3)
    assert min(loads(data, answer).values()) >= Fraction(97, 100) * mean(data, answer) - Fraction(1)
    assert [load.points for load in plan.loads_after if load.height is not None] == [
        round(height * load.capacity / 100)
        for height, load in zip(
            loads(data, answer).values(), (c for c in plan.units.counsellors if c.capacity), strict=True
        )
    ]
    _check_frontier(data, plan)


def _check_frontier(data: Json, plan: Plan) -> None:
    last = None
    for point in plan.frontier:
        assert not broken_rules(data, point.assignment)
        assert moved(data, point.assignment) == point.moves <= point.at_most
        assert point.worst == pytest.approx(float(worst(data, point.assignment)))
        assert point.bound <= point.worst * 1.0000001
        assert last is None or (point.moves > last.moves and point.worst < last.worst)
        last = point
    assert 1 <= len(plan.frontier) <= 15
    assert min(point.worst for point in plan.frontier) <= plan.worst


@pytest.mark.parametrize("most", [30, 60, 120])
def test_no_more_clients_move_than_allowed(most: int) -> None:
    data = problem("absent", 5, 2300, 1) | {"max_moves": most}
    plan = solve(from_json(data))
    assert moved(data, plan.assignment) <= most
    assert plan.worst <= plan.bound * 1.01
    assert plan.frontier[-1].moves <= most


small = st.builds(
    lambda scenario, clients, seed: problem(scenario, 4, clients, seed),
    st.sampled_from(SCENARIOS),
    st.integers(10, 150),
    st.integers(0, 10_000),
)


@settings(max_examples=60, deadline=None)
@given(small, st.randoms(use_true_random=False), st.sampled_from((None, 20, 60)))
def test_rules_hold_and_order_and_units_do_not_matter(data: Json, chance: Random, most: int | None) -> None:
    data["max_moves"] = most
    try:
        plan = solve(from_json(data))
    except Infeasible:
        assert most is not None
        return
    assert not broken_rules(data, plan.assignment)
    assert most is None or moved(data, plan.assignment) <= most
    assert plan.bound <= plan.worst + 1e-9
    assert plan.moves_bound <= plan.moved
    shuffled = data | {
        "clients": chance.sample(data["clients"], len(data["clients"])),
        "counsellors": chance.sample(data["counsellors"], len(data["counsellors"])),
    }
    again = solve(from_json(shuffled))
    assert again.assignment == plan.assignment
    assert [one.assignment for one in again.frontier] == [one.assignment for one in plan.frontier]
    scaled = data | {
        "clients": [one | {"weight": 3 * one["weight"]} for one in data["clients"]],
        "counsellors": [one | {"capacity": 0.5 * one["capacity"]} for one in data["counsellors"]],
    }
    larger = solve(from_json(scaled))
    assert larger.assignment == plan.assignment
    assert larger.worst == pytest.approx(6 * plan.worst)
    assert larger.bound == pytest.approx(6 * plan.bound)


def test_relationships_are_kept_when_all_else_is_equal() -> None:
    data = {
        "format": "rebalance-problem/1",
        "counsellors": [{"id": name, "capacity": 100, "languages": []} for name in ("aino", "leila")],
        "clients": [
            {"id": f"c{index}", "weight": 1, "current": "aino", "continuity": kept}
            for index, kept in enumerate((30, 2, 14, 3))
        ],
    }
    plan = solve(from_json(data))
    assert {client for client, to in plan.assignment.items() if to == "leila"} == {"c1", "c3"}


def test_a_team_without_capacity_keeps_its_locked_clients() -> None:
    data = {
        "format": "rebalance-problem/1",
        "counsellors": [{"id": "aino", "capacity": 0}],
        "clients": [{"id": "c1", "weight": 2, "current": "aino", "locked": True}],
    }
    plan = solve(from_json(data))
    assert plan.assignment == {"c1": "aino"}
    assert plan.loads_after[0].height is None
    assert solve(from_json(data | {"clients": []})).assignment == {}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_rejected_move_is_taken_back_and_the_rest_stays(scenario: str) -> None:
    data = problem(scenario, 5, 2300, 0)
    plan = solve(from_json(data))
    for move in plan.moves[::40]:
        client, origin = move.clients[0], move.origins[0]
        again = resolve(plan, rejected=[client], accepted=[plan.moves[1].clients[0]])
        assert not broken_rules(data, again.assignment)
        assert again.assignment[client] != move.to
        if origin is not None and plan.units.capacity[[c.id for c in plan.units.counsellors].index(origin)]:
            assert again.assignment[client] in move.origins
        changed = sum(again.assignment[name] != to for name, to in plan.assignment.items())
        assert changed <= len(plan.units.members[move.unit]) + 25
        assert again.worst <= again.bound * 1.011


def test_barred_pairs_are_kept_apart() -> None:
    plan = solve(from_json(problem("drift", 5, 200, 0)))
    move = plan.moves[0]
    again = resolve(plan, barred=[(move.clients[0], move.to)])
    assert again.assignment[move.clients[0]] != move.to
    everywhere = [(move.clients[0], counsellor.id) for counsellor in plan.problem.counsellors]
    with pytest.raises(Infeasible):
        resolve(plan, barred=everywhere)


def test_without_the_curve_the_plan_is_the_same() -> None:
    problem_ = from_json(problem("join", 5, 200, 2))
    alone = solve(problem_, curve=False)
    assert alone.frontier == ()
    assert alone.assignment == solve(problem_).assignment
    assert replace(alone).moves == alone.moves
