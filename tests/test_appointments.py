"""Appointments: nobody and no room twice at once, interpreters, the timeline, a repeated command."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework import appointment_undo, appointments
from kotoutus_tui.casework.appointment_telling import event_id
from kotoutus_tui.casework.appointment_values import Wanted
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
    told = office.rows("select kind, id, refers_to, reason from app.event order by entered_at")
    assert [row[0] for row in told if row[0] in KINDS or row[2]] == [
        "appointment",
        "correction",
        "withdrawal",
    ]
    assert {row[2] for row in told[1:]} == {told[0][1]} == {event_id(made, office.client)}
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


async def test_what_was_made_moved_and_cancelled_is_undone_with_its_timeline(office: Office) -> None:
    second = make_client(office.database, "aino", "Toinen", "Omar")
    await open_client(office.aino, second)
    made = await office.make(client_id=office.client, others=(second,), room="R3")
    await appointments.move(office.aino, made, LATER, operation_id=uuid4())
    await appointments.cancel(office.aino, made, "Asiakas pyysi", operation_id=uuid4())
    assert await appointment_undo.to_be_undone(office.aino) == made
    done = [await appointment_undo.undo_last(office.aino, operation_id=uuid4()) for _times in range(3)]
    assert done == ["appointment.cancel", "appointment.move", "appointment.make"]
    with pytest.raises(NotFound):
        await appointment_undo.undo_last(office.aino, operation_id=uuid4())
    assert office.rows("select starts_at, cancelled_at is not null, sequence from app.appointment") == [
        (START, True, 5)
    ]
    # For each of the two: told, corrected, withdrawn; told again, corrected, withdrawn.
    assert office.rows(
        "select kind, count(*) from app.event where kind in ('appointment', 'correction', 'withdrawal')"
        " group by kind order by kind"
    ) == [("appointment", 4), ("correction", 4), ("withdrawal", 4)]


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2027, 3, 28), time(3)),
        (date(2027, 3, 28), time(3, 59)),
        (date(2027, 10, 31), time(3, 30)),
        (date(2036, 1, 1), time(9)),
        (date(2024, 1, 1), time(9)),
    ],
)
def test_hours_of_the_clock_change_and_far_days_are_refused(day: date, at: time) -> None:
    with pytest.raises(InvalidInput):
        times.moment(day, at)


def test_an_appointment_is_as_long_as_its_minutes_when_the_clock_changes() -> None:
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        start = times.moment(day, time(2, 30))
        assert times.end_of(start, 120).astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=2)
    with pytest.raises(InvalidInput):
        times.check(start, times.end_of(start, 60))
