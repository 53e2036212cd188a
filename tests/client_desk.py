"""A person at the screen with a client open, on the real database, and ways to write behind their back."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import psycopg

from kotoutus_tui import settings
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.database import Database
from screens.app import KotoutusApp
from screens.base import BaseScreen
from screens.client_part import ClientPartScreen
from screens.client_timeline import ClientTimelineScreen
from screens.client_writing import WritingBox
from screens.desk import Desk
from screens.widgets.event_list import EventList
from screens.widgets.note_box import NoteBox
from tests.cluster import OwnDatabase
from tests.desk import View, opened

SIZE = (120, 40)


class _App(KotoutusApp):
    MODES: ClassVar[dict[str, Any]] = {"caseload": BaseScreen}


class Seat(View):
    """The running app with the client's timeline in front."""

    screen: ClientTimelineScreen

    @property
    def box(self) -> NoteBox:
        """The box to write in."""
        return self.screen.query_one(NoteBox)

    @property
    def writing(self) -> WritingBox:
        """The box with its title and draft."""
        return self.screen.query_one(WritingBox)

    async def begin_note(self) -> None:
        """Open an empty note."""
        await self.press("e")
        await self.until(lambda: self.app.screen is not self.screen)
        await self.press("enter")
        await self.until(lambda: self.box.has_focus)

    async def back(self) -> None:
        """Wait until the timeline is in front again."""
        await self.until(lambda: self.app.screen is self.screen)


@asynccontextmanager
async def seat(
    database: OwnDatabase, client: UUID, login: str = "aino", size: tuple[int, int] = SIZE
) -> AsyncIterator[Seat]:
    """Open the client's timeline as this person; it is not read yet when the block begins."""
    door = Database(database.as_login(login))
    app = _App(Desk(door, settings.load()))
    try:
        async with opened(app, size) as view:
            at = Seat(view.app, view.pilot)
            at.screen = ClientTimelineScreen(client)
            await app.push_screen(at.screen)
            yield at
    finally:
        await door.close()


@asynccontextmanager
async def part(
    database: OwnDatabase, client: UUID, key: str, kind: type[ClientPartScreen], size: tuple[int, int]
) -> AsyncIterator[Seat]:
    """Open the screen that `key` leads to from the client's timeline, as Aino."""
    async with seat(database, client, size=size) as at:
        await at.until(lambda: at.screen.query_one(EventList).settled)
        await at.press(key)
        await in_front(at, kind)
        yield at


async def in_front(at: Seat, kind: type[ClientPartScreen]) -> None:
    """Wait until such a screen is in front and read again."""
    await at.until(lambda: isinstance(at.app.screen, kind))
    await at.settle()


async def events_of(database: OwnDatabase, client: UUID) -> list[timeline.TimelineEvent]:
    """Return what stands on the timeline of aino's client."""
    door = Database(database.as_login("aino"))
    try:
        await open_client(door, client)
        return await timeline.page(door, client)
    finally:
        await door.close()


def add_events(database: OwnDatabase, client: UUID, count: int, kinds: Sequence[str] = ("note",)) -> None:
    """Add events by the hour back from 1 November 2026, at noon UTC, numbered from the newest."""
    start = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with psycopg.connect(database.as_superuser) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "insert into app.event (client_id, kind, occurred_at, entered_at, body, author)"
            " values (%s, %s, %s, %s, %s, 'aino')",
            [
                (client, kinds[n % len(kinds)], moment, moment, f"merkintä {n}")
                for n in range(count)
                if (moment := start - timedelta(hours=n))
            ],
        )
