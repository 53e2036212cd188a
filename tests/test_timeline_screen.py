"""The client's timeline on a screen, on the real database and with a second person at work."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kotoutus_tui import settings
from kotoutus_tui.casework import timeline, timeline_commands
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from screens.app import KotoutusApp
from screens.base import BaseScreen
from screens.client_timeline import ClientTimelineScreen
from screens.desk import Desk
from screens.event_stream import EventStream
from screens.note_box import NoteBox
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

SIZE = (120, 40)


class _App(KotoutusApp):
    MODES: ClassVar[dict[str, Any]] = {"caseload": BaseScreen}


@dataclass
class Seat:
    """A person at the screen with a client open."""

    app: KotoutusApp
    pilot: Pilot[None]
    screen: ClientTimelineScreen
    client: UUID

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to be true; fails after half a minute, which a busy machine may need."""
        async with asyncio.timeout(30):
            while not condition():
                await self.pilot.pause(0.01)

    def seen(self) -> str:
        """All of the stream and the top as text."""
        stream = self.screen.query_one(EventStream)
        prompts = [str(option.prompt) for option in stream.options]
        others = [str(self.screen.query_one(name, Static).content) for name in ("#client-who", "#side")]
        return "\n".join([*prompts, *others])


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


@asynccontextmanager
async def seat(database: OwnDatabase, client: UUID, login: str = "aino") -> AsyncIterator[Seat]:
    door = Database(database.as_login(login))
    app = _App(Desk(door, settings.load()))
    try:
        async with app.run_test(size=SIZE) as pilot:
            screen = ClientTimelineScreen(client)
            await app.push_screen(screen)
            yield Seat(app, pilot, screen, client)
    finally:
        await door.close()


async def test_a_note_is_written_with_a_dot_and_seen(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await at.until(lambda: "Ivanova Oksana" in at.seen())
        assert "Aino Aaltonen" in at.seen()
        await at.pilot.press("e")
        await at.until(lambda: at.app.screen is not at.screen)
        await at.pilot.press("enter")
        await at.until(lambda: at.screen.query_one(NoteBox).has_focus)
        await at.pilot.press(*"Soitti q", "enter", ".", "enter")
        await at.until(lambda: "Soitti q" in at.seen())
        assert not at.screen.query_one(NoteBox).display
        assert not at.screen.editing
    (event,) = await _events(database, client)
    assert (event.kind, event.body) == ("note", "Soitti q")


async def test_a_draft_is_kept_and_offered_again(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await at.until(lambda: "Ivanova" in at.seen())
        await at.pilot.press("e")
        await at.until(lambda: at.app.screen is not at.screen)
        await at.pilot.press("enter")
        await at.until(lambda: at.screen.query_one(NoteBox).has_focus)
        await at.pilot.press(*"Kesken")
        folder: Path = at.app.desk.settings.state_dir / "drafts"
        await at.until(lambda: folder.is_dir() and any(folder.iterdir()))
    async with seat(database, client) as at:
        await at.until(lambda: at.screen.query_one(NoteBox).display)
        assert at.screen.query_one(NoteBox).text == "Kesken"
        await at.pilot.press("escape")
        await at.until(lambda: not at.screen.query_one(NoteBox).display)
        assert at.app.screen is at.screen
        at.app.simulate_key("escape")
        await at.until(lambda: at.app.screen is not at.screen)
    assert await _events(database, client) == []


async def test_what_another_session_writes_comes_by_itself(database: OwnDatabase, client: UUID) -> None:
    other = Database(database.as_login("aino"))
    async with seat(database, client) as at:
        await at.until(lambda: at.app.link.state == "live" and "Ivanova" in at.seen())
        await open_client(other, client)
        await timeline_commands.write_note(other, client, "Toisesta istunnosta [b]", operation_id=uuid4())
        await at.until(lambda: "Toisesta istunnosta [b]" in at.seen())
    await other.close()


async def test_a_task_is_added_and_undone(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client) as at:
        await at.until(lambda: "Ivanova" in at.seen())
        await at.pilot.press("t")
        await at.until(lambda: bool(at.app.screen.query(Input)))
        await at.pilot.press(*"Varaa tulkki", "enter", "enter")
        await at.until(lambda: at.app.screen is at.screen)
        await at.until(lambda: "Varaa tulkki" in at.seen())
        await at.pilot.press("u")
        await at.until(lambda: "Varaa tulkki" not in at.seen())


async def test_an_entry_is_corrected_with_a_reason(database: OwnDatabase, client: UUID) -> None:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    await timeline_commands.write_note(door, client, "Muutti Kuopio", operation_id=uuid4())
    await door.close()
    async with seat(database, client) as at:
        await at.until(lambda: "Muutti Kuopio" in at.seen())
        await at.pilot.press("x")
        await at.until(lambda: at.screen.query_one(NoteBox).has_focus)
        await at.pilot.press("o", "o", "n", "ctrl+enter")
        await at.until(lambda: bool(at.app.screen.query(Input)))
        await at.pilot.press(*"pääte", "enter")
        await at.until(lambda: "Muutti Kuopiooon" in at.seen() and "pääte" in at.seen())


async def test_the_lead_is_asked_why_and_a_stranger_is_refused(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client, "helmi") as at:
        await at.until(lambda: bool(at.app.screen.query(Input)))
        assert "Ivanova" not in at.seen()
        await at.pilot.press(*"Sijaistan", "enter")
        await at.until(lambda: "Ivanova" in at.seen())
    async with seat(database, client, "bilal") as at:
        await at.until(at.app.ready.is_set)
        await at.until(lambda: at.screen.query_one("MessageLine").has_class("-alert") or _alert(at))
        assert "Ivanova" not in at.seen()


def _alert(at: Seat) -> bool:
    from screens.widgets.message_line import MessageLine

    return "asiakasta" in str(at.screen.query_one(MessageLine).render())


async def _events(database: OwnDatabase, client: UUID) -> list[timeline.TimelineEvent]:
    door = Database(database.as_login("aino"))
    await open_client(door, client)
    found = await timeline.page(door, client)
    await door.close()
    return found
