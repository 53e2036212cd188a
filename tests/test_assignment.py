"""One own counsellor at every instant, whoever assigns and however many at once."""

import threading
import uuid

import psycopg
import pytest
from psycopg import errors

from tests.cluster import OwnDatabase
from tests.security_desk import Desk, facts, make_desk


@pytest.fixture
def desk(database: OwnDatabase) -> Desk:
    return make_desk(database)


ASSIGN = "select api.assign(%s, %s, 'syy', %s)"


def test_a_moved_client_is_the_new_counsellors_at_once(desk: Desk) -> None:
    own = desk.clients["own"]
    with desk.person("bilal") as bilal:
        bilal.autocommit = True
        query = "select phase from app.client where id = %s"
        assert bilal.execute(query, (own,)).fetchall() == []
        desk.run("helmi", ASSIGN, own, "bilal", uuid.uuid4())
        assert bilal.execute(query, (own,)).fetchall() == [("plan",)]
        assert bilal.execute("select api.open_client(%s)", (own,)).fetchone() == ("own",)
        assert bilal.execute(
            "select 1 from app.event where client_id = %s and kind = 'transfer'", (own,)
        ).fetchone()
    with desk.person("aino") as aino:
        assert aino.execute("select 1 from app.client where id = %s", (own,)).fetchall() == []
        told = aino.execute(
            "select kind from app.notice where client_id = %s and kind = 'handed_over'", (own,)
        )
        assert told.fetchall() == [("handed_over",)]


def test_a_repeated_operation_does_nothing(desk: Desk) -> None:
    own, operation = desk.clients["own"], uuid.uuid4()
    desk.run("helmi", ASSIGN, own, "bilal", operation)
    desk.run("helmi", ASSIGN, own, "aino", uuid.uuid4())
    desk.run("helmi", ASSIGN, own, "bilal", operation)
    with desk.superuser() as above:
        row = above.execute("select own_counsellor from app.client where id = %s", (own,)).fetchone()
    assert row == ("aino",)


def test_two_counsellors_at_one_instant_are_refused(desk: Desk) -> None:
    with desk.superuser() as above, pytest.raises(errors.ExclusionViolation):
        above.execute(
            "insert into app.assignment (client_id, counsellor, during)"
            " values (%s, 'bilal', tstzrange(clock_timestamp() - interval '1 day', null))",
            (desk.clients["own"],),
        )


@pytest.mark.parametrize("statement", [
    "update app.client set own_counsellor = 'bilal' where id = %s",
    "update app.client set own_counsellor = null where id = %s",
    "update app.assignment set during = tstzrange(lower(during), clock_timestamp()) where client_id = %s",
])  # fmt: skip
def test_client_and_history_always_agree(desk: Desk, statement: str) -> None:
    with desk.superuser() as above, pytest.raises(errors.CheckViolation):
        above.execute(statement, (desk.clients["own"],))  # pyright: ignore[reportArgumentType]


def test_a_conflict_of_interest_or_a_stranger_gets_no_client(desk: Desk) -> None:
    with desk.person("helmi") as helmi:
        for client, counsellor in (("barred", "aino"), ("own", "nobody"), ("own", "arto")):
            with pytest.raises(errors.IntegrityError), helmi.transaction():
                helmi.execute(ASSIGN, (desk.clients[client], counsellor, uuid.uuid4()))


def test_eight_at_once_leave_exactly_one(desk: Desk) -> None:
    client = desk.run("helmi", "select api.create_client(%s)", facts("Kiista"))
    start = threading.Barrier(8)
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            with psycopg.connect(desk.database.as_login("helmi"), autocommit=True) as lead:
                start.wait(10)
                for turn in range(10):
                    _assign(lead, client, ("aino", "bilal")[(number + turn) % 2])
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    with desk.superuser() as above:
        now = above.execute(
            "select c.own_counsellor, min(a.counsellor), count(*) from app.client c"
            " join app.assignment a on a.client_id = c.id and upper_inf(a.during) where c.id = %s group by 1",
            (client,),
        ).fetchone()
        overlaps = above.execute(
            "select count(*) from app.assignment a join app.assignment b"
            " on a.client_id = b.client_id and a.id < b.id and a.during && b.during"
        ).fetchone()
    assert now and now[1] == now[0] and now[2] == 1
    assert overlaps == (0,)


def _assign(lead: psycopg.Connection, client: uuid.UUID, counsellor: str) -> None:
    for _ in range(50):
        try:
            with lead.transaction():
                lead.execute("set transaction isolation level serializable")
                lead.execute(ASSIGN, (client, counsellor, uuid.uuid4()))
            return
        except (errors.SerializationFailure, errors.DeadlockDetected):
            continue
    raise AssertionError("no end of conflicts")
