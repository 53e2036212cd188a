"""The client's timeline on a screen, on the real database and with a second person at work."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from textual.widgets import Input

from kotoutus_tui.casework import timeline_commands
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from screens.widgets.message_line import MessageLine
from tests.client_desk import events_of, seat
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(
        database,
        "aino",
        "Ivanova",
        "Oksana",
        phase="plan",
        service_language="ru",
        interpreter_needed=True,
        detail={"first_plan_drawn_on": "2026-01-15"},
    )


async def test_a_note_is_written_with_a_dot_and_seen(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await at.see("Ivanova Oksana")
        await at.see("Aino Aaltonen")
        await at.begin_note()
        await at.press(*"Soitti q", "enter", ".", "enter")
        await at.see("Soitti q")
        await at.until(lambda: not at.writing.display)
    (event,) = await events_of(database, client)
    assert (event.kind, event.body) == ("note", "Soitti q")


async def test_a_draft_is_kept_and_offered_again(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await at.see("Ivanova")
        await at.begin_note()
        await at.press(*"Kesken")
        folder: Path = at.app.desk.settings.state_dir / "drafts"
        await at.until(lambda: folder.is_dir() and any("Kesken" in f.read_text() for f in folder.iterdir()))
    async with seat(database, client) as at:
        await at.until(lambda: at.writing.display)
        assert at.box.text == "Kesken"
        await at.press("escape")
        await at.until(lambda: not at.writing.display)
        assert at.app.screen is at.screen
        await at.press("escape")
        await at.until(lambda: at.app.screen is not at.screen)
    assert await events_of(database, client) == []


async def test_what_another_session_writes_comes_by_itself(database: OwnDatabase, client: UUID) -> None:
    other = Database(database.as_login("aino"))
    async with seat(database, client) as at:
        await at.until(lambda: at.app.link.state == "live" and "Ivanova" in at.text)
        await open_client(other, client)
        await timeline_commands.write_note(other, client, "Toisesta istunnosta [b]", operation_id=uuid4())
        await at.see("Toisesta istunnosta [b]")
    await other.close()


async def test_a_task_is_added_and_undone(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await at.see("Ivanova")
        await at.press("t")
        await at.until(lambda: bool(at.app.screen.query(Input)))
        await at.press(*"Varaa tulkki", "enter", "enter")
        await at.back()
        await at.see("Varaa tulkki")
        await at.press("u")
        await at.until(lambda: "Varaa tulkki" not in at.text)


async def test_an_entry_is_corrected_with_a_reason(database: OwnDatabase, client: UUID) -> None:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    await timeline_commands.write_note(door, client, "Muutti Kuopio", operation_id=uuid4())
    await door.close()
    async with seat(database, client) as at:
        await at.see("Muutti Kuopio")
        await at.press("x")
        await at.until(lambda: at.box.has_focus)
        await at.press("o", "o", "n", "ctrl+enter")
        await at.until(lambda: bool(at.app.screen.query(Input)))
        await at.press(*"pääte", "enter")
        await at.see("Muutti Kuopiooon")
        await at.see("pääte")


async def test_the_lead_is_asked_why_and_a_stranger_is_refused(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client, "helmi") as at:
        await at.until(lambda: bool(at.app.screen.query(Input)))
        assert "Ivanova" not in at.text
        await at.press(*"Sijaistan", "enter")
        await at.see("Ivanova")
    async with seat(database, client, "bilal") as at:
        await at.until(lambda: "asiakasta" in str(at.screen.query_one(MessageLine).render()))
        assert "Ivanova" not in at.text
