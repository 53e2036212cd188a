"""The partner network on a screen: asked, opened, checked, changed and undone by keys, in every language."""

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock, i18n, settings
from kotoutus_tui.database import Database
from kotoutus_tui.partners import commands, reading
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.partner_service import ServiceScreen
from screens.partners import PartnersScreen
from screens.widgets.event_list import EventList
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN
from tests.partner_rows import make_organisation, make_place, make_service
from tests.people import make_team

DAY = timedelta(days=1)


class _App(KotoutusApp):
    DEFAULT_MODE = "partners"
    MODES: ClassVar[dict[str, Any]] = {"partners": PartnersScreen}


@asynccontextmanager
async def desk(
    database: OwnDatabase, login: str = "aino", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[View]:
    door = Database(database.as_login(login))
    try:
        async with opened(_App(Desk(door, settings.load())), size) as view:
            await view.until(lambda: bool(view.app.screen.query(EventList)))
            await view.until(lambda: view.find(EventList).total is not None)
            await view.settle()
            yield view
    finally:
        await door.close()


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Database:
    make_team(database)
    return doors("aino")


@pytest.fixture
def course(database: OwnDatabase, db: Database) -> UUID:
    """A course with room, checked lately, and a paused club that nobody checked."""
    del db
    today = clock.today()
    college = make_organisation(database, "Mallilan opisto", kind="education", phone="013 000 0000")
    made = make_service(
        database, college, "Suomen kielen alkeiskurssi", name_en="Finnish for beginners", words="kielikurssi",
        spoken="fi en", interpreted="ar", what_to_bring="Henkilötodistus", next_start_on=today + 20 * DAY,
        capacity=4, capacity_stated_on=today - DAY, verified_on=today - 10 * DAY,
    )  # fmt: skip
    make_place(database, college, made, "Joensuu")
    club = make_organisation(database, "Naapurit ry")
    make_service(database, club, "Arabiankielinen kahvila", area="Joensuu", spoken="ar", state="paused")
    return made


async def test_an_empty_network_says_what_to_do_and_a_service_is_added_by_keys(
    database: OwnDatabase, db: Database
) -> None:
    async with desk(database) as view:
        await view.see("Palveluita ei vielä ole. n lisää palvelun.")
        await view.press("n")
        await view.see("Uusi palvelu")
        await view.write("Perhekahvila\n\nNaapurit ry\n")
        await view.write("järj\nJoensuu\narabia somali\n")
        await view.until(lambda: isinstance(view.app.screen, ServiceScreen))
        await view.see("Naapurit ry · järjestö")
        await view.see("arabia, somali")
    service = (await reading.network(db)).services[0]
    assert (service.name_fi, service.spoken, service.area) == ("Perhekahvila", "ar so", "Joensuu")


@pytest.mark.usefixtures("course")
async def test_a_question_is_answered_while_it_is_typed_with_why_and_room(database: OwnDatabase) -> None:
    async with desk(database, size=(100, 30)) as view:
        await view.see("2 palvelua")
        await view.see("tauolla")
        await view.press("s")
        await view.write("kielikurssi ar joensuu")
        await view.see("1 palvelu")
        assert "hakusana: kielikurssi · tulkin kautta: arabia · paikka: Joensuu" in view.text
        assert "4 paikkaa vapaana" in view.text
        assert "ilmoitettu" in view.text
        assert "tuore" in view.text
        await view.press("down", "enter")
        await view.until(lambda: isinstance(view.app.screen, ServiceScreen))
        await view.see("Mallilan opisto · oppilaitos")
        await view.press("escape")
        await view.until(lambda: isinstance(view.app.screen, PartnersScreen))
        await view.press("s")
        await view.write("xyzzy")
        await view.see("Mikään palvelu ei vastaa hakua.")


async def test_those_to_be_called_are_a_filter_and_v_takes_one_from_it(
    database: OwnDatabase, db: Database, course: UUID
) -> None:
    async with desk(database) as view:
        await view.press("f")
        await view.see("1 palvelu")
        assert "alkeiskurssi" not in view.text
        await view.press("v")
        await view.see("Kenellekään ei tarvitse soittaa. f näyttää kaikki.")
        await view.press("u")
        await view.see("Arabiankielinen kahvila")
    del db, course


async def test_facts_hours_and_contacts_are_changed_by_keys(
    database: OwnDatabase, db: Database, course: UUID
) -> None:
    async with desk(database, size=(100, 50)) as view:
        await view.press("s")
        await view.write("alkeiskurssi\n")
        await view.press("enter")
        await view.see("Joka viikko")
        rows = view.app.screen._source  # pyright: ignore[reportAttributeAccessIssue]
        view.find(EventList).move_to(await rows.find("weekly:"))
        await view.press("enter")
        await view.see("Aukioloajat")
        await view.write("ma-su 0-23\n")
        await view.see("ma-su 0-23")
        await view.press("n")
        await view.see("Yhteyshenkilö")
        await view.press("enter")
        await view.see("Tehtävä")
        await view.write("Ville Vastaaja\n\n\n\n\n")
        await view.see("Ville Vastaaja")
        await view.press("p")
        await view.see("tauolla")
        await view.press("u")
        await view.until(lambda: "! tauolla" not in view.text)
    whole = await reading.service(db, course)
    assert [each.name for each in whole.contacts] == ["Ville Vastaaja"]
    assert (len(whole.hours), whole.service.state) == (7, "active")


async def test_a_change_elsewhere_comes_by_itself(database: OwnDatabase, db: Database, course: UUID) -> None:
    async with desk(database, "bilal") as view:
        await view.until(lambda: view.app.link.state == "live")
        service = (await reading.service(db, course)).service
        await commands.change_service(db, service, {"capacity": 0}, operation_id=uuid4())
        await view.see("! täynnä")


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_both_screens_are_whole_in_every_language(database: OwnDatabase, language: str) -> None:
    i18n.install(language)
    async with desk(database) as view:
        await view.see("Mallilan opisto")
        for _screen in range(2):
            assert all(len(line) <= 80 for line in view.lines)
            assert "?" in view.line(23)
            await view.press("home", "enter")
            await view.settle()
        assert "{" not in view.text


async def test_hostile_text_is_drawn_without_harm(database: OwnDatabase, db: Database) -> None:
    del db
    partner = make_organisation(database, "Naapurit ry")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        for text in ALL:
            # What the database refuses never reaches the screen.
            with contextlib.suppress(psycopg.DataError, psycopg.errors.CheckViolation, UnicodeError):
                connection.execute(
                    "insert into app.service (organisation_id, name_fi, words) values (%s, %s, %s)",
                    [partner, text, text],
                )
        row = connection.execute("select count(*) from app.service").fetchone()
    assert row is not None and row[0] > 20
    async with desk(database, size=(80, 60)) as view:
        assert not set("".join(view.lines)) & FORBIDDEN_ON_SCREEN
        await view.press("enter")
        await view.settle()
        assert not set("".join(view.lines)) & FORBIDDEN_ON_SCREEN


@pytest.mark.usefixtures("course")
async def test_a_table_is_read_in_by_keys_after_a_look_and_taken_back(
    database: OwnDatabase, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOTOUTUS_DROP_DIR", str(tmp_path / "drop"))
    file = tmp_path / "t.csv"
    file.write_text("Järjestö;Palvelu;Puhuvat\nNaapurit ry;Uusi kerho;ar\nNaapurit ry;Toinen;xyzzy\n")
    async with desk(database) as view:
        await view.press("e", "down", "enter")
        await view.see("tällä palvelimella")
        await view.write(f"{file}\n")
        await view.see("Puhuvat")
        await view.write("kielet\n")
        await view.see("Palvelut: uusia 2, muuttuvia 0, ennallaan 0")
        assert "Puhuvat →" in view.text
        assert "1 tieto jätetään pois." in view.text
        await view.press("enter")
        await view.see("Tiedosto tuotiin. u peruu sen.")
        await view.see("4 palvelua")
        await view.press("u")
        await view.see("2 palvelua")
        await view.see("Kumottu.")
        await view.settle()
        await view.press("e")
        await view.see("Vie verkosto tiedostoon")
        await view.press("enter")
        await view.see("Muoto")
        await view.press("enter", "enter", "enter")
        await view.see("Tiedosto on valmis.")
    assert len((await reading.network(db)).services) == 2
    assert sorted(each.suffix for each in (tmp_path / "drop").iterdir()) == [".csv", ".zip"]


async def test_two_services_are_merged_by_keys_field_by_field(
    database: OwnDatabase, db: Database, course: UUID
) -> None:
    whole = await reading.service(db, course)
    double = make_service(
        database, whole.organisation.id, "Suomen kielen alkeiskurssit", words="kurssi", spoken="fi"
    )
    async with desk(database, size=(100, 30)) as view:
        listed = view.find(EventList)
        await view.until(lambda: listed.cursor_key is not None)
        await view.press("down")
        await view.until(lambda: listed.cursor_key == str(course))
        await view.press("m", "enter")
        await view.see("Suomen kielen alkeiskurssit (Mallilan opisto): samankaltainen nimi")
        await view.press("enter")
        await view.see("Mitkä tiedot jäävät?")
        await view.press("enter", "down", "enter", "enter")
        await view.see("Yhdistetäänkö “Suomen kielen alkeiskurssit”")
        await view.press("enter")
        await view.see("Yhdistetty. u peruu sen.")
    merged = (await reading.service(db, double)).service
    assert (merged.id, merged.words, merged.spoken) == (course, "kurssi", "fi en")
