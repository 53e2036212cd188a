"""Series, several clients, no-shows with the conditions of section 32 a, interpreters, absences, and undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import cli
from kotoutus_tui.casework import absences, appointment_undo, appointments, attendance, interpreters
from kotoutus_tui.casework.appointment_series import Rule, make_series
from kotoutus_tui.casework.appointment_values import Wanted
from kotoutus_tui.casework.no_show_fee import NoShow, decide
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

START = datetime(2027, 2, 1, 8, tzinfo=UTC)
PAST = datetime(2026, 11, 2, 8, tzinfo=UTC)
WEEK = timedelta(weeks=1)
FEE = NoShow(date(2026, 11, 2), True, True, True, True, None, None, date(1990, 1, 1))
Doors = Callable[[str], Database]


class Desk:
    """Aino's clients and what the database holds."""

    def __init__(self, database: OwnDatabase, door: Database) -> None:
        make_team(database)
        self.database, self.door = database, door
        self.amira = make_client(database, "aino", "Esimerkki", "Amira", detail={"birth_date": "1990-01-01"})
        self.bo = make_client(database, "aino", "Malli", "Bo")

    async def open(self) -> "Desk":
        for client in (self.amira, self.bo):
            await open_client(self.door, client)
        return self

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.as_superuser) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]

    def told(self, client: UUID) -> list[str]:
        """The kinds of the events that stand on the timeline, by time."""
        found = self.rows(
            f"select kind from app.event e where client_id = '{client}' and refers_to is null and kind in"
            " ('appointment', 'no_show') and not exists (select from app.event w where w.refers_to = e.id"
            " and w.kind = 'withdrawal') order by occurred_at"
        )
        return [row[0] for row in found]

    def starts(self) -> list[datetime]:
        wanted = "select starts_at from app.appointment where cancelled_at is null order by starts_at"
        return [row[0] for row in self.rows(wanted)]


@pytest.fixture
async def desk(database: OwnDatabase, doors: Doors) -> Desk:
    return await Desk(database, doors("aino")).open()


async def test_a_series_is_moved_and_cancelled_by_one_or_all_that_follow_and_undone(desk: Desk) -> None:
    both = Wanted("guidance", START, client_id=desk.amira, others=(desk.bo,), interpreter_language="ar")
    made = await make_series(desk.door, both, Rule("weekly", 5), operation_id=uuid4(), leave_out=[])
    assert desk.starts() == [START + WEEK * n for n in range(5)]
    assert desk.told(desk.amira) == desk.told(desk.bo) == ["appointment"] * 5

    await appointments.move(desk.door, made[1], START + WEEK + timedelta(hours=2), operation_id=uuid4())
    # By exactly one week, so that each takes the place of the next one, which has gone on.
    await appointments.move(desk.door, made[2], START + 3 * WEEK, operation_id=uuid4(), following=True)
    moved = [START, START + WEEK + timedelta(hours=2), *(START + WEEK * n for n in (3, 4, 5))]
    assert desk.starts() == moved
    operation = uuid4()
    for _again in range(2):
        await appointments.cancel(desk.door, made[3], "Kurssi alkaa", operation_id=operation, following=True)
    assert desk.starts() == moved[:3]
    assert desk.told(desk.amira) == ["appointment"] * 3

    assert await appointment_undo.clients_to_open(desk.door) == sorted([desk.amira, desk.bo])
    assert await appointment_undo.undo_last(desk.door, operation_id=uuid4()) == "appointment.cancel"
    assert desk.starts() == moved
    assert await appointment_undo.undo_last(desk.door, operation_id=uuid4()) == "appointment.move"
    assert await appointment_undo.undo_last(desk.door, operation_id=uuid4()) == "appointment.move"
    assert desk.starts() == [START + WEEK * n for n in range(5)]
    assert desk.told(desk.bo) == ["appointment"] * 5
    assert await appointment_undo.undo_last(desk.door, operation_id=uuid4()) == "appointment.series"
    assert (desk.starts(), desk.told(desk.amira)) == ([], [])
    with pytest.raises(NotFound):
        await appointment_undo.undo_last(desk.door, operation_id=uuid4())


async def test_of_a_series_all_are_made_or_none_and_the_day_taken_is_said(desk: Desk) -> None:
    await appointments.make(desk.door, Wanted("meeting", START + 2 * WEEK), operation_id=uuid4())
    with pytest.raises(Conflict) as taken:
        await make_series(desk.door, Wanted("guidance", START), Rule("weekly", 4), operation_id=uuid4())
    assert "15.2.2027" in taken.value.next_step
    assert len(desk.starts()) == 1
    autumn = datetime(2026, 10, 19, 9, tzinfo=HELSINKI)
    await make_series(
        desk.door, Wanted("guidance", autumn), Rule("weekly", 3), operation_id=uuid4(),
        leave_out=[date(2026, 10, 26)],
    )  # fmt: skip
    local = [each.astimezone(HELSINKI) for each in desk.starts()[:2]]
    assert [(each.day, each.hour) for each in local] == [(19, 9), (2, 9)]
    for wrong in (Rule("yearly", 3), Rule("daily", 367), Rule("weekly", 3, 13), Rule("weekly", 3, 1, "XX")):
        with pytest.raises(InvalidInput):
            await make_series(desk.door, Wanted("guidance", START), wrong, operation_id=uuid4())
    night = Wanted("guidance", datetime(2027, 3, 27, 3, 30, tzinfo=HELSINKI))
    with pytest.raises(InvalidInput):
        await make_series(desk.door, night, Rule("daily", 2), operation_id=uuid4())


@pytest.mark.parametrize(
    ("changes", "against"),
    [
        ({}, []),
        ({"told_of_fee": False}, ["told_of_fee"]),
        ({"told_how_to_cancel": False, "understood": False}, ["told_how_to_cancel", "understood"]),
        ({"acceptable_reason": "Sairaana"}, ["no_acceptable_reason"]),
        ({"unreasonable_reason": "Kriisi"}, ["reasonable"]),
        ({"birth_date": date(2008, 11, 3)}, ["of_age"]),
        ({"birth_date": date(2008, 11, 2)}, []),
        ({"birth_date": None}, ["of_age"]),
        ({"interpreter_booked": False}, ["cost"]),
        ({"on": date(2024, 12, 31)}, ["in_force"]),
    ],
)
def test_the_cost_of_a_no_show_may_be_collected_only_when_every_condition_holds(
    changes: dict[str, Any], against: list[str]
) -> None:
    answer = decide(replace(FEE, **changes))
    assert ([each.name for each in answer.against], answer.may) == (against, not against)
    assert "681/2023 32 a §" in answer.sentence


async def test_a_no_show_stands_on_the_timeline_with_its_answer_until_it_is_undone(desk: Desk) -> None:
    wanted = Wanted(
        "plan", PAST, client_id=desk.amira, interpreter="Tulkki T", told_of_fee=True,
        told_how_to_cancel=True, understood=True,
    )  # fmt: skip
    made = await appointments.make(desk.door, wanted, operation_id=uuid4())
    answer = await attendance.record(desk.door, made, desk.amira, "no_show", operation_id=uuid4())
    assert (answer.may, desk.told(desk.amira)) == (True, ["no_show"])
    ill = {"acceptable_reason": "Sairaana"}
    answer = await attendance.record(desk.door, made, desk.amira, "no_show", ill, operation_id=uuid4())
    assert not answer.may
    (said,) = desk.rows("select body from app.event where kind = 'correction'")
    assert "ei saa periä (681/2023 32 a §)" in said[0]
    assert [each.answer.may for each in await attendance.of(desk.door, made)] == [False]
    for left in (["no_show"], ["appointment"]):
        assert await appointment_undo.undo_last(desk.door, operation_id=uuid4()) == "appointment.attendance"
        assert desk.told(desk.amira) == left
    later = await appointments.make(desk.door, Wanted("plan", START, client_id=desk.bo), operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await attendance.record(desk.door, later, desk.bo, "no_show", operation_id=uuid4())
    await attendance.record(desk.door, later, desk.bo, "client_cancelled", operation_id=uuid4())
    await attendance.add_client(desk.door, later, desk.amira, operation_id=uuid4())
    assert (desk.told(desk.bo), desk.told(desk.amira)) == ([], ["appointment", "appointment"])
    await attendance.remove_client(desk.door, later, desk.amira, "Väärä aika", operation_id=uuid4())
    assert desk.told(desk.amira) == ["appointment"]


async def test_interpreters_are_listed_and_barred_without_saying_why(desk: Desk, doors: Doors) -> None:
    cancel_by = START - timedelta(days=2)
    wanted = Wanted(
        "plan", START, client_id=desk.bo, interpreter_language="so", interpreter_company="Tulkit Oy",
        interpreter_reference="V-77", interpreter_gender="woman", interpreter_cancel_by=cancel_by,
    )  # fmt: skip
    made = await appointments.make(desk.door, wanted, operation_id=uuid4())
    (booking,) = await interpreters.bookings(desk.door, date(2027, 2, 1), date(2027, 2, 1))
    assert (booking.reference, booking.cancel_by, booking.interpreter) == ("V-77", cancel_by, None)
    await interpreters.bar(desk.door, desk.bo, "Tulkki T", "Sukulainen")
    assert await interpreters.barred(desk.door, desk.bo) == ["Tulkki T"]
    assert await interpreters.barred(doors("bilal"), desk.bo) == []
    for refused in ({"interpreter": "tulkki t"}, {"interpreter_cancel_by": START + WEEK}):
        with pytest.raises(InvalidInput):
            await appointments.change(desk.door, made, refused, operation_id=uuid4())
    with pytest.raises(NotAllowed):
        await interpreters.bar(doors("bilal"), desk.bo, "Tulkki U", "syy")
    await interpreters.lift(desk.door, desk.bo, "TULKKI T")
    named = {"interpreter": "Tulkki T", "interpreter_company": "Toinen Oy"}
    await appointments.change(desk.door, made, named, operation_id=uuid4())
    assert desk.rows("select interpreter, interpreter_company from app.appointment") == [
        ("Tulkki T", "Toinen Oy")
    ]
    with psycopg.connect(desk.database.as_superuser, autocommit=True) as connection:
        connection.execute("update app.client set protected = true where id = %s", [desk.bo])
    home = {"mode": "home_visit", "place": "Mallitie 1"}
    with pytest.raises(InvalidInput) as refusal:
        await appointments.change(desk.door, made, home, operation_id=uuid4())
    assert refusal.value.field == "place"


async def test_days_away_count_what_is_in_the_way(desk: Desk, doors: Doors) -> None:
    await appointments.make(desk.door, Wanted("meeting", START), operation_id=uuid4())
    first, last = date(2027, 2, 1), date(2027, 2, 5)
    assert await absences.add(desk.door, first, last, operation_id=uuid4()) == 1
    with pytest.raises(NotAllowed):
        await absences.add(desk.door, first, last, operation_id=uuid4(), login="bilal")
    await absences.add(doors("helmi"), last, last, operation_id=uuid4(), login="bilal")
    seen = await absences.between(doors("bilal"), last, last)
    assert [(each.name, each.from_on) for each in seen] == [("Aino Aaltonen", first), ("Bilal Berg", last)]
    await absences.remove(desk.door, seen[0].id, operation_id=uuid4())
    assert [each.login for each in await absences.between(desk.door, first, last)] == ["bilal"]
    with pytest.raises(InvalidInput):
        await absences.add(desk.door, last, first, operation_id=uuid4())
    free = absences.free_days(date(2027, 1, 1), date(2027, 12, 31))
    assert {date(2027, 1, 6), date(2027, 3, 26), date(2027, 6, 25)} <= set(free)


def test_the_commands_do_the_same_without_a_screen(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(database, Database(""))
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))

    def run(*words: str) -> str:
        code = cli.main(["--language", "en", "calendar", *words])
        shown = capsys.readouterr()
        assert code == 0, shown.err
        return shown.out

    weekly = ("--repeat", "weekly", "--times", "3", "--client", str(desk.amira), "--client", str(desk.bo))
    interpreter = ("--interpreter-language", "ar", "--gender", "woman", "--cancel-by", "20.3.2026")
    told = run("add", "23.3.2026", "9.00", "--kind", "guidance", "--told", *weekly, *interpreter)
    assert "6.4." in told
    assert "2 appointments were made" in told
    span = ("--from", "1.3.2026", "--to", "31.3.2026")
    first, second = (line.split()[-1] for line in run("list", *span).splitlines()[1:])
    assert "20.3.2026" in run("interpreters", *span)
    told = run("attendance", first, "no_show", "--client", str(desk.amira), "--unreasonable", "Kriisi")
    assert "may not be collected" in told
    assert "unreasonable" in told
    run("move", second, "31.3.2026", "13.00")
    run("cancel", first, "Sairaana", "--following")
    assert desk.starts() == []
    run("undo")
    assert len(desk.starts()) == 2
    run("bar", str(desk.bo), "Tulkki T", "Sukulainen")
    assert run("bar", str(desk.bo)) == "Tulkki T\n"
    run("bar", str(desk.bo), "Tulkki T", "--lift")
    assert "2 of your appointments" in run("away", "20.3.2026", "31.3.2026")
    away = run("absences", *span).split()[-1]
    run("back", away)
    assert "6.4.2026" in run("holidays", "--from", "1.4.2026", "--to", "30.4.2026")
