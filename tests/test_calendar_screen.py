"""The calendar on a screen: the week, the list, an appointment made, moved, cancelled and undone by keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
from textual.widgets import Input

from kotoutus_tui import clock, settings
from kotoutus_tui.calendar.week import monday_of
from kotoutus_tui.casework import appointments
from kotoutus_tui.casework.appointment_values import Wanted
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import format_date
from screens.app import KotoutusApp
from screens.calendar import CalendarScreen
from screens.calendar_form import AppointmentForm, MoveForm
from screens.calendar_free import FreeTimesForm, FreeTimesScreen
from screens.desk import Desk
from screens.widgets.event_list import EventList
from screens.widgets.form import FormDialog
from screens.widgets.week_grid import WeekGrid
from tests.client_desk import seat
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_client, make_team


class _App(KotoutusApp):
    DEFAULT_MODE = "calendar"
    MODES: ClassVar[dict[str, Any]] = {"calendar": CalendarScreen}


@asynccontextmanager
async def desk(
    database: OwnDatabase, login: str = "aino", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[View]:
    door = Database(database.as_login(login))
    try:
        async with opened(_App(Desk(door, settings.load())), size) as view:
            await view.until(lambda: bool(view.app.screen.query(WeekGrid)))
            await view.until(lambda: getattr(view.app.screen, "whose", ""))
            yield view
    finally:
        await door.close()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Helsinki."""
    return datetime.combine(day, time(hour, minute), clock.HELSINKI)


async def prepare(database: OwnDatabase, *wanted: Wanted) -> list[UUID]:
    """Aino's client Amira, and her appointments; those with a number in `others` are with Amira."""
    make_team(database)
    client = make_client(
        database, "aino", "Esimerkki", "Amira", interpreter_needed=True, service_language="ar"
    )
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    made: list[UUID] = []
    for each in wanted:
        whom = client if each.kind != "meeting" else None
        made.append(await appointments.make(door, replace(each, client_id=whom), operation_id=uuid4()))
    await door.close()
    return made


def rows(database: OwnDatabase, statement: str) -> list[tuple[Any, ...]]:
    """What the database holds, past every rule."""
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(statement).fetchall()  # type: ignore[arg-type]


async def test_the_week_and_the_list_show_what_is_there_in_a_small_window(database: OwnDatabase) -> None:
    monday = monday_of(clock.today())
    week = [monday + timedelta(days=n) for n in range(7)]
    await prepare(
        database,
        Wanted("interview", at(week[0], 9), 45, room="R3", interpreter_language="ar", interpreter="Tulkki T"),
        Wanted("meeting", at(week[1], 10, 15), 30, title="Tiimin [kokous]"),
        Wanted("plan", at(week[0], 9, 30), 60, overlap_reason="Perhe yhdessä"),
        Wanted("meeting", at(week[5], 17), 60, title="Lauantain ilta"),
    )
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "insert into app.absence (login, from_on, to_on) values ('aino', %s, %s)", [week[4]] * 2
        )
        connection.execute("update app.appointment set cancelled_at = now() where title = 'Muu'")
    async with desk(database) as view:
        await view.see("17.00")
        # Saturday is there because something is on it, Sunday is not; the hours reach as far as needed.
        assert "la " in view.line(1) and "su " not in view.line(1)
        assert "poissa" in view.line(2)
        assert all(len(line) <= 80 for line in view.lines) and view.line(23).startswith(" Enter Avaa")
        await view.press("g", "ctrl+u")
        await view.write(f"{monday.day}.{monday.month}.\n")
        await view.until(lambda: isinstance(view.app.screen, CalendarScreen))
        view.find(WeekGrid).show(view.find(WeekGrid)._week, monday, time(9))
        await view.see("tulkki: arabia, Tulkki T")
        await view.press("down")
        await view.see("päällekkäin: Perhe yhdessä")
        await view.press("v")
        await view.see("Tiimin [kokous]")
        await view.settle()
        assert "Esimerkki Amira · Alkuhaastattelu" in view.text and "poissa" not in view.text
        await view.press("greater_than_sign")
        await view.see("Ei aikoja näillä viikoilla. n varaa ajan.")
        await view.press("t", "v")
        await view.see("17.00")
    async with desk(database, "bilal") as view:
        await view.see("Ei aikoja tällä viikolla. n varaa ajan.")
        assert "Esimerkki" not in view.text


async def test_an_appointment_is_made_moved_cancelled_and_undone_by_keys(database: OwnDatabase) -> None:
    monday = monday_of(clock.today()) + timedelta(days=14)
    await prepare(database, Wanted("meeting", at(monday, 9), 60))
    async with desk(database, size=(80, 24)) as view:
        await view.press("greater_than_sign", "greater_than_sign", "home")
        await view.until(lambda: view.find(WeekGrid)._week.monday == monday)
        while view.find(WeekGrid).day > monday:
            await view.press("left")
        await view.press("n")
        await view.see("ja toinen asiakas")
        await view.write("amira\n")
        # The interpreter's language comes from the client, doubles the time, and so it meets another one.
        await view.see("8.00–9.30 · 2 × 45 min tulkin kanssa")
        await view.see("! Sinulla on toinen ajanvaraus 9.00–10.00.")
        form = view.app.screen
        assert isinstance(form, AppointmentForm)
        form._form.submit()
        await view.see("! Sinulla on silloin toinen ajanvaraus.")
        await view.press("escape")
        await view.see("n Uusi")
        assert len(list((settings.load().state_dir / "drafts").iterdir())) == 1
        await view.press("n")
        await view.see("luonnoksesi on tallessa")
        form = view.app.screen
        assert isinstance(form, AppointmentForm)
        form._field("overlap_reason").begin_with("Sovittu")
        form._field("overlap_reason").query_one(Input).value = "Sovittu"
        form._form.submit()
        await view.until(lambda: isinstance(view.app.screen, CalendarScreen))
        await view.see("│! Es")
        assert not list((settings.load().state_dir / "drafts").iterdir())
        assert rows(
            database,
            "select overlap_reason, interpreter_language, ends_at - starts_at from app.appointment"
            " where overlap_reason is not null",
        ) == [("Sovittu", "ar", timedelta(minutes=90))]
        await view.see("tulkki: arabia")
        await view.press("m")
        await view.see("Vapaat ajat")
        await view.press("up", "enter")
        await view.see("Siirrä toiseen aikaan")
        form = view.app.screen
        assert isinstance(form, MoveForm)
        form._form.fields[1].query_one(Input).value = "13"
        await view.see("13.00–14.30")
        form._form.submit()
        await view.see("Siirretty. u kumoaa.")
        await view.press("c")
        await view.see("Miksi aika perutaan?")
        await view.write("sairas\n")
        await view.see("Peruttu. u kumoaa.")
        await view.press("u")
        await view.see("Kumottu.")
        await view.press("u")
        await view.until(
            lambda: "13.00" not in rows(database, "select max(ends_at)::text from app.appointment")[0][0]
        )
    assert rows(database, "select count(*) from app.appointment where cancelled_at is null") == [(2,)]


async def test_who_is_free_is_answered_with_those_who_speak_the_language_first(database: OwnDatabase) -> None:
    monday = monday_of(clock.today()) + timedelta(days=14)
    await prepare(database, Wanted("meeting", at(monday, 8), 7 * 60, room="R3", interpreter="Tulkki T"))
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(
            "insert into app.staff_language (login, language, set_by) values ('bilal', 'ar', 'helmi')"
        )
        connection.execute(
            "insert into app.absence (login, from_on, to_on) values ('bilal', %s, %s)",
            [monday + timedelta(days=1)] * 2,
        )
    async with desk(database) as view:
        await view.press("f")
        await view.see("Kuka on vapaa?")
        form = view.app.screen
        assert isinstance(form, FreeTimesForm)
        days = {"first": format_date(monday), "last": format_date(monday + timedelta(days=1))}
        for name, text in {"language": "arabia", "minutes": "30", **days}.items():
            field = next(each for each in form._form.fields if each.name == name)
            field.query_one(Input).value = text
        await view.pilot.pause()
        form._form.submit()
        await view.see("puhuu itse")
        await view.settle()
        shown = view.app.screen
        assert isinstance(shown, FreeTimesScreen)
        told = [(each.group, each.left, each.title) for each in shown._source.rows]
        assert told[0] == (f"ma {monday.day}.{monday.month}. · puhuu itse", "8.00–8.30", "Bilal Berg")
        # Bilal is away on Tuesday; Aino is taken until 15 and needs an interpreter, so twice the time.
        assert (f"ma {monday.day}.{monday.month}. · tulkin kanssa", "15.00–16.00", "Aino Aaltonen") in told
        assert not [each for each in told if each[2] == "Bilal Berg" and each[0].startswith("ti")]
        await view.press("enter")
        await view.see("Kukin merkitsee omaan kalenteriinsa: pyydä Bilal Berg.")
        view.find(EventList).move_to(next(n for n, each in enumerate(told) if each[2] == "Aino Aaltonen"))
        await view.press("enter")
        await view.see("15.00–16.00 · 2 × 30 min tulkin kanssa")
        submitted = view.app.screen
        assert isinstance(submitted, AppointmentForm)
        submitted._form.submit()
        await view.see("Tallennettu.")
    assert rows(
        database,
        "select interpreter_language, starts_at from app.appointment order by starts_at desc limit 1",
    ) == [("ar", at(monday, 15))]


async def fill(view: View, values: dict[str, str]) -> None:
    """Write into fields of the form in front and submit it."""
    form = view.app.screen
    assert isinstance(form, FormDialog)
    for name, text in values.items():
        next(each for each in form._form.fields if each.name == name).query_one(Input).value = text
    await view.pilot.pause()
    form._form.submit()


async def test_an_appointment_is_changed_marked_and_seen_by_the_team_as_hours_alone(
    database: OwnDatabase,
) -> None:
    monday = monday_of(clock.today()) - timedelta(days=7)
    made = await prepare(database, Wanted("plan", at(monday, 9), 60, room="R3"))
    async with desk(database, size=(120, 40)) as view:
        view.find(WeekGrid)
        await view.press("less_than_sign", "v")
        await view.see("Esimerkki Amira · Suunnitelman laatiminen")
        await view.settle()
        await view.press("e")
        await view.see("9.00–10.00 · 60 min")
        await fill(
            view, {"minutes": "30", "interpreter_language": "arabia", "title": "Kahvi", "kind": "Ohjaus"}
        )
        await view.see("Esimerkki Amira · Ohjaus")
        await view.settle()
        await view.press("a")
        await view.see("Tuliko asiakas?")
        await view.press("down", "enter")
        await view.see("Maksusta kerrottu")
        await fill(view, {"told_of_fee": "kyllä"})
        await view.see("Maksu saapumatta jäämisestä")
        await view.press("escape")
        await view.see("Ei saapunut")
        await view.press("l")
        await view.see("Ensimmäinen päivä")
        await fill(view, {"to": format_date(monday + timedelta(days=2))})
        await view.see("Tallennettu. 1 aika on siirrettävä.")
        await view.see("· poissa")
        await view.press("l")
        await view.see("Perutaanko poissaolo?")
        await view.press("enter")
        await view.see("Poissaolo on peruttu.")
        await view.press("w")
        await view.see("Tiimin viikko")
        await view.see("░░▓▓░░░░░░░░░░░░")
        assert "Esimerkki" not in view.text and "Bilal Berg" in view.text and "Kahvi" not in view.text
    assert rows(
        database, "select id, kind, title, interpreter_language, ends_at - starts_at from app.appointment"
    ) == [(made[0], "guidance", "Kahvi", "ar", timedelta(hours=1))]
    assert rows(database, "select attendance, told_of_fee from app.appointment_client") == [("no_show", True)]
    async with desk(database) as view:
        # The next session begins in the list.
        await view.see("Ei aikoja näillä viikoilla")


async def test_the_timeline_makes_an_appointment_that_repeats_and_tells_the_next_ones(
    database: OwnDatabase,
) -> None:
    await prepare(database)
    client = rows(database, "select id from app.client")[0][0]
    monday = monday_of(clock.today()) + timedelta(days=7)
    async with seat(database, client) as view:
        await view.until(lambda: view.screen.query_one(EventList).settled)
        await view.press("a")
        await view.see("Toistuu")
        repeated = {"frequency": "joka viikko", "times": "3"}
        await fill(view, {"day": format_date(monday), "time": "9", "minutes": "30", **repeated})
        await view.see("Aika on varattu: ma")
        await view.see("Seuraavat ajat")
        await view.until(lambda: view.text.count("9.00  Ohjaus") == 3)
    assert rows(database, "select count(distinct series_id), count(*) from app.appointment") == [(1, 3)]
