"""Ways around opening a client: reading without a trace, longer than allowed, or against a block."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from tests.cluster import Cluster
from tests.security_desk import CANARY, Desk, facts, make_desk, refused, rows

ADD_EVENT = "insert into app.event (client_id, kind, occurred_at, body)"


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        yield make_desk(own)


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()


def test_the_permitted_work_succeeds(desk: Desk) -> None:
    """Without this, a desk that lets nobody in would pass everything below."""
    assert desk.open("aino", "own") == "own"
    own = desk.clients["own"]
    assert rows(desk, "aino", "select body from app.event where client_id = %(c)s", c=own)
    assert rows(desk, "aino", "select phone from app.client_contact where client_id = %(c)s", c=own)
    statement = f"{ADD_EVENT} values (%(c)s, 'note', now(), 'x') returning author"
    assert rows(desk, "aino", statement, c=own) == [("aino",)]


PRIVATE = ("client_detail", "client_contact", "client_language", "event", "household_member")


@pytest.mark.parametrize("table", PRIVATE)
def test_open_read_roll_back(desk: Desk, table: str) -> None:
    own = desk.clients["own"]
    with desk.person("aino") as connection:
        assert connection.execute("select api.open_client(%s)", (own,)).fetchone() == ("own",)
        query = f"select * from app.{table} where client_id = %s"
        found = connection.execute(query, (own,)).fetchall()  # pyright: ignore[reportArgumentType]
    assert found == []


def test_open_in_a_savepoint_that_is_rolled_back(desk: Desk) -> None:
    own = desk.clients["own"]
    with desk.person("aino") as connection:
        connection.execute("savepoint a")
        connection.execute("select api.open_client(%s)", (own,))
        connection.execute("savepoint b")
        connection.execute("select 1")
        assert connection.execute("select * from app.event where client_id = %s", (own,)).fetchall() == []
        connection.execute("release savepoint b")
        assert connection.execute("select * from app.event where client_id = %s", (own,)).fetchall() == []


def test_open_and_read_in_one_statement(desk: Desk) -> None:
    own = desk.clients["own"]
    opening = "with o as materialized (select api.open_client(%(c)s))"
    both = f"{opening} select e.body from o, app.event e where client_id = %(c)s"
    assert rows(desk, "aino", both, c=own) == []


def test_open_two_phase(desk: Desk) -> None:
    with desk.person("aino") as connection:
        connection.execute("select api.open_client(%s)", (desk.clients["own"],))
        with pytest.raises(errors.ObjectNotInPrerequisiteState):
            connection.execute("prepare transaction 'a'")


def test_an_opening_ends_by_the_clock(desk: Desk) -> None:
    own = desk.clients["own"]
    desk.open("aino", "own")
    with desk.person("aino") as connection:
        query = "select count(*) from app.event where client_id = %s"
        assert connection.execute(query, (own,)).fetchone() != (0,)
        with desk.superuser() as above:
            above.execute("update app.opening set expires_at = clock_timestamp()")
        assert connection.execute(query, (own,)).fetchone() == (0,)


def test_an_opening_is_made_only_by_the_door(desk: Desk) -> None:
    own = desk.clients["own"]
    values = (
        "(client_id, login, kind, expires_at, transaction) values (%(c)s, 'aino', 'own', 'infinity', '3')"
    )
    refused(desk, "aino", f"insert into app.opening {values}", c=own)
    desk.open("aino", "own")
    refused(desk, "aino", "update app.opening set expires_at = 'infinity'")
    refused(desk, "aino", "update app.opening set transaction = '1'")
    refused(desk, "aino", "delete from app.opening")


def test_a_client_that_moved_away_is_closed_at_once(desk: Desk) -> None:
    client = desk.run("aino", "select api.create_client(%s)", facts("Muuttaja"))
    desk.run("aino", "select api.open_client(%s)", client)
    with desk.person("aino") as connection:
        query = (
            "select (select count(*) from app.client where id = %(c)s)"
            " + (select count(*) from app.client_detail where client_id = %(c)s)"
        )
        assert connection.execute(query, {"c": client}).fetchone() == (2,)
        desk.run("helmi", "select api.assign(%s, 'bilal', 'muutto', %s)", client, uuid.uuid4())
        assert connection.execute(query, {"c": client}).fetchone() == (0,)


def test_a_reveal_needs_a_reason_that_stays(desk: Desk) -> None:
    guarded = desk.clients["guarded"]
    desk.open("aino", "guarded")
    query = "select address from api.protected_contact(%s)"
    with desk.person("aino") as connection:
        assert connection.execute(query, (guarded,)).fetchall() == []
        ask = "select api.ask_reveal(%s, 'reveal_contact', %s)"
        assert connection.execute(ask, (guarded, "x")).fetchone() == (False,)
        assert connection.execute(ask, (guarded, "kirje postitettava")).fetchone() == (True,)
        assert connection.execute(query, (guarded,)).fetchall() == []
        connection.commit()
        assert connection.execute(query, (guarded,)).fetchone() == (f"{CANARY}katu 1",)


def test_lifting_protection_is_no_way_around_a_reveal(desk: Desk) -> None:
    guarded = desk.clients["guarded"]
    desk.open("aino", "guarded")
    with desk.person("aino") as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("select api.set_protection(%s, false, null)", (guarded,))


def test_a_conflict_of_interest_closes_everything(desk: Desk) -> None:
    barred = desk.clients["barred"]
    desk.run("helmi", "select api.set_conflict(%s, 'helmi', true)", barred)
    for login in ("aino", "helmi"):
        assert desk.open(login, "barred", "syy joka riittää") == "denied"
        for table, column in (
            ("client", "id"),
            ("client_name", "client_id"),
            ("event", "client_id"),
            ("task", "client_id"),
        ):
            assert rows(desk, login, f"select 1 from app.{table} where {column} = %(c)s", c=barred) == []
    with desk.person("helmi") as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("select api.set_conflict(%s, 'helmi', false)", (barred,))
    query = "select 1 from audit.log_entry where client_id = %(c)s and login <> 'helmi'"
    assert rows(desk, "helmi", query, c=barred) == []


def test_a_search_path_of_ones_own_changes_nothing(desk: Desk) -> None:
    desk.open("aino", "own")
    with desk.person("aino") as connection:
        connection.execute("set search_path = pg_temp, app, public")
        query = "select count(*) from app.client where id = %s"
        assert connection.execute(query, (desk.clients["other"],)).fetchone() == (0,)
        assert connection.execute("select api.open_client(%s)", (desk.clients["other"],)).fetchone() == (
            "denied",
        )


def test_what_others_hear_is_a_table_and_an_id(desk: Desk) -> None:
    with psycopg.connect(desk.database.as_login("bilal"), autocommit=True) as listener:
        listener.execute("listen kotoutus")
        desk.open("aino", "own")
        insert = "insert into app.event (client_id, kind, occurred_at, body) values (%s, 'note', now(), %s)"
        desk.run("aino", insert + " returning id", desk.clients["own"], CANARY)
        heard = [note.payload for note in listener.notifies(timeout=5, stop_after=1)]
    assert heard == [f"event:{desk.clients['own']}"]


def test_a_person_who_left_sees_nothing_in_a_session_that_stays_open(desk: Desk) -> None:
    with desk.superuser() as above:
        above.execute("select api.add_person('cecilia', 'counsellor', 'Cecilia')")
    with desk.person("cecilia") as connection:
        assert connection.execute("select count(*) from app.client").fetchone() == (0,)
        connection.commit()
        desk.run("arto", "select api.remove_person('cecilia')")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("select count(*) from app.client")


def test_a_person_who_is_not_active_sees_no_client(desk: Desk) -> None:
    query = "select count(*) from app.client"
    with desk.superuser() as above:
        above.execute("update app.staff set active = false where login in ('bilal', 'helmi')")
        found = rows(desk, "bilal", query) + rows(desk, "helmi", query)
        above.execute("update app.staff set active = true where login in ('bilal', 'helmi')")
    assert found == [(0,), (0,)]
    assert rows(desk, "bilal", query) != [(0,)]
