"""The client's details on a screen: editing, conflicts, what is hidden, in every size and language."""

from contextlib import AbstractAsyncContextManager, suppress
from uuid import UUID, uuid4

import psycopg
import pytest
from textual.widgets import Input

from kotoutus_tui import i18n
from kotoutus_tui.casework import client_details, client_names
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.privacy import reveal
from screens import safe
from screens.blank import BlankScreen
from screens.client_details import ClientDetailsScreen
from screens.widgets.event_list import EventList
from tests.client_desk import Seat, in_front, part
from tests.cluster import OwnDatabase
from tests.hostile import ALL
from tests.people import make_client, make_team

CODE = "040590-935F"
STREET = "Kuvitteellinen katu 1"
LONG = "Wolfeschlegelsteinhausenbergerdorff-Rautavaaranmäki"


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(
        database, "aino", "Ivanova", "Oksana",
        phase="plan", personal_id=CODE, detail={"birth_date": "1990-05-04", "citizenship": "UA"},
        contact={"phone": "+358 50 000 0000", "address": STREET},
    )  # fmt: skip


def details(
    database: OwnDatabase, client: UUID, size: tuple[int, int] = (80, 50)
) -> AbstractAsyncContextManager[Seat]:
    return part(database, client, "i", ClientDetailsScreen, size)


async def go(at: Seat, key: str) -> None:
    """Put the cursor on a row."""
    screen = at.app.screen
    assert isinstance(screen, ClientDetailsScreen)
    place = await screen._source.find(key)
    assert place is not None, f"no row {key}:\n{at.text}"
    screen.query_one(EventList).move_to(place)
    await at.pilot.pause()


async def settled(at: Seat) -> None:
    """Wait until the details are in front and read again."""
    await in_front(at, ClientDetailsScreen)


async def test_a_fact_is_changed_and_undone(database: OwnDatabase, client: UUID) -> None:
    async with details(database, client) as at:
        await go(at, "field:citizenship")
        await at.press("enter")
        await at.see("Tallenna")
        await at.until(lambda: isinstance(at.app.focused, Input) and at.app.focused.value == "Ukraina")
        await at.write("viro")
        await at.press("enter", "enter")
        await settled(at)
        await at.until(lambda: "Viro" in at.text and "Ukraina" not in at.text)
        await at.press("u")
        await at.see("Ukraina")


async def test_a_wrong_value_stays_in_the_form_with_what_is_wrong(
    database: OwnDatabase, client: UUID
) -> None:
    async with details(database, client) as at:
        await go(at, "field:birth_date")
        await at.press("enter")
        await at.see("Tallenna")
        await at.press(*["backspace"] * 8)
        await at.write("30.2.1990")
        await at.press("enter", "enter", "enter")
        await at.see("! ")
        assert "30.2.1990" in at.text
        await at.press("escape")
        await settled(at)
        assert "4.5.1990" in at.text


@pytest.mark.parametrize(("choice", "stands"), [("yours", "Viro"), ("theirs", "Puola")])
async def test_two_people_change_one_field_and_the_person_chooses(
    database: OwnDatabase, client: UUID, choice: str, stands: str
) -> None:
    other = Database(database.as_login("aino"))
    async with details(database, client) as at:
        await go(at, "field:citizenship")
        await at.press("enter")
        await at.see("Tallenna")
        await at.write("viro")
        seen = (await client_details.details(other, client)).values
        wanted: dict[str, client_details.Value] = {"citizenship": "PL", "mother_tongue": "pl"}
        await client_details.change(other, client, seen, wanted, operation_id=uuid4())
        await at.press("enter", "enter")
        await at.see("sinun: Viro")
        await at.see("Aino Aaltonen: Puola")
        await at.press(*(["down"] if choice == "theirs" else []), "enter")
        await settled(at)
        await at.see(stands)
    values = (await client_details.details(other, client)).values
    assert (values["citizenship"], values["mother_tongue"]) == ("EE" if choice == "yours" else "PL", "pl")
    await other.close()


async def test_closing_the_choice_keeps_the_form_and_writes_nothing(
    database: OwnDatabase, client: UUID
) -> None:
    async with details(database, client) as at:
        await go(at, "field:citizenship")
        await at.press("enter")
        await at.see("Tallenna")
        await at.write("viro")
        with psycopg.connect(database.as_superuser, autocommit=True) as connection:
            connection.execute("update app.client_detail set citizenship = 'PL'")
        await at.press("enter", "enter")
        await at.see("sinun: Viro")
        await at.press("escape")
        await at.see("Mitään ei tallennettu vielä.")
        assert "Viro" in at.text
        await at.press("escape")
        await settled(at)
        await at.see("Puola")


async def test_an_identity_code_is_masked_shown_on_request_and_hidden_by_the_blank_screen(
    database: OwnDatabase, client: UUID
) -> None:
    async with details(database, client) as at:
        assert CODE not in at.text
        await go(at, "code:")
        assert "Näytä/piilota" in at.line(-1)
        await at.press("o")
        await at.see(CODE)
        assert _reveals(database) == 1
        await at.press("o")
        await at.until(lambda: CODE not in at.text)
        await at.press("o")
        await at.see(CODE)
        await at.press("ctrl+l")
        await at.until(lambda: isinstance(at.app.screen, BlankScreen))
        await at.press("enter")
        await settled(at)
        assert CODE not in at.text
        assert _reveals(database) == 2
        await go(at, "field:birth_date")
        assert "Näytä/piilota" not in at.line(-1)


async def test_contact_data_of_a_protected_person_are_blank_until_a_reason_is_given(
    database: OwnDatabase, client: UUID
) -> None:
    async with details(database, client) as at:
        await at.see(STREET)
        await go(at, "protection:")
        await at.press("enter")
        await at.see("Voimassa asti")
        await at.press("enter")
        await settled(at)
        await at.see("voimassa")
        assert STREET not in at.text
        await go(at, "protected:address")
        await at.press("o")
        await at.see("Perustelu")
        await at.write("soitan")
        await at.press("enter")
        await settled(at)
        await at.see(STREET)
        await at.press("o")
        await at.until(lambda: STREET not in at.text)
        # Changing asks for a reason too, and hides everything again.
        await at.press("enter")
        await at.see("Perustelu")
        await at.write("korjaan")
        await at.press("enter")
        await at.see("Yhteysosoite")
        await at.until(lambda: "Tallenna" in at.text)
        await at.press("end")
        await at.write("2")
        await at.press("enter", "enter", "enter")
        await settled(at)
        assert STREET not in at.text
    door = Database(database.as_login("aino"))
    contact = await reveal.protected_contact(door, client, "tarkistan tuloksen")
    assert contact is not None and contact.address == f"{STREET}2"
    await door.close()


async def test_names_languages_and_members_are_added_and_removed(database: OwnDatabase, client: UUID) -> None:
    async with details(database, client, (100, 60)) as at:
        await go(at, "add:name")
        await at.press("enter")
        await at.see("Laji")
        await at.press("enter")
        await at.write("koskinen")
        await at.press(*["enter"] * 5)
        await settled(at)
        await at.see("Entinen nimi")
        await at.see("koskinen")
        await go(at, "add:language")
        await at.press("enter")
        await at.see("Taso")
        await at.write("viro")
        await at.press("enter")
        await at.write("B1")
        await at.press("enter")
        await settled(at)
        await at.see("B1")
        await go(at, "add:member")
        await at.press("enter")
        await at.see("Suhde")
        await at.write("olena")
        await at.press("enter", "enter")
        await at.write("lapsi")
        await at.press("enter", "enter")
        await settled(at)
        await at.see("olena")
        screen = at.app.screen
        (member,) = [row.key for row in screen._source.rows if row.key.startswith("member:")]  # type: ignore[attr-defined]
        await go(at, member)
        await at.press("delete")
        await at.see("Poistetaanko?")
        await at.press("enter")
        await settled(at)
        await at.until(lambda: "olena" not in at.text)
        await at.press("u")
        await at.see("olena")


async def test_the_passport_name_is_kept_as_a_former_one_when_it_changed(
    database: OwnDatabase, client: UUID
) -> None:
    async with details(database, client) as at:
        assert "Poista" not in at.line(-1)
        await at.press("enter")
        await at.see("Sukunimi")
        await at.press("end", *["backspace"] * 7)
        await at.write("Virtanen")
        await at.press(*["enter"] * 5, "down", "enter")
        await settled(at)
        await at.see("Virtanen Oksana")
        await at.see("Entinen nimi")
        await at.see("Ivanova Oksana")


@pytest.mark.parametrize(("size", "language"), [((80, 24), "sv"), ((120, 40), "en"), ((200, 50), "fi")])
async def test_every_row_is_whole_in_every_size_and_language(
    database: OwnDatabase, size: tuple[int, int], language: str
) -> None:
    i18n.install(language)
    make_team(database)
    client = make_client(database, "aino", LONG, "Abdirahman Muhammad-Ibrahim Oluwaseun", phase="plan")
    async with details(database, client, size) as at:
        listed = at.app.screen.query_one(EventList)
        seen = ""
        for _page in range((listed.total or 0) // 8):
            assert all(len(line) <= size[0] for line in at.lines)
            seen += at.text
            await at.press("pagedown")
        assert i18n._("Date of birth") in seen and i18n._("Add somebody") in seen
        assert LONG[:20] in seen


def _reveals(database: OwnDatabase) -> int:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select count(*) from audit.log_entry where action = 'reveal' and subject = 'reveal_personal_id'"
        ).fetchone()
    assert row is not None
    return row[0]


async def test_somebody_added_to_the_household_stands_beside_the_timeline(
    database: OwnDatabase, client: UUID
) -> None:
    async with details(database, client, (120, 40)) as at:
        await go(at, "add:member")
        await at.press("enter")
        await at.see("Suhde")
        await at.write("olena")
        await at.press("enter", "enter")
        await at.write("lapsi")
        await at.press("enter", "enter")
        await settled(at)
        await at.press("escape")
        await at.back()
        await at.see("lapsi  olena")


async def test_a_client_given_to_somebody_else_goes_out_of_sight(database: OwnDatabase, client: UUID) -> None:
    async with details(database, client) as at:
        await at.until(lambda: at.app.link.state == "live")
        with psycopg.connect(database.as_login("helmi"), autocommit=True) as lead:
            lead.execute("select api.assign(%s, 'bilal', 'tasaus', %s)", [client, uuid4()])
        await at.see("! Ei löytynyt, tai sinulla ei ole oikeutta nähdä sitä.")
        for text in ("Ivanova", STREET, "4.5.1990"):
            assert text not in at.text


async def test_texts_that_look_like_commands_are_drawn_as_they_are(
    database: OwnDatabase, client: UUID
) -> None:
    texts = [text for text in ALL if text.strip() and text.isprintable() and len(text) < 60]
    assert len(texts) > 20
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    for text in texts:
        with suppress(InvalidInput):
            parts = client_names.NameParts(text)
            await client_names.add_name(door, client, "alias", parts, operation_id=uuid4())
    stored = [each.whole for each in await client_names.names(door, client)]
    await door.close()
    assert len(stored) > 20
    async with details(database, client, (150, 80)) as at:
        seen = at.text
        for _page in range(3):
            await at.press("pagedown")
            seen += at.text
        missing = [text for text in stored if safe.plain(text).strip() not in seen]
        assert not missing
