"""The integration period on the screen: what-if while typing, decisions, checklist, every size."""

from contextlib import AbstractAsyncContextManager
from datetime import date
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework import period_commands, timeline
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from screens import period_rows
from screens.client_period import ClientPeriodScreen
from screens.what_if import WhatIfForm
from screens.widgets.event_list import EventList
from tests.client_desk import Seat, in_front, part, seat
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

LONG = "Wolfeschlegelsteinhausenbergerdorff-Rautavaaranmäki"


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(
        database, "aino", "Ivanova", "Oksana",
        phase="plan", detail={"birth_date": "1990-05-04", "first_plan_drawn_on": "2025-03-14"},
    )  # fmt: skip


def period(
    database: OwnDatabase, client: UUID, size: tuple[int, int] = (80, 24)
) -> AbstractAsyncContextManager[Seat]:
    return part(database, client, "y", ClientPeriodScreen, size)


def screen_of(at: Seat) -> ClientPeriodScreen:
    screen = at.app.screen
    assert isinstance(screen, ClientPeriodScreen)
    return screen


async def go(at: Seat, key: str) -> None:
    """Put the cursor on the first row whose key begins so."""
    rows = screen_of(at)._source.rows
    place = next((n for n, row in enumerate(rows) if row.key.startswith(key)), None)
    assert place is not None, f"no row {key}:\n{at.text}"
    screen_of(at).query_one(EventList).move_to(place)
    await at.pilot.pause()


async def settled(at: Seat) -> None:
    await in_front(at, ClientPeriodScreen)


async def test_an_interruption_says_what_it_would_do_and_is_saved(
    database: OwnDatabase, client: UUID
) -> None:
    async with period(database, client) as at:
        await at.see("2 v 14.3.2025 alkaen, 23 § 2 mom. 681/2023 =")
        await go(at, "add:interruption")
        await at.press("enter")
        await at.see("Kirjoita päivät")
        await at.write("1.4.2026")
        await at.press("enter")
        await at.write("20.4.2026")
        await at.see("3.4.2027 eikä 14.3.2027, 20 pv")
        assert at.line(-1).strip()
        await at.press("enter")
        await at.write("sairaus")
        await at.press("enter", "enter")
        await settled(at)
        await at.see("Tallennettu")
        await go(at, "period:")
        await at.see("14.3.2025–3.4.2027")
        await at.see("1.4.2026–20.4.2026 · 20 päivää")
        await at.press("escape")
        await at.back()
        await at.see("╌")
        assert "3.4.2027" in at.line(4)
        await at.press("y")
        await settled(at)
        await at.press("u")
        await at.see("14.3.2025–14.3.2027")


async def test_what_the_law_refuses_is_told_while_typing_and_stays(
    database: OwnDatabase, client: UUID
) -> None:
    async with period(database, client) as at:
        await go(at, "add:interruption")
        await at.press("enter")
        await at.see("Kirjoita päivät")
        await at.write("20.4.2026")
        await at.press("enter")
        await at.write("1.4.2026")
        await at.see("! Keskeytys päättyisi ennen kuin se alkaa")
        await at.press("enter")
        await at.write("vamma")
        await at.press("enter", "enter")
        await at.until(lambda: at.text.count("Keskeytys päättyisi ennen") == 2)
        assert "1.4.2026" in at.text
        await at.press("escape")
        await settled(at)
        assert "vamma" not in at.text


async def test_a_decision_is_read_before_it_is_saved_and_stands_on_the_timeline(
    database: OwnDatabase, client: UUID
) -> None:
    async with period(database, client) as at:
        await go(at, "add:extension")
        await at.press("enter")
        await at.see("Kirjoita peruste")
        await at.write("vähäinen")
        await at.press("enter")
        await at.write("36")
        await at.see("Laki sallii enää 24 kk")
        await at.press("backspace", "backspace")
        await at.write("12")
        await at.see("14.3.2028 eikä 14.3.2027, 366 pv")
        await at.press("enter", "enter")
        await at.write("Lukutaito.")
        await at.press("tab", "enter")
        await at.see("Asiakkaan kotoutumisaikaa päätettiin")
        await at.press("enter")
        await settled(at)
        await at.see("12 kk · vähäinen koulutus")
        await at.press("escape")
        await at.back()
        await at.see("┆")
        assert "Perustelut: Lukutaito." in at.text


async def test_a_removal_asks_why(database: OwnDatabase, client: UUID) -> None:
    async with period(database, client, (80, 40)) as at:
        door = Database(database.as_login("aino"))
        await open_client(door, client)
        wanted = {"from_on": _day(4, 1), "to_on": _day(4, 20), "reason": "illness", "note": None}
        await period_commands.add_interruption(door, client, wanted, operation_id=uuid4())
        await at.see("1.4.2026–20.4.2026 · 20 päivää")
        await go(at, "interruption:")
        await at.press("delete")
        await at.see("Miksi tämä poistetaan?")
        await at.write("kirjattu kahdesti")
        await at.press("enter")
        await settled(at)
        await at.until(lambda: "sairaus" not in at.text)
        [event] = await timeline.page(door, client, ("plan",))
        assert event.withdrawal_reason == "kirjattu kahdesti"
        await door.close()


async def test_a_colleagues_change_of_the_same_field_is_shown_beside_mine(
    database: OwnDatabase, client: UUID
) -> None:
    async with period(database, client, (80, 40)) as at:
        await go(at, "fact:representative_contact" if "Edustaja" in at.text else "fact:learned_on")
        await at.press("enter")
        await at.see("Tallenna")
        await at.write("2.11.2026")
        with psycopg.connect(database.as_login("aino"), autocommit=True) as other:
            other.execute(
                "update app.client_status set learned_on = '2026-10-05' where client_id = %s", [client]
            )
        await at.press(*["enter"] * 6)
        await at.see("sinun: 2.11.2026")
        await at.see("5.10.2026")
        await at.press("enter")
        await settled(at)
        await at.see("2.11.2026")


async def test_the_authority_changes_to_come_with_a_checklist(database: OwnDatabase, client: UUID) -> None:
    async with period(database, client, (100, 60)) as at:
        await go(at, "authority:")
        await at.press("enter")
        await at.see("Vastuuviranomaisen vaihto")
        await at.press("enter")
        await at.press(*["backspace"] * 12)
        await at.write("+30")
        await at.press("enter")
        await at.write("työtön")
        await at.press("enter")
        await settled(at)
        await at.see("30 pv päästä")
        await at.see("siirtolista 0/9")
        await go(at, "item:")
        await at.press("d")
        await at.see("siirtolista 1/9")
        await at.press("u")
        await at.see("siirtolista 0/9")
        await at.see("kunta")


async def test_nothing_on_the_list_says_trafficking(database: OwnDatabase, client: UUID) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute("update app.client_status set trafficking_victim = true, unaccompanied = true")
    async with period(database, client, (100, 80)) as at:
        await at.see("20 § 4 mom. poikkeus")
        assert "hmiskau" not in at.text
        await go(at, "fact:trafficking")
        await at.press("enter")
        await at.see("Ihmiskaupan uhri")


async def test_the_lead_works_with_it_after_a_reason(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client, "helmi", (80, 24)) as at:
        await at.see("Kerro, miksi avaat asiakkaan")
        await at.write("valvonta")
        await at.press("enter")
        await at.back()
        await at.until(lambda: at.screen.query_one(EventList).settled)
        await at.press("y")
        await at.until(lambda: isinstance(at.app.screen, ClientPeriodScreen))
        await at.settle()
        await go(at, "add:document")
        await at.press("enter")
        await at.see("Laji")
        await at.write("passi")
        await at.press("enter")
        await at.write("+20")
        await at.press("enter", "enter")
        await settled(at)
        await go(at, "document:")
        await at.see("20 pv jäljellä")


async def test_a_client_given_to_somebody_else_goes_out_of_sight(database: OwnDatabase, client: UUID) -> None:
    async with period(database, client) as at:
        await at.until(lambda: at.app.link.state == "live")
        with psycopg.connect(database.as_login("helmi"), autocommit=True) as lead:
            lead.execute("select api.assign(%s, 'bilal', 'tasaus', %s)", [client, uuid4()])
        await at.see("! Ei löytynyt, tai sinulla ei ole oikeutta nähdä sitä.")
        assert "14.3.2027" not in at.text


@pytest.mark.parametrize(("size", "language"), [((80, 24), "sv"), ((80, 24), "fi"), ((120, 40), "en")])
async def test_every_row_and_form_is_whole_in_every_size_and_language(
    database: OwnDatabase, size: tuple[int, int], language: str
) -> None:
    i18n.install(language)
    make_team(database)
    client = make_client(
        database, "aino", LONG, LONG, phase="plan", detail={"first_plan_drawn_on": "2025-03-14"}
    )
    async with period(database, client, size) as at:
        listed = at.app.screen.query_one(EventList)
        seen = ""
        for _page in range((listed.total or 0) // 6 + 2):
            assert all(len(line) <= size[0] for line in at.lines)
            seen += at.text
            await at.press("pagedown")
        for row in screen_of(at)._source.rows:
            assert row.left.strip() in seen, row.left
            assert len(row.left) <= period_rows.LEFT
        for key in ("interruption", "extension", "study", "document", "change"):
            await go(at, f"add:{key}")
            await at.press("enter")
            await at.until(lambda: not isinstance(at.app.screen, ClientPeriodScreen))
            answers = at.app.screen.query_one("#accept").region
            assert answers.bottom <= size[1] - 1, at.text
            if isinstance(at.app.screen, WhatIfForm):
                assert at.app.screen.query_one(".what-if").region.bottom < answers.y + 1
            await at.press("escape")
            await settled(at)


def _day(month: int, day: int) -> date:
    return date(2026, month, day)
