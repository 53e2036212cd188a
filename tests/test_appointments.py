"""Appointments: nobody and no room twice at once, interpreters, the timeline, a repeated command."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui.casework import appointments
from kotoutus_tui.casework.appointments import Wanted
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.timeline_words import KINDS
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

START = datetime(2027, 2, 1, 8, tzinfo=UTC)
LATER = START + timedelta(hours=5)


@dataclass
class Office:
    """Aino with her client open, and Bilal."""

    aino: Database
    bilal: Database
    client: UUID
    database: OwnDatabase

    async def make(self, door: Database | None = None, **others: Any) -> UUID:
        """Make a plan appointment at START."""
        wanted = replace(Wanted("plan", START), **others)
        return await appointments.make(door or self.aino, wanted, operation_id=uuid4())

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database holds, past every rule."""
        with psycopg.connect(self.database.as_superuser) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]


@pytest.fixture
async def office(database: OwnDatabase) -> AsyncIterator[Office]:
    make_team(database)
    client = make_client(database, "aino", "Esimerkki", "Amira")
    aino, bilal = Database(database.as_login("aino")), Database(database.as_login("bilal"))
    await open_client(aino, client)
    yield Office(aino, bilal, client, database)
    await aino.close()
    await bilal.close()


async def test_it_stands_on_the_timeline_and_is_moved_and_cancelled_there(office: Office) -> None:
    made = await office.make(client_id=office.client, room="R3")
    await appointments.move(office.aino, made, LATER, operation_id=uuid4())
    await appointments.cancel(office.aino, made, "Asiakas pyysi", operation_id=uuid4())
    told = office.rows("select kind, id, refers_to, reason from app.event order by id")
    assert [row[0] for row in told if row[0] in KINDS or row[2]] == [
        "appointment",
        "correction",
        "withdrawal",
    ]
    assert {row[2] for row in told[1:]} == {told[0][1]} == {made}
    assert office.rows("select starts_at, sequence, cancelled_reason from app.appointment") == [
        (LATER, 2, "Asiakas pyysi")
    ]
    with pytest.raises(NotFound):
        await appointments.cancel(office.aino, made, "taas", operation_id=uuid4())


async def test_who_or_what_is_taken_is_said_and_a_reason_lets_it_pass(office: Office) -> None:
    await office.make(room="R3", interpreter="Tulkki T", interpreter_language="ar")
    with pytest.raises(Conflict) as mine:
        await office.make()
    with pytest.raises(Conflict) as room:
        await office.make(office.bilal, room="R3")
    with pytest.raises(Conflict) as interpreter:
        await office.make(office.bilal, interpreter="Tulkki T")
    assert len({each.value.sentence for each in (mine, room, interpreter)}) == 3
    assert all(each.value.fields == ("starts_at",) for each in (mine, room, interpreter))
    await office.make(overlap_reason="Yhteinen tapaaminen")
    await office.make(office.bilal)
    other = await office.make(starts_at=LATER)
    with pytest.raises(Conflict):
        await appointments.move(office.aino, other, START, operation_id=uuid4())
    assert office.rows("select count(*) from app.appointment") == [(4,)]


async def test_an_interpreter_doubles_the_time_and_may_be_barred(office: Office) -> None:
    await office.make(interpreter_language="ar", minutes=30)
    assert office.rows("select ends_at from app.appointment") == [(START + timedelta(hours=1),)]
    await office.aino.call("bar_interpreter", office.client, "Tulkki T", "Asiakkaan pyyntö")
    with pytest.raises(InvalidInput):
        await office.make(starts_at=LATER, client_id=office.client, interpreter="tulkki t")
    assert office.rows("select count(*) from app.appointment") == [(1,)]


async def test_the_same_command_twice_makes_one(office: Office) -> None:
    for client in (None, office.client):
        operation, start = uuid4(), LATER if client else START
        for _again in range(2):
            wanted = Wanted("plan", start, client_id=client)
            await appointments.make(office.aino, wanted, operation_id=operation)
    assert office.rows("select count(*) from app.appointment") == [(2,)]


async def test_a_client_not_opened_and_somebody_elses_appointment_are_out_of_reach(office: Office) -> None:
    made = await office.make()
    with pytest.raises(NotAllowed):
        await office.make(office.bilal, client_id=office.client)
    with pytest.raises(NotFound):
        await appointments.cancel(office.bilal, made, "syy", operation_id=uuid4())
    assert office.rows("select count(*), count(cancelled_at) from app.appointment") == [(1, 0)]


@pytest.mark.parametrize("wrong", [{"kind": "party"}, {"minutes": 4}, {"minutes": 721}, {"room": "R\u202e3"}])
async def test_bad_input_is_refused_at_its_field(office: Office, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        await office.make(**wrong)
    assert refused.value.field == next(iter(wrong))
