"""Deputies see what they stand in for, in the days of it, and every event says so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from kotoutus_tui import clock
from kotoutus_tui.casework import caseload, deputies
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed
from tests.cluster import Cluster
from tests.security_desk import CANARY, Desk, make_desk, rows

TODAY = clock.today()
LIST = "select name from app.client order by name"
ADD = "insert into app.deputy (absent, deputy, from_on, to_on) values ('aino', '{}', %(t)s, {})"
WRITE = (
    "insert into app.event (client_id, kind, occurred_at, body) values (%s, 'note', now(), %s) returning id"
)
FORGE = (
    "insert into app.event (client_id, kind, occurred_at, body, deputy_for)"
    " values (%(c)s, 'note', now(), 'x', 'aino')"
)


@pytest.fixture(scope="module")
def whole_desk(cluster: Cluster) -> Iterator[Desk]:
    with cluster.database() as own:
        yield make_desk(own)


@pytest.fixture
def desk(whole_desk: Desk) -> Iterator[Desk]:
    yield whole_desk
    whole_desk.close_all()
    with whole_desk.superuser() as above:
        above.execute("delete from app.deputy")


def _set(desk: Desk, first: int, last: int, absent: str = "aino", deputy: str = "bilal") -> Any:
    return desk.run(
        "helmi",
        "insert into app.deputy (absent, deputy, from_on, to_on) values (%s, %s, %s, %s) returning id",
        absent, deputy, TODAY + timedelta(first), TODAY + timedelta(last),
    )  # fmt: skip


def _seen(desk: Desk, login: str) -> list[str]:
    return [name.removeprefix(CANARY).removesuffix(" Testi") for (name,) in rows(desk, login, LIST)]


@pytest.mark.parametrize(
    ("first", "last", "sees"), [(-3, -1, False), (1, 3, False), (0, 0, True), (-9, 9, True)]
)
def test_rights_are_there_in_the_days_and_not_outside(desk: Desk, first: int, last: int, sees: bool) -> None:
    _set(desk, first, last)
    assert _seen(desk, "bilal") == ["Barred", "Guarded", "Other", "Own"] if sees else ["Barred", "Other"]
    assert desk.open("bilal", "own") == ("deputy" if sees else "denied")
    held = rows(desk, "bilal", "select body from app.event where client_id = %(c)s", c=desk.clients["own"])
    assert bool(held) == sees
    assert bool(rows(desk, "bilal", "select 1 from app.deadline where own_counsellor = 'aino'")) == sees


def test_a_conflict_of_interest_stands_above_a_deputy(desk: Desk) -> None:
    _set(desk, 0, 5, "bilal", "aino")
    assert _seen(desk, "aino") == ["Guarded", "Other", "Own"]
    assert desk.open("aino", "barred") == "denied"
    assert desk.open("aino", "other") == "deputy"


def test_sight_ends_when_the_deputy_is_ended_and_the_opening_with_it(desk: Desk) -> None:
    which = _set(desk, 0, 5)
    desk.open("bilal", "own")
    query = "select 1 from app.client_detail where client_id = %(c)s"
    assert rows(desk, "bilal", query, c=desk.clients["own"])
    desk.run("helmi", "update app.deputy set ended_at = now() where id = %s returning 1", which)
    assert rows(desk, "bilal", query, c=desk.clients["own"]) == []
    assert _seen(desk, "bilal") == ["Barred", "Other"]
    told = rows(desk, "bilal", "select kind from app.notice where kind like '%%deputy' order by id")
    assert told[-2:] == [("deputy",), ("end_deputy",)]


@pytest.mark.parametrize(
    ("login", "statement", "refusal"),
    [
        ("bilal", ADD.format("bilal", "%(t)s"), errors.InsufficientPrivilege),
        ("arto", ADD.format("bilal", "%(t)s"), errors.InsufficientPrivilege),
        ("helmi", ADD.format("helmi", "%(t)s"), errors.ForeignKeyViolation),
        ("helmi", ADD.format("bilal", "'2099-01-01'"), errors.CheckViolation),
        ("bilal", "update app.deputy set to_on = %(t)s", errors.InsufficientPrivilege),
        ("helmi", "update app.deputy set deputy = 'bilal'", errors.InsufficientPrivilege),
        ("bilal", FORGE, errors.InsufficientPrivilege),
        ("bilal", "select access.deputised()", None),
        ("bilal", "select access.stands_in_for()", errors.InsufficientPrivilege),
        ("tiina", "select access.deputised()", errors.InsufficientPrivilege),
    ],
)  # fmt: skip
def test_what_is_refused(desk: Desk, login: str, statement: str, refusal: type[psycopg.Error] | None) -> None:
    values = {"t": TODAY, "c": desk.clients["other"]}
    with desk.person(login) as connection:
        if refusal is None:
            connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
            return
        with pytest.raises(refusal):
            connection.execute(statement, values)  # pyright: ignore[reportArgumentType]


def test_an_event_says_whose_place_was_taken(desk: Desk) -> None:
    _set(desk, 0, 2)
    for client, body in (("own", "x"), ("other", "y")):
        desk.open("bilal", client)
        desk.run("bilal", WRITE, desk.clients[client], body)
    with desk.superuser() as above:
        found = above.execute(
            "select body, author, deputy_for from app.event where body in ('x', 'y') order by 1"
        ).fetchall()
    assert found == [("x", "bilal", "aino"), ("y", "bilal", None)]


async def test_the_caseload_shows_own_clients_and_a_colleagues_when_asked(desk: Desk) -> None:
    own = desk.database
    _set(desk, 0, 2)
    db = Database(own.as_login("bilal"))
    mine = await caseload.page(db, CaseloadQuery(), 0, 10, own=True)
    theirs = await caseload.page(db, CaseloadQuery(counsellor="aino"), 0, 10, own=True)
    counts = await caseload.counts(db, CaseloadQuery(counsellor="aino"), own=True)
    assert ({row.own_counsellor for row in mine}, {row.own_counsellor for row in theirs}) == (
        {"bilal"},
        {"aino"},
    )
    assert (counts.total, counts.protected) == (2, 1)
    assert [each.absent for each in await deputies.mine(db)] == ["aino"]
    await db.close()


async def test_appointments_of_those_days_are_taken_over_once(desk: Desk) -> None:
    own = desk.database
    lead, db = Database(own.as_login("helmi")), Database(own.as_login("bilal"))
    with desk.superuser() as above:
        above.execute("delete from app.appointment_client")
        above.execute("delete from app.calendar_sent")
        above.execute("delete from app.appointment")
        for hour, who, day in ((10, "aino", 1), (12, "aino", 1), (12, "bilal", 1), (10, "aino", 8)):
            above.execute(
                "insert into app.appointment (counsellor, created_by, kind, starts_at, ends_at)"
                " values (%s, %s, 'plan', %s, %s)",
                [who, who, *(clock.now().replace(hour=hour + add) + timedelta(day) for add in (0, 1))],
            )
    with pytest.raises(InvalidInput):
        await deputies.add(lead, "aino", "aino", TODAY, TODAY, operation_id=uuid4())
    with pytest.raises(NotAllowed):
        await deputies.add(db, "aino", "bilal", TODAY, TODAY, operation_id=uuid4())
    operation = uuid4()
    for _again in range(2):
        await deputies.add(lead, "aino", "bilal", TODAY, TODAY + timedelta(3), operation_id=operation)
    first, second = await deputies.appointments(db)
    await deputies.take_over(db, first.id)
    with pytest.raises(Conflict):
        await deputies.take_over(db, second.id)
    assert [each.id for each in await deputies.appointments(db)] == [second.id]
    (only,) = [each for each in await deputies.coming(lead) if each.begun]
    await deputies.end(lead, only.id, operation_id=uuid4())
    assert await deputies.appointments(db) == []
    await lead.close()
    await db.close()
