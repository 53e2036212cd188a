"""The queue of the national register tells of nobody else's clients; an interview takes no foreign entry."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from tests.cluster import Cluster
from tests.security_desk import Desk, make_desk, rows

ABSENT = UUID(int=1)


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        desk = make_desk(own)
        with desk.superuser() as connection:
            connection.execute("update app.interview set finished_on = '2026-03-01'")
        yield desk


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()


def test_the_queue_holds_the_clients_of_ones_list_without_opening_any(desk: Desk) -> None:
    queue = "select distinct client_id from api.register_queue()"
    assert {row[0] for row in rows(desk, "aino", queue)} == {desk.clients["own"], desk.clients["guarded"]}
    assert len(rows(desk, "helmi", queue)) == len(desk.clients)


def test_digests_are_those_of_open_clients_alone(desk: Desk) -> None:
    stamps = "select subject from api.register_stamps(%(c)s) order by subject"
    own = desk.clients["own"]
    assert rows(desk, "aino", stamps, c=own) == []
    desk.open("aino", "own")
    assert rows(desk, "aino", stamps, c=own) == [("assessment",), ("plan",), ("review",)]
    assert rows(desk, "aino", stamps, c=desk.clients["other"]) == []


def test_a_confirmed_subject_leaves_the_queue_and_a_change_brings_it_back(desk: Desk) -> None:
    desk.open("aino", "own")
    own = desk.clients["own"]
    queue = (
        "select waiting, begun, changed from api.register_queue() where client_id = %(c)s"
        " and subject = 'assessment'"
    )
    assert rows(desk, "aino", queue, c=own) == [(1, 0, 0)]
    desk.run(
        "aino",
        "insert into app.register_mark (client_id, subject, subject_id, field, digest, copied_on)"
        " select o.id, subject, subject_id, f, stamp, '2026-05-01' from (select %s::uuid as id) o,"
        " api.register_stamps(o.id), unnest(array['date', 'whole']) f where subject = 'assessment'"
        " returning 1",
        own,
    )
    assert rows(desk, "aino", queue, c=own) == [(0, 1, 0)]
    desk.run(
        "aino",
        "update app.register_mark set confirmed_on = '2026-05-01' where field = 'whole' and client_id = %s"
        " returning 1",
        own,
    )
    assert rows(desk, "aino", queue, c=own) == []
    desk.run("aino", "update app.interview_item set answer = 'toinen' where client_id = %s returning 1", own)
    assert rows(desk, "aino", queue, c=own) == [(0, 0, 1)]


def test_an_interview_takes_no_entry_of_another_client(desk: Desk) -> None:
    desk.open("aino", "own")

    def tried(event: UUID) -> str | None:
        with desk.person("aino") as connection, pytest.raises(psycopg.Error) as error:
            connection.execute(
                "update app.interview set event_id = %s where client_id = %s", (event, desk.clients["own"])
            )
        return error.value.sqlstate

    with desk.superuser() as connection:
        row = connection.execute(
            "select id from app.event where client_id = %s", (desk.clients["other"],)
        ).fetchone()
    assert row is not None
    assert tried(row[0]) == tried(ABSENT) == "23503"
