"""The board of arrivals and a household's checklist on a screen: by keys, in every language and size."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import clock, i18n, settings
from kotoutus_tui.casework.reception import arriving, board, steps
from kotoutus_tui.casework.reception.arriving import Facts
from kotoutus_tui.casework.reception.household import Arrival
from kotoutus_tui.database import Database
from screens import safe
from screens.app import KotoutusApp
from screens.compensation import CompensationScreen
from screens.desk import Desk
from screens.reception import ReceptionScreen
from screens.reception_household import HouseholdScreen
from screens.widgets.event_list import EventList
from screens.widgets.field import Field
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN
from tests.people import make_client, make_team

DAY = timedelta(days=1)


class _App(KotoutusApp):
    DEFAULT_MODE = "reception"
    MODES: ClassVar[dict[str, Any]] = {"reception": ReceptionScreen}


@asynccontextmanager
async def desk(
    database: OwnDatabase, login: str = "aino", size: tuple[int, int] = (100, 30)
) -> AsyncIterator[View]:
    door = Database(database.as_login(login))
    try:
        async with opened(_App(Desk(door, settings.load())), size) as view:
            await view.until(lambda: bool(view.app.screen.query(EventList)))
            await view.settle()
            yield view
    finally:
        await door.close()


@asynccontextmanager
async def household(
    database: OwnDatabase, login: str = "aino", size: tuple[int, int] = (100, 40)
) -> AsyncIterator[View]:
    async with desk(database, login, size) as view:
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, HouseholdScreen))
        await view.settle()
        yield view


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Database:
    make_team(database)
    return doors("aino")


async def made(db: Database, days: int = 20, *clients: UUID, label: str = "Viisi henkeä") -> Arrival:
    facts = Facts(label, clock.today() + days * DAY, "quota", "Rantakylä", 5, "aino")
    arrival = await arriving.make(db, facts, clients, operation_id=uuid4())
    return await board.arrival(db, arrival)


async def go(view: View, code: str, client: UUID | None = None) -> None:
    """Put the cursor on a step."""
    screen = view.app.screen
    assert isinstance(screen, HouseholdScreen)
    assert screen._arrival is not None
    step = next(s for s in screen._arrival.steps if s.code == code and (not client or s.client_id == client))
    place = await screen._source.find(str(step.id))
    assert place is not None
    view.find(EventList).move_to(place)
    await view.pilot.pause()


async def test_an_empty_board_says_what_to_do(database: OwnDatabase, db: Database) -> None:
    del db
    async with desk(database) as view:
        await view.see("Kukaan ei saavu 60 päivän aikana. n lisää saapumisen")
        for words in ("Myöhempiä saapumisia ei ole", "Valmiita vastaanottoja", "Peruttuja saapumisia"):
            await view.press("f")
            await view.see(words)


async def test_the_board_tells_progress_risk_and_who_waits_for_whom(
    database: OwnDatabase, db: Database
) -> None:
    arrival = await made(db, 5)
    flat = next(step for step in arrival.steps if step.code == "household_known")
    await steps.mark_done(db, flat, operation_id=uuid4())
    async with desk(database) as view:
        await view.see("Viisi henkeä · 5 henkilöä · kiintiöpakolaisia")
        total = len(arrival.steps)
        assert f"1/{total}" in view.text
        # Placement, county, flat, rental contract, electricity, furniture and the interpreter are late.
        assert "! 7 vaihetta myöhässä, 2 odottaa niitä" in view.text
        assert "ohjaaja – odottajina koulut ja varhaiskasvatus, tiimin esihenkilö: Perhe on" in view.text


async def test_an_arrival_is_made_with_keys_and_its_checklist_opens(
    database: OwnDatabase, db: Database
) -> None:
    async with desk(database) as view:
        await view.press("n")
        await view.see("Uusi saapuminen")
        await view.write("kuusi henkea")
        await view.press("enter")
        await view.write("+10\n")
        await view.write("kiin\n")
        await view.write("moni\n")
        await view.press("enter", "enter")
        await view.see("Kirjoita luku.")
        await view.press("escape")
    assert await board.arrivals(db) == []
    async with desk(database) as view:
        await view.press("n")
        await view.see("Uusi saapuminen")
        await view.write("kuusi henkea\n")
        await view.write("+10\n")
        await view.write("kiin\n")
        await view.write("6\n")
        await view.press("enter", "enter")
        await view.until(lambda: isinstance(view.app.screen, HouseholdScreen))
        await view.see("6 henkilöä")
        await view.see("Kuntapaikka hyväksytty")
    found = (await board.arrivals(db))[0]
    assert (found.label, found.persons, found.arrives_on) == ("kuusi henkea", 6, clock.today() + 10 * DAY)
    assert found.responsible == "aino"


async def test_a_step_is_done_undone_not_needed_and_all_is_taken_back(
    database: OwnDatabase, db: Database
) -> None:
    client = make_client(database, "aino", "Aalto", "Testi")
    arrival = await made(db, -1, client)
    async with household(database) as view:
        await go(view, "registration")
        await view.press("d")
        await view.see("Tehty: Kotikunta ja henkilötunnus rekisteröity")
        await view.settle()
        assert (await board.arrival(db, arrival.id)).progress[0] == 1
        await go(view, "registration")
        await view.press("d")
        await view.see("Sittenkin tekemättä")
        await go(view, "school")
        await view.press("x")
        await view.see("Miksi vaihetta ei tarvita?")
        await view.write("ei lapsia\n")
        await view.see("Ei tarvita: ei lapsia")
        await view.press("u")
        await view.until(lambda: "Ei tarvita: ei lapsia" not in view.text)
        await view.press("u")
        await view.until(lambda: "tehty" in view.text)
    after = await board.arrival(db, arrival.id)
    assert after.progress[0] == 1


async def test_steps_are_grouped_by_day_or_by_owner_with_what_they_wait_for(
    database: OwnDatabase, db: Database
) -> None:
    await made(db, 20, make_client(database, "aino", "Aalto", "Testi"))
    async with household(database, size=(120, 110)) as view:
        assert "Ennen saapumista" in view.text
        assert "Saapumispäivä" in view.text
        assert "Odottaa: Kotikunta ja henkilötunnus rekisteröity (DVV," in view.text
        await view.press("o")
        await view.settle()
        assert "Saapumispäivä" not in view.text
        lines = [line.strip(" ┃▌") for line in view.lines]
        assert [
            word for word in ("asuntopalvelut", "hyvinvointialue", "Kela", "poliisi") if word not in lines
        ] == []


async def test_a_client_is_brought_in_by_search(database: OwnDatabase, db: Database) -> None:
    make_client(database, "aino", "Aalto", "Testi")
    arrival = await made(db)
    async with household(database) as view:
        await view.press("p")
        await view.see("Etsi asiakas")
        await view.write("aalto\n")
        await view.see("Aalto Testi")
        await view.press("enter", "enter")
        await view.see("Liitetäänkö asiakas perheeseen?")
        assert "turvakielto" in view.text
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, HouseholdScreen))
        await view.see("Aalto Testi")
    assert [person.name for person in (await board.arrival(db, arrival.id)).people] == ["Aalto Testi"]


async def test_the_day_moves_and_the_arrival_is_cancelled_with_keys(
    database: OwnDatabase, db: Database
) -> None:
    arrival = await made(db)
    async with desk(database) as view:
        await view.press("e")
        await view.see("Saapuu")
        await view.press("enter", *["backspace"] * 12)
        await view.write("+40\n")
        await view.press("enter", "enter", "enter")
        await view.see("Tallennettu.")
        moved = await board.arrival(db, arrival.id)
        assert moved.arrives_on == clock.today() + 40 * DAY
        assert moved.steps[0].due_on - arrival.steps[0].due_on == 20 * DAY
        await view.press("x")
        await view.see("Miksi perhe ei tule?")
        await view.write("muutti ouluun\n")
        await view.see("Saapuminen on peruttu.")
        await view.press("f", "f", "f")
        await view.see("Peruttu: muutti ouluun")
        await view.press("x")
        await view.see("Saapuminen on palautettu.")
    assert (await board.arrivals(db))[0].id == arrival.id


async def test_others_clients_have_no_name_and_protected_ones_no_place(
    database: OwnDatabase, db: Database
) -> None:
    guarded = make_client(database, "aino", "Aalto", "Testi")
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("select access.put_protection(%s, true, null)", [guarded])
    theirs = make_client(database, "bilal", "Koski", "Salainen")
    arrival = await arriving.make(
        db, Facts("Kaksi", clock.today() + 3 * DAY, "family"), [guarded], operation_id=uuid4()
    )
    lead = Database(database.as_login("helmi"))
    await arriving.add_person(lead, await board.arrival(lead, arrival), theirs, operation_id=uuid4())
    await lead.close()
    async with household(database, size=(120, 90)) as view:
        assert "toisen ohjaajan asiakas" in view.text
        assert "Koski" not in view.text
        assert "Aalto Testi, toisen ohjaajan asiakas" in view.text
        assert "paikka salassa: turvakielto" in view.text
        await view.press("e")
        await view.see("Saapuu")
        names = [field.name for field in view.app.screen.query(Field)]
        assert names == ["label", "arrives_on", "persons", "responsible"]
    async with household(database, "helmi", size=(120, 90)) as view:
        assert "Koski Salainen" in view.text


async def test_a_change_by_a_colleague_is_seen_at_once(database: OwnDatabase, db: Database) -> None:
    arrival = await made(db)
    async with household(database) as view:
        await view.until(lambda: view.app.link.state == "live")
        await steps.mark_done(db, arrival.steps[0], operation_id=uuid4())
        await view.see("tehty")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_it_is_whole_in_every_language_and_size(
    database: OwnDatabase, db: Database, language: str, size: tuple[int, int]
) -> None:
    client = make_client(
        database, "aino", "Wolfeschlegelsteinhausenbergerdorff-Rautavaaranmäki", "Maximilian"
    )
    await made(db, 5, client, label="Kahdeksan hengen perhe vastaanottokeskuksesta, päivä auki")
    i18n.install(language)
    async with household(database, size=size) as view:
        assert all(safe.width_of(line) <= size[0] for line in view.lines)
        assert "Esc" in view.lines[-1]
        await view.press("escape")
        await view.until(lambda: isinstance(view.app.screen, ReceptionScreen))
        await view.settle()
        assert "Enter" in view.lines[-1]
        assert "Kahdeksan hengen perhe" in view.text


async def test_hostile_text_is_drawn_without_harm(database: OwnDatabase, db: Database) -> None:
    arrival = await made(db)
    storable = [
        text for text in ALL if "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
    ]
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        for domain in ("line", "prose"):
            connection.execute(f"alter domain app.{domain} drop constraint safe_text".encode())
        connection.execute("set session_replication_role = replica")
        for text in storable:
            connection.execute(
                "insert into app.reception_step (arrival_id, code, title, owner, due_on,"
                " not_applicable_reason) values (%s, 'own', %s, 'other', %s, %s)",
                [arrival.id, text[:200] or "x", arrival.arrives_on, text[:200] or None],
            )
            connection.execute(
                "insert into app.arrival (label, arrives_on, source, place, template, created_by,"
                " cancelled_at, cancelled_reason) values (%s, current_date, 'quota', %s, 'quota', 'aino',"
                " now(), %s)",
                [text[:200], text[:200], text[:200]],
            )
    async with household(database, size=(100, 50)) as view:
        for _each in range(8):
            assert not FORBIDDEN_ON_SCREEN & set("".join(view.lines))
            await view.press("pagedown")
        await view.press("escape", "f", "f", "f")
        await view.see("Peruttu")
        for _each in range(8):
            assert not FORBIDDEN_ON_SCREEN & set("".join(view.lines))
            await view.press("pagedown")


async def test_a_year_is_marked_as_claimed_and_the_claims_are_written(
    database: OwnDatabase, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del db
    monkeypatch.setenv("KOTOUTUS_DROP_DIR", str(tmp_path))
    year = clock.today().year - 1
    client = make_client(
        database, "aino", "Aalto", "Testi", external_id="K-1",
        detail={"ground_of_entry": "asylum", "municipality_since": f"{year}-03-01"},
    )  # fmt: skip
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute(
            "insert into app.deadline (client_id, rule, subject, section, due_on, own_counsellor)"
            " values (%s, 'compensation_claim', %s, '70 § 1 mom. 681/2023', %s, 'aino')"
            " on conflict (client_id, rule, subject) do nothing",
            [client, str(year), f"{year + 2}-12-31"],
        )
    async with desk(database) as view:
        await view.press("k")
        await view.see("Ei haettavaa puoleen vuoteen.")
        await view.press("f")
        await view.see("Aalto Testi")
        assert f"Haettava viimeistään 31.12.{year + 2}" in view.text
        await view.press("w")
        await view.see("Tallennetaanko 1 korvaus tiedostoon?")
        await view.press("enter")
        await view.see("Tallennettu:")
        await view.press("enter")
        await view.see(f"{year}: haettava viimeistään 31.12.{year + 2}")
        assert f"Korvausaika 1.3.{year}–1.3.{year + 2}" in view.text
        await view.press("enter")
        await view.see("Viitenumero")
        await view.press("enter")
        await view.write("KEHA 7\n")
        await view.see("Tallennettu.")
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute("select year, old_law, reference from app.compensation_claim").fetchone()
    assert row == (year, False, "KEHA 7")
    file = f"compensation-{clock.today()}.csv"
    written = await asyncio.to_thread((tmp_path / file).read_text, "utf-8-sig")
    assert f"K-1;{year};" in written
    assert "Aalto" not in written


async def test_the_lead_says_why_a_client_is_opened_for_a_claim(database: OwnDatabase, db: Database) -> None:
    del db
    client = make_client(database, "aino", "Aalto", "Testi")
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute(
            "insert into app.deadline (client_id, rule, subject, section, due_on, own_counsellor)"
            " values (%s, 'compensation_claim', '2024', '102 § 1 mom. 681/2023', %s, 'aino')"
            " on conflict (client_id, rule, subject) do nothing",
            [client, clock.today() + 30 * DAY],
        )
    async with desk(database, "helmi") as view:
        await view.press("k")
        await view.see("Aalto Testi")
        await view.press("d")
        await view.see("Kerro, miksi avaat asiakkaan")
        await view.press("escape")
        await view.until(lambda: isinstance(view.app.screen, CompensationScreen))
        with psycopg.connect(database.as_superuser) as connection:
            assert connection.execute("select count(*) from app.opening where kind = 'lead'").fetchone() == (
                0,
            )
        await view.press("d")
        await view.write("korvaushakemus\n")
        await view.see("Tältä vuodelta ei enää makseta korvausta.")


async def test_who_was_added_by_mistake_is_taken_out(database: OwnDatabase, db: Database) -> None:
    client = make_client(database, "aino", "Aalto", "Testi")
    arrival = await made(db, 20, client)
    async with household(database) as view:
        await go(view, "arrived")
        await view.press("delete")
        assert isinstance(view.app.screen, HouseholdScreen)
        await go(view, "registration", client)
        await view.press("delete")
        await view.see("Poistetaanko asiakas perheestä?")
        assert "Aalto Testi" in view.text
        await view.press("enter")
        await view.see("Ei vielä asiakkaita")
    assert (await board.arrival(db, arrival.id)).people == ()
