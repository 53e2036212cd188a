"""The caseload screen: what stands on it, its filters, live changes, and where it left off."""

import asyncio
import dataclasses
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from kotoutus_tui import clock
from kotoutus_tui.casework import caseload_memory
from kotoutus_tui.database import Database
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.widgets.message_line import MessageLine
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client

LANGUAGES = ("ar", "so", "uk")


@pytest.fixture
def clients(database: OwnDatabase) -> list[UUID]:
    """Six invented clients of Aino's, in the order of their names."""
    make_team(database)
    return [
        make_client(database, "aino", f"{letter}lander", "Kim", service_language=LANGUAGES[number % 3])
        for number, letter in enumerate("ABCDEF")
    ]


@asynccontextmanager
async def _session(
    database: OwnDatabase, state: Path, size: tuple[int, int] = (80, 24)
) -> AsyncGenerator[tuple[KotoutusApp, Pilot[None]]]:
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login("aino"))
    app = KotoutusApp(Desk(Database(settings.database), settings))
    async with app.run_test(size=size) as pilot:
        await _until(lambda: bool(app.screen.query(PagedTable)) and app.screen.query_one(PagedTable).settled)
        yield app, pilot
    await app.desk.db.close()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 (a screen has no event to wait for)
            await asyncio.sleep(0.02)


def _text(app: KotoutusApp) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def test_rows_counts_and_filters(database: OwnDatabase, clients: list[UUID], tmp_path: Path) -> None:
    async with _session(database, tmp_path) as (app, pilot):
        table = app.screen.query_one(PagedTable)
        assert table.total == len(clients)
        await _until(lambda: "[näkyvissä 6]" in _text(app) and "Alander Kim" in _text(app))
        await pilot.press("right")
        await _until(lambda: "[uudet 6]" in _text(app) and "Suodatin: uusi" in _text(app))
        await pilot.press("x", "f")
        await _until(lambda: app.screen.query_one("#query", Input).has_focus)
        app.screen.query_one("#query", Input).value = "kieli:ar"
        await pilot.press("enter")
        await _until(lambda: table.total == 2 and "Dlander Kim" in _text(app))


async def test_a_line_not_understood_stays_to_be_corrected(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    async with _session(database, tmp_path) as (app, pilot):
        await pilot.press("f")
        field = app.screen.query_one("#query", Input)
        await _until(lambda: field.has_focus)
        field.value = "öljy"
        await pilot.press("enter")
        await _until(lambda: app.screen.query_one(MessageLine).has_class("-alert"))
        assert field.has_focus
        await pilot.press("escape")
        await _until(lambda: app.screen.query_one(PagedTable).has_focus)
        assert app.screen.query_one(PagedTable).total == len(clients)


async def test_a_change_elsewhere_keeps_the_cursor_on_its_client(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    async with _session(database, tmp_path) as (app, pilot):
        table = app.screen.query_one(PagedTable)
        await pilot.press("down", "down")
        await _until(lambda: table.cursor_key == str(clients[2]))
        await _until(lambda: app.link.state == "live")
        open_client(database, "aino", clients[5])
        with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
            connection.execute(
                "insert into app.task (id, client_id, title, due_on) values (uuidv7(), %s, 'Soita', %s)",
                [clients[5], clock.today()],
            )
        await _until(lambda: "tänään" in _text(app))
        await _until(lambda: table.cursor_key == str(clients[2]) and table.cursor == 3)


async def test_the_next_session_begins_where_this_one_ended(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    async with _session(database, tmp_path) as (app, pilot):
        await pilot.press("right", "down", "down", "down")
        table = app.screen.query_one(PagedTable)
        await _until(lambda: table.settled and "Suodatin: uusi" in _text(app))
        await pilot.press("home", "down")
        await _until(lambda: table.cursor_key == str(clients[1]))
        app.leave()
        await _until(lambda: caseload_memory.recall(tmp_path).client_id is not None)
    assert caseload_memory.recall(tmp_path) == caseload_memory.Place("uusi", clients[1])
    async with _session(database, tmp_path) as (app, _pilot):
        await _until(lambda: app.screen.query_one(PagedTable).cursor_key == str(clients[1]))
        assert "Suodatin: uusi" in _text(app)


async def test_the_preview_shows_kinds_and_never_content(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    open_client(database, "aino", clients[0])
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(
            "insert into app.event (id, client_id, kind, occurred_at, body)"
            " values (uuidv7(), %s, 'interview', now(), 'salainen')",
            [clients[0]],
        )
    async with _session(database, tmp_path, (140, 30)) as (app, _pilot):
        await _until(lambda: "haastattelu" in _text(app).replace("haastattelematta", ""))
        assert "salainen" not in _text(app)
