"""Ways around the rules of the integration process: other people's plans, deadlines and arrivals."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors

from tests.cluster import Cluster
from tests.security_desk import ABSENT, CANARY, Desk, make_desk, refused, rows

PRIVATE = (
    "client_status", "client_document", "interview", "interview_item", "plan", "plan_goal", "plan_measure",
    "plan_review", "interruption", "extension", "study", "snooze", "compensation_claim", "register_mark",
    "authority_change", "handover_item", "referral", "referral_step", "consent", "disclosure",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        yield make_desk(own)


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()


def _of(desk: Desk, table: str, client: str) -> Any:
    with desk.superuser() as connection:
        query = f"select id from app.{table} where client_id = %s limit 1"
        row = connection.execute(query, (desk.clients[client],)).fetchone()  # pyright: ignore[reportArgumentType]
    assert row is not None
    return row[0]


def _tried(desk: Desk, statement: str, **values: Any) -> tuple[str | None, str | None]:
    with desk.person("aino") as connection:
        try:
            connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
        except psycopg.Error as error:
            return error.sqlstate, error.diag.message_primary
    return None, None


@pytest.mark.parametrize("table", PRIVATE)
def test_open_read_roll_back(desk: Desk, table: str) -> None:
    query = f"select * from app.{table} where client_id = %s"
    with desk.person("aino") as connection:
        connection.execute("select api.open_client(%s)", (desk.clients["own"],))
        assert connection.execute(query, (desk.clients["own"],)).fetchall() == []  # pyright: ignore[reportArgumentType]
    desk.open("aino", "own")
    assert rows(desk, "aino", f"select 1 from app.{table} where client_id = %(c)s", c=desk.clients["own"])


@pytest.mark.parametrize("table", PRIVATE)
def test_nothing_of_anothers_client(desk: Desk, table: str) -> None:
    desk.open("aino", "own")
    desk.open("aino", "other")
    query = f"select 1 from app.{table} where client_id = %(c)s"
    assert rows(desk, "aino", query, c=desk.clients["other"]) == []
    assert rows(desk, "aino", query, c=desk.clients["barred"]) == []


PARTS = {
    "a goal in another's plan": (
        "insert into app.plan_goal (plan_id, client_id, term, goal) values (%(whole)s, %(c)s, 'long', 'x')",
        "plan",
    ),
    "a review of another's plan": (
        "insert into app.plan_review (client_id, plan_id, held_on) values (%(c)s, %(whole)s, '2026-09-01')",
        "plan",
    ),
    "an item in another's interview": (
        (
            "insert into app.interview_item (interview_id, client_id, item)"
            " values (%(whole)s, %(c)s, 'special_skills')"
        ),
        "interview",
    ),
    "a line in another's hand-over": (
        "insert into app.handover_item (change_id, client_id, item) values (%(whole)s, %(c)s, 'x')",
        "authority_change",
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_parts_stay_with_their_whole_and_absent_looks_like_anothers(desk: Desk, part: str) -> None:
    statement, table = PARTS[part]
    desk.open("aino", "own")
    own = desk.clients["own"]
    assert _tried(desk, statement, c=own, whole=_of(desk, table, "own")) == (None, None)
    anothers = _tried(desk, statement, c=own, whole=_of(desk, table, "other"))
    assert anothers == _tried(desk, statement, c=own, whole=ABSENT)
    assert anothers[0] == "23503"
    closed = desk.clients["other"]
    real = _tried(desk, statement, c=closed, whole=_of(desk, table, "other"))
    assert real == _tried(desk, statement, c=closed, whole=ABSENT)
    assert real[0] == "42501"


def test_a_measure_needs_a_goal_of_the_same_plan(desk: Desk) -> None:
    desk.open("aino", "own")
    statement = (
        "insert into app.plan_measure (plan_id, client_id, goal_id, kind, title, justification)"
        " values (%(plan)s, %(c)s, %(goal)s, 'service', 'x', 'y')"
    )
    own, plan = desk.clients["own"], _of(desk, "plan", "own")
    anothers = _tried(desk, statement, c=own, plan=plan, goal=_of(desk, "plan_goal", "other"))
    assert anothers == _tried(desk, statement, c=own, plan=plan, goal=ABSENT)
    assert anothers[0] == "23503"


def test_deadlines_are_written_only_by_the_door_of_an_open_client(desk: Desk) -> None:
    own = desk.clients["own"]
    refused(desk, "aino", "update app.deadline set due_on = '2030-01-01' where client_id = %(c)s", c=own)
    refused(
        desk, "aino",
        "insert into app.deadline (client_id, rule, section, due_on) values (%(c)s, 'x', 'y', '2030-01-01')",
        c=own,
    )  # fmt: skip
    refused(desk, "aino", "select access.write_deadlines('[]', '1')")
    refused(desk, "aino", "select api.put_deadlines(%(c)s, '[]', '{}', '1')", c=own)
    desk.open("aino", "own")
    refused(desk, "aino", "select api.put_deadlines(%(c)s, '[]', '{}', '1')", c=desk.clients["other"])


def test_a_deadline_keeps_no_control_code(desk: Desk) -> None:
    desk.open("aino", "own")
    given = '[{"rule": "a\\u001b[31m", "section": "22 §", "due_on": "2026-12-01"}]'
    with desk.person("aino") as connection, pytest.raises(errors.CheckViolation):
        connection.execute("select api.put_deadlines(%s, %s, '{}', '1')", (desk.clients["own"], given))


def test_deadlines_of_others_are_counted_for_nobody(desk: Desk) -> None:
    seen = rows(desk, "aino", "select distinct client_id from app.deadline")
    assert {row[0] for row in seen} == {desk.clients["own"], desk.clients["guarded"]}
    assert len(rows(desk, "helmi", "select distinct client_id from app.deadline")) == len(desk.clients)


def test_deadlines_follow_the_client(desk: Desk) -> None:
    with desk.superuser() as connection:
        count = "select count(*) from app.deadline where client_id = %s and own_counsellor = 'bilal'"
        connection.execute("begin")
        connection.execute(
            "update app.client set own_counsellor = 'bilal' where id = %s", (desk.clients["own"],)
        )
        assert connection.execute(count, (desk.clients["own"],)).fetchone() != (0,)
        connection.execute("rollback")


def test_the_state_of_deadlines_tells_nothing_of_closed_clients(desk: Desk) -> None:
    ask = "select api.deadlines_stale(%(c)s, 'others')"
    assert rows(desk, "aino", ask, c=desk.clients["other"]) == rows(desk, "aino", ask, c=ABSENT)
    desk.open("aino", "own")
    assert rows(desk, "aino", ask, c=desk.clients["own"]) == [(True,)]


def test_the_end_of_a_protection_order_is_a_deadline_without_any_whereabouts(desk: Desk) -> None:
    guarded = desk.clients["guarded"]
    with desk.superuser() as connection:
        connection.execute(
            "update app.protected_contact set valid_until = '2027-01-31' where client_id = %s", (guarded,)
        )
    found = rows(
        desk, "aino", "select to_jsonb(d)::text from app.deadline d where client_id = %(c)s", c=guarded
    )
    assert any("protection_order" in row[0] and "2027-01-31" in row[0] for row in found)
    assert not any(CANARY in row[0] for row in found)


def test_arrivals_of_others_are_out_of_sight_and_out_of_reach(desk: Desk) -> None:
    theirs = "select id from app.arrival where template = 'other'"
    with desk.superuser() as connection:
        row = connection.execute(theirs).fetchone()
    assert row is not None
    assert rows(desk, "aino", theirs) == []
    assert rows(desk, "aino", "select 1 from app.reception_step where arrival_id = %(a)s", a=row[0]) == []
    join = "insert into app.arrival_person (arrival_id, client_id) values (%(a)s, %(c)s)"
    refused(desk, "aino", join, a=row[0], c=desk.clients["own"])
    step = (
        "insert into app.reception_step (arrival_id, client_id, code, owner, due_on)"
        " values (%(a)s, %(c)s, 'x', 'lead', '2027-01-01')"
    )
    real = _tried(desk, step, a=row[0], c=desk.clients["other"])
    assert real == _tried(desk, step, a=uuid.uuid4(), c=desk.clients["other"])
    assert real[0] == "42501"


def test_another_counsellors_client_is_not_brought_into_ones_arrival(desk: Desk) -> None:
    mine = rows(desk, "aino", "select id from app.arrival where template = 'own'")[0][0]
    join = "insert into app.arrival_person (arrival_id, client_id) values (%(a)s, %(c)s)"
    refused(desk, "aino", join, a=mine, c=desk.clients["other"])
    refused(desk, "aino", join, a=mine, c=desk.clients["barred"])


def test_an_arrival_is_made_in_ones_own_name(desk: Desk) -> None:
    refused(
        desk, "aino",
        "insert into app.arrival (label, arrives_on, source, template, created_by)"
        " values ('x', '2027-01-01', 'quota', 'quota', 'bilal')",
    )  # fmt: skip


def test_the_place_of_a_protected_person_is_in_no_arrival(desk: Desk) -> None:
    with desk.superuser() as connection:
        connection.execute("begin")
        one = "(select arrival_id from app.arrival_person where client_id = %s)"
        with pytest.raises(errors.CheckViolation):
            connection.execute(
                f"update app.arrival set place = 'Rantakylä' where id = {one}", (desk.clients["guarded"],)
            )
        connection.execute("rollback")
        connection.execute("begin")
        connection.execute(
            f"update app.arrival set place = 'Rantakylä' where id = {one}", (desk.clients["own"],)
        )
        connection.execute("select access.put_protection(%s, true, null)", (desk.clients["own"],))
        query = f"select place from app.arrival where id = {one}"
        assert connection.execute(query, (desk.clients["own"],)).fetchone() == (None,)
        connection.execute("rollback")


def test_a_deadline_is_put_out_of_sight_only_with_a_reason_of_an_open_client(desk: Desk) -> None:
    snooze = (
        "insert into app.snooze (client_id, rule, due_on, until, reason)"
        " values (%(c)s, 'review', '2026-12-01', '2099-01-01', %(why)s)"
    )
    refused(desk, "aino", snooze, c=desk.clients["own"], why="odottaa lupaa")
    desk.open("aino", "own")
    with pytest.raises(errors.NotNullViolation), desk.person("aino") as connection:
        connection.execute(snooze, {"c": desk.clients["own"], "why": None})
    refused(
        desk,
        "aino",
        "update app.snooze set until = '2099-02-01' where client_id = %(c)s",
        c=desk.clients["own"],
    )


def test_nothing_of_the_process_is_deleted(desk: Desk) -> None:
    desk.open("aino", "own")
    for table in (*PRIVATE, "deadline", "arrival", "arrival_person", "reception_step"):
        refused(desk, "aino", f"delete from app.{table}")
