"""The team: what each carries, and a proposal carried out whole or not at all."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock
from kotoutus_tui.casework import rebalance_reports, rebalancing, weights, workload, workload_commands
from kotoutus_tui.casework.rebalancing import Occasion
from kotoutus_tui.casework.workload import ClientFacts, weigh
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team


@pytest.fixture
def clients(database: OwnDatabase) -> list[UUID]:
    """Eight clients, all of Aino's; Bilal has none."""
    make_team(database)
    return [
        make_client(database, "aino", f"{letter}lander", "Kim", phase="plan", service_language="so")
        for letter in "ABCDEFGH"
    ]


def _facts(**given: object) -> ClientFacts:
    plain: dict[str, object] = {
        "client_id": uuid4(), "own_counsellor": "aino", "phase": "plan", "service_language": None,
        "interpreter_needed": False, "household_id": None, "household_size": None, "deadlines": 0,
        "complexity": 0, "locked": False, "excluded": [], "assigned_on": None, "moved_in_a_year": 0,
    }  # fmt: skip
    return ClientFacts(**(plain | given))  # pyright: ignore[reportArgumentType]


def test_points_add_up() -> None:
    points = workload.POINTS
    assert weigh(_facts(), points) == 3
    assert weigh(_facts(interpreter_needed=True, household_size=4, complexity=2, deadlines=5), points) == 11
    assert weigh(_facts(phase="after_plan"), {**points, "phase_after_plan": 0}) == 1


async def test_the_lead_sees_weights_and_counsellors_see_numbers(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    lead, aino = Database(database.as_login("helmi")), Database(database.as_login("aino"))
    seen = await workload.read(lead, lead=True)
    assert [(one.colleague.login, one.clients, one.points) for one in seen.carried] == [
        ("aino", 8, 24), ("bilal", 0, 0)
    ]  # fmt: skip
    assert {client.client_id for client in seen.clients} == set(clients)
    counted = await workload.read(aino, lead=False)
    assert [(one.clients, one.points) for one in counted.carried] == [(8, 0), (0, 0)]
    assert counted.clients == ()
    with pytest.raises(NotAllowed):
        await aino.call("assign_all", "[]", "syy", uuid4())
    await lead.close()
    await aino.close()


async def test_a_counsellor_gets_no_facts_of_the_teams_clients(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    assert clients
    with psycopg.connect(database.as_login("aino")) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute("select * from api.workload_facts()")
    assert refused.value.sqlstate == "42501"


async def test_a_proposal_is_carried_out_and_both_are_told(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    lead = Database(database.as_login("helmi"))
    seen = await workload.read(lead, lead=True)
    plan = await rebalancing.solve(seen, Occasion())
    assert plan.moved == len(clients) // 2
    with pytest.raises(InvalidInput):
        await rebalancing.apply(lead, plan, Occasion(), "  ", operation_id=uuid4())
    operation = uuid4()
    assert await rebalancing.apply(lead, plan, Occasion(), "Kuorma tasataan", operation_id=operation) == 4
    # The same command again has no second effect.
    assert await rebalancing.apply(lead, plan, Occasion(), "Kuorma tasataan", operation_id=operation) == 4
    after = await workload.read(lead, lead=True)
    assert [one.clients for one in after.carried] == [4, 4]
    with psycopg.connect(database.as_superuser) as connection:
        told = connection.execute("select login, count(*) from app.notice group by login order by login")
        assert told.fetchall() == [("aino", 4), ("bilal", 4)]
        moved = connection.execute("select count(*), min(reason) from app.event where kind = 'transfer'")
        assert moved.fetchone() == (4, "Kuorma tasataan")
    await lead.close()


async def test_an_old_proposal_moves_nobody(database: OwnDatabase, clients: list[UUID]) -> None:
    lead = Database(database.as_login("helmi"))
    plan = await rebalancing.solve(await workload.read(lead, lead=True), Occasion())
    one = UUID(plan.moves[0].clients[0])
    await lead.call("assign", one, "bilal", "siirto", uuid4())
    with pytest.raises(Conflict):
        await rebalancing.apply(lead, plan, Occasion(), "Kuorma tasataan", operation_id=uuid4())
    left = len(clients) - 1
    assert [one.clients for one in (await workload.read(lead, lead=True)).carried] == [left, 1]
    await lead.close()


async def test_somebody_leaves_and_locks_hold(database: OwnDatabase, clients: list[UUID]) -> None:
    lead = Database(database.as_login("helmi"))
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute(
            "insert into app.client_weight (client_id, locked, lock_reason) values (%s, true, 'syy')",
            [clients[0]],
        )
        connection.execute(
            "insert into app.conflict_block (client_id, login) values (%s, 'bilal')", [clients[1]]
        )
    seen = await workload.read(lead, lead=True)
    plan = await rebalancing.solve(seen, Occasion())
    moved = {client for move in plan.moves for client in move.clients}
    assert str(clients[0]) not in moved
    assert str(clients[1]) not in moved
    await lead.close()


async def test_those_without_a_counsellor_get_one_and_nobody_else_moves(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    waiting = make_client(database, "helmi", "Odottava", "Kim", phase="arriving")
    lead = Database(database.as_login("helmi"))
    seen = await workload.read(lead, lead=True)
    assert seen.without_counsellor == 1
    even = await rebalancing.solve(seen, Occasion())
    assert str(waiting) not in even.assignment
    plan = await rebalancing.solve(seen, Occasion("unassigned"))
    assert [move.clients for move in plan.moves] == [(str(waiting),)]
    assert plan.moves[0].to == "bilal"
    assert len(clients) == 8
    await lead.close()


async def test_working_time_and_points_hold_from_today(database: OwnDatabase, clients: list[UUID]) -> None:
    lead = Database(database.as_login("helmi"))
    await workload_commands.set_time(lead, "aino", 50, ["so", "en"], operation_id=uuid4())
    await workload_commands.set_time(lead, "aino", 60, ["so"], operation_id=uuid4())
    await workload_commands.set_points(lead, {**workload.POINTS, "phase_plan": 5}, operation_id=uuid4())
    aino = (await workload.read(lead, lead=True)).carried[0]
    assert (aino.colleague.percent, aino.colleague.languages) == (60, frozenset({"so"}))
    assert aino.points == 5 * len(clients)
    bilal = Database(database.as_login("bilal"))
    with pytest.raises(NotAllowed):
        await workload_commands.set_time(bilal, "aino", 10, [], operation_id=uuid4())
    await bilal.close()
    await lead.close()


async def test_eight_leads_at_once_leave_nobody_with_two_or_none(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    desks = [Database(database.as_login("helmi")) for _ in range(8)]

    async def carry_out(number: int) -> object:
        to = "bilal" if number % 2 else "aino"
        chosen = clients[number % 3 :: 2]
        with psycopg.connect(database.as_superuser) as connection:
            now = dict(connection.execute("select id::text, own_counsellor from app.client").fetchall())
        moves = [{"client": str(one), "was": now[str(one)], "given_to": to} for one in chosen]
        return await desks[number].call("assign_all", json.dumps(moves), "yhtä aikaa", uuid4())

    outcomes = await asyncio.gather(*(carry_out(number) for number in range(8)), return_exceptions=True)
    assert not [one for one in outcomes if isinstance(one, Exception)]
    with psycopg.connect(database.as_superuser) as connection:
        wrong = connection.execute(
            "select count(*) from app.client c where 1 <> (select count(*) from app.assignment a"
            " where a.client_id = c.id and upper_inf(a.during) and a.counsellor = c.own_counsellor)"
        )
        assert wrong.fetchone() == (0,)
    for desk in desks:
        await desk.close()


async def test_who_is_lent_comes_back_and_the_report_is_kept(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    lead, away = Database(database.as_login("helmi")), Occasion("away", "aino", until=clock.today())
    plan = await rebalancing.solve(await workload.read(lead, lead=True), away)
    with pytest.raises(InvalidInput):
        tomorrow = clock.today() + timedelta(1)
        await rebalancing.apply(lead, plan, away, "loma", tomorrow, operation_id=uuid4())
    assert await rebalancing.apply(lead, plan, away, "loma", operation_id=uuid4()) == len(clients)
    assert [one.clients for one in (await workload.read(lead, lead=True)).carried] == [0, len(clients)]
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "update app.case_transfer set effective_on = effective_on - 1 where applied_at is null"
        )
    assert await lead.call("apply_due_transfers") == len(clients)
    assert [one.clients for one in (await workload.read(lead, lead=True)).carried] == [len(clients), 0]
    (kept,) = await rebalance_reports.kept(lead)
    assert (kept.occasion, kept.reason, kept.by) == ("away", "loma", "Helmi Hakala")
    assert (kept.report.given, kept.report.received) == ({"aino": len(clients)}, {"bilal": len(clients)})
    assert kept.report.before.deviation == kept.report.after.deviation or kept.report.after.highest > 0
    await lead.close()


async def test_new_arrivals_are_only_thought_of(database: OwnDatabase, clients: list[UUID]) -> None:
    lead = Database(database.as_login("helmi"))
    found = await workload.read(lead, lead=True)
    plan = await rebalancing.solve(found, Occasion("arrivals", many=6, language="so"))
    assert sum(len(move.clients) for move in plan.moves) == 6
    assert all(client.startswith(rebalancing.ARRIVING) for move in plan.moves for client in move.clients)
    assert plan.moved == 0
    assert sum(load.clients for load in plan.loads_after) == len(clients) + 6
    await lead.close()


async def test_weight_lock_and_conflict_are_set_by_the_lead(
    database: OwnDatabase, clients: list[UUID]
) -> None:
    lead, aino = Database(database.as_login("helmi")), Database(database.as_login("aino"))
    one = clients[0]
    await weights.set_weight(aino, one, 3, operation_id=uuid4())
    with pytest.raises(NotAllowed):
        await weights.lock(aino, one, "sama ohjaaja", operation_id=uuid4())
    await weights.lock(lead, one, "sama ohjaaja", operation_id=uuid4())
    assert await weights.weight(lead, one) == weights.Weight(3, "sama ohjaaja")
    with pytest.raises(InvalidInput):
        await weights.set_weight(lead, one, 4, operation_id=uuid4())
    await weights.set_conflicts(lead, one, ["bilal"])
    assert await weights.conflicts(lead, one) == ["bilal"]
    facts = next(each for each in (await workload.read(lead, lead=True)).clients if each.client_id == one)
    assert (facts.complexity, facts.locked, list(facts.excluded)) == (3, True, ["bilal"])
    with pytest.raises(Conflict):
        await weights.set_conflicts(lead, one, ["aino"])
    await weights.set_conflicts(lead, one, [])
    assert await weights.conflicts(lead, one) == []
    with pytest.raises(NotAllowed):
        await weights.conflicts(aino, one)
    await lead.close()
    await aino.close()
