"""What may not be guessed from answers, plans, statistics or errors."""

from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import errors

from tests.cluster import Cluster
from tests.security_desk import ABSENT, CANARY, HETU, Desk, answer, facts, make_desk, rows


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        yield make_desk(own)


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()


@pytest.mark.parametrize(
    "statement",
    [
        "select api.open_client(%(c)s)",
        "select api.open_client(%(c)s, 'syy joka riittää')",
        "select api.ask_reveal(%(c)s, 'reveal_contact', 'syy joka riittää')",
        "select api.personal_id(%(c)s)",
        "select api.has_personal_id(%(c)s)",
        "select * from api.protected_contact(%(c)s)",
        "select * from api.glance(array[%(c)s::uuid])",
        "select api.be_present(%(c)s, 'x')",
        "select api.leave(%(c)s)",
        "select api.set_personal_id(%(c)s, '010190-999P')",
        "select api.set_protection(%(c)s, false, null)",
        "select api.set_protected_contact(%(c)s, '1', '2', '3', '4', '5')",
        "select api.add_household_member(%(c)s, null, 'a', 'child', false)",
        "insert into app.event (client_id, kind, occurred_at, body) values (%(c)s, 'note', now(), 'x')",
        (
            "insert into app.event (client_id, kind, occurred_at, body, refers_to)"
            " values (%(c)s, 'correction', now(), 'x', %(e)s)"
        ),
        "insert into app.task (client_id, title, due_on) values (%(c)s, 'x', now())",
        "insert into app.client_name (client_id, kind, family) values (%(c)s, 'passport', 'x')",
        "insert into app.client_language (client_id, language) values (%(c)s, 'ar')",
        "update app.client set phase = 'closed' where id = %(c)s",
        "update app.client_detail set citizenship = 'FI' where client_id = %(c)s",
        "select count(*) from app.client where id = %(c)s",
        "select count(*) from app.client_name where client_id = %(c)s",
        "select count(*) from app.task where client_id = %(c)s",
        "select count(*) from app.assignment where client_id = %(c)s",
        "select count(*) from app.presence where client_id = %(c)s",
    ],
)
@pytest.mark.parametrize("whose", ["other", "barred"])
def test_absent_and_not_yours_answer_alike(desk: Desk, statement: str, whose: str) -> None:
    with desk.superuser() as above:
        row = above.execute(
            "select id from app.event where client_id = %s limit 1", (desk.clients[whose],)
        ).fetchone()
        assert row
    answers = [
        answer(desk, statement, client, event)
        for client, event in ((desk.clients[whose], row[0]), (ABSENT, ABSENT))
    ]
    assert answers[0] == answers[1]


def test_a_refusal_stays_in_the_log(desk: Desk) -> None:
    assert desk.open("aino", "other") == "denied"
    query = "select count(*) from audit.log_entry where action = 'denied' and client_id = %(c)s"
    assert rows(desk, "aino", query, c=desk.clients["other"])[0][0] >= 1


def test_a_known_identity_code_says_nothing(desk: Desk) -> None:
    desk.open("aino", "own")
    own = desk.clients["own"]
    known = answer(desk, f"select api.set_personal_id(%(c)s, '{HETU}')", own, ABSENT)
    unknown = answer(desk, "select api.set_personal_id(%(c)s, '020290-998T')", own, ABSENT)
    assert known == unknown
    desk.run("aino", "select api.set_personal_id(%s, %s)", own, HETU)
    assert rows(desk, "helmi", "select 1 from app.identity_clash where client_id = %(c)s", c=own)


def test_a_known_external_id_says_nothing(desk: Desk) -> None:
    for number in ("X-other", "X-nobody"):
        with desk.person("aino") as connection:
            made = connection.execute("select api.create_client(%s)", (facts("Uusi", external_id=number),))
            assert made.fetchone()


@pytest.mark.parametrize("login", ["aino", "helmi"])
def test_a_plan_does_not_count_the_blocks(desk: Desk, login: str) -> None:
    def plan() -> list[Any]:
        how = "explain (analyze, costs off, timing off, summary off, buffers off)"
        query = f"{how} select id from app.client where name = 'x'"
        return rows(desk, login, query)

    before = plan()
    with desk.superuser() as above:
        add = "insert into app.conflict_block (client_id, login) values (%s, %s) on conflict do nothing"
        above.execute(add, (desk.clients["other"], login))
        after = plan()
        above.execute("delete from app.conflict_block where client_id = %s", (desk.clients["other"],))
    assert "InitPlan" in str(before)
    if login == "aino":  # bilal's client: whether it is barred for aino must not show
        assert before == after
    else:
        assert "blocked" not in str(after)


def test_a_leaky_function_sees_only_what_the_person_sees(desk: Desk) -> None:
    for leak in (
        "name::int > 0",
        "pg_input_is_valid(name, 'int')",
        "1 / (case when name like %(n)s then 0 else 1 end) > 0",
    ):
        with desk.person("aino") as connection:
            query = f"select count(*) from app.client where id = %(c)s and {leak}"
            values = {"c": desk.clients["other"], "n": f"{CANARY}Other%"}
            assert connection.execute(query, values).fetchone() == (0,)  # pyright: ignore[reportArgumentType]


def test_statistics_tell_no_values(desk: Desk) -> None:
    with desk.superuser() as above:
        above.execute("analyze app.client_name")
        above.execute("analyze app.event")
    query = "select count(*) from pg_stats where schemaname = 'app' and attname in ('family', 'body', 'name')"
    assert rows(desk, "aino", query) == [(0,)]


def test_other_people_do_not_see_what_a_person_runs(desk: Desk) -> None:
    with desk.person("bilal") as busy:
        busy.execute(f"select '{CANARY}'")
        query = "select query from pg_stat_activity where usename = 'bilal'"
        assert CANARY not in str(rows(desk, "aino", query))


def test_a_household_shows_no_facts_of_another_counsellors_client(desk: Desk) -> None:
    desk.open("aino", "own")
    with desk.person("aino") as connection, pytest.raises(errors.InsufficientPrivilege):
        link = "select api.add_household_member(%s, %s, null, 'spouse', false)"
        connection.execute(link, (desk.clients["own"], desk.clients["other"]))


def test_an_event_cannot_refer_to_another_client(desk: Desk) -> None:
    desk.open("aino", "own")
    with desk.superuser() as above:
        row = above.execute(
            "select id from app.event where client_id = %s", (desk.clients["guarded"],)
        ).fetchone()
    insert = (
        "insert into app.event (client_id, kind, occurred_at, body, refers_to)"
        " values (%(c)s, 'withdrawal', now(), 'x', %(e)s)"
    )
    real = answer(desk, insert, desk.clients["own"], row[0] if row else ABSENT)
    assert real == answer(desk, insert, desk.clients["own"], ABSENT)
    assert isinstance(real, tuple) and real[0] == "23503"
