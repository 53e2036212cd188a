"""The caseload with many clients and with none, in three languages and sizes; what it asks the database."""

import dataclasses
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui import clock, i18n
from kotoutus_tui.casework import caseload, caseload_memory
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.database import Database
from kotoutus_tui.demo.load import fill
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.client_timeline import ClientTimelineScreen
from screens.desk import Desk
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_team, open_client

MANY = 900  # of which one counsellor has about a sixth


@pytest.fixture
def many(database: OwnDatabase) -> OwnDatabase:
    """The demo's team with more clients than one read brings."""
    fill(database.as_superuser, MANY)
    return database


@asynccontextmanager
async def _desk(
    database: OwnDatabase, state: Path, login: str = "aino", size: tuple[int, int] = (100, 30)
) -> AsyncGenerator[View]:
    db = Database(database.as_login(login))
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
    try:
        async with opened(KotoutusApp(Desk(db, settings)), size) as view:
            await view.until(lambda: bool(view.app.screen.query(PagedTable)))
            await view.settle()
            await view.until(lambda: view.app.link.state == "live")
            yield view
    finally:
        await db.close()


async def _listed(
    database: OwnDatabase, query: CaseloadQuery | None = None, login: str = "aino"
) -> list[UUID]:
    db = Database(database.as_login(login))
    try:
        rows = await caseload.page(db, query or CaseloadQuery(), 0, MANY, own=login != "helmi")
        return [row.id for row in rows]
    finally:
        await db.close()


def _logged(database: OwnDatabase) -> list[tuple[str, int]]:
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(
            "select subject, count from audit.log_entry where action = 'list' order by at"
        ).fetchall()


async def test_the_cursor_stays_on_its_client_far_down_and_so_does_the_scroll(
    many: OwnDatabase, tmp_path: Path
) -> None:
    ids = await _listed(many)
    assert len(ids) > 120
    async with _desk(many, tmp_path) as view:
        table = view.find(PagedTable)
        assert table.total == len(ids)
        await view.press("end", "pageup", "pageup", "up", "up", "up")
        await view.settle()
        number, its = table.cursor, table.cursor_key
        assert number > 50
        on_screen = table.cursor - table.top
        assert table.top > 0
        # A task due today puts the last client among the first.
        open_client(many, "aino", ids[-1])
        with psycopg.connect(many.as_login("aino"), autocommit=True) as connection:
            connection.execute(
                "insert into app.task (id, client_id, title, due_on) values (uuidv7(), %s, 'Soita', %s - 40)",
                [ids[-1], clock.today()],
            )
        await view.until(lambda: table.cursor == number + 1)
        await view.settle()
        assert table.cursor_key == its == str(ids[number])
        assert table.cursor - table.top == on_screen


async def test_the_next_session_begins_far_down(many: OwnDatabase, tmp_path: Path) -> None:
    ids = await _listed(many)
    caseload_memory.remember(tmp_path, caseload_memory.Place("", ids[115]))
    async with _desk(many, tmp_path) as view:
        assert view.find(PagedTable).cursor_key == str(ids[115])


@pytest.mark.parametrize("login", ["aino", "helmi"])
async def test_opening_asks_for_counts_rows_and_the_log_alone(
    many: OwnDatabase, tmp_path: Path, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await _listed(many, login=login)
    caseload_memory.remember(tmp_path, caseload_memory.Place("", ids[10]))
    asked: list[str] = []
    execute = psycopg.AsyncCursor.execute

    async def counting(self: Any, query: Any, *values: Any, **options: Any) -> Any:
        asked.append(str(query))
        return await execute(self, query, *values, **options)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", counting)
    async with _desk(many, tmp_path, login) as view:
        await view.until(lambda: _logged(many))
        await view.settle()
        own = [each for each in asked if "app.client c" in each or "log_use" in each]
        assert len(own) <= 3, own
        del asked[:]
        view.app.screen.go_stale()  # type: ignore[attr-defined]
        await view.until(lambda: len(asked) >= 2)
        await view.settle()
        assert len(asked) <= 3, asked


async def test_the_list_leaves_an_entry_for_each_filter(many: OwnDatabase, tmp_path: Path) -> None:
    ids = await _listed(many)
    waiting = len(await _listed(many, CaseloadQuery(statuses=frozenset({"no_contact"}))))
    async with _desk(many, tmp_path) as view:
        await view.until(lambda: _logged(many) == [("caseload", len(ids))])
        view.app.screen.go_stale()  # type: ignore[attr-defined]
        await view.press("f", *"ei", "minus", *"yhteytt", "ä", "enter")
        await view.until(lambda: _logged(many) == [("caseload", len(ids)), ("caseload", waiting)])


async def test_the_filter_line_takes_no_room_from_the_columns(many: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(many, tmp_path, size=(80, 24)) as view:
        before = [(each.column.id, each.width) for each in view.find(PagedTable)._placed]
        await view.press("f")
        await view.until(lambda: view.app.screen.query_one("#query").display)
        await view.settle()
        assert view.find(PagedTable).size.width == 80
        assert [(each.column.id, each.width) for each in view.find(PagedTable)._placed] == before


async def test_enter_opens_the_timeline_and_escape_comes_back_to_the_row(
    many: OwnDatabase, tmp_path: Path
) -> None:
    ids = await _listed(many)
    async with _desk(many, tmp_path) as view:
        await view.press("down", "down", "enter")
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
        timeline = view.app.screen
        assert isinstance(timeline, ClientTimelineScreen)
        assert timeline.client_id == ids[2]
        await view.press("escape")
        await view.until(lambda: bool(view.app.screen.query("#clients")))
        await view.settle()
        assert view.find(PagedTable).cursor_key == str(ids[2])
    assert json.loads((tmp_path / "caseload.json").read_text())["client_id"] == str(ids[2])


@pytest.mark.parametrize(
    ("key", "words"),
    [("c", "Miten"), ("t", "Mitä"), ("r", "kenelle")],
)
async def test_a_key_opens_the_client_and_begins_to_write(
    many: OwnDatabase, tmp_path: Path, key: str, words: str
) -> None:
    ids = await _listed(many)
    async with _desk(many, tmp_path) as view:
        await view.press("down", key)
        await view.until(lambda: len(view.app.screen_stack) == 3)
        await view.see(words)
        timeline = view.app.screen_stack[1]
        assert isinstance(timeline, ClientTimelineScreen)
        assert timeline.client_id == ids[1]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=str)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("Asiakkaat", "Nimi", "Vaihe", "Seuraava askel", "näkyvissä", "Uusi asiakas")),
        ("sv", ("Kunder", "Namn", "Fas", "Nästa steg", "visas", "Ny kund")),
        ("en", ("Caseload", "Name", "Phase", "Next step", "shown", "New client")),
    ],
)
async def test_sizes_and_languages(
    many: OwnDatabase, tmp_path: Path, size: tuple[int, int], language: str, words: tuple[str, ...]
) -> None:
    i18n.install(language)
    async with _desk(many, tmp_path, size=size) as view:
        for word in words:
            assert word in view.text, word
        table = view.find(PagedTable)
        assert table.size.height >= size[1] - 9
        # The name, the next step with its distance and the language are whole at every size.
        shown = {placed.column.id: placed.width for placed in table._placed}
        assert {"name", "phase", "when", "language"} <= shown.keys()
        assert "(14 " in view.text
        assert not [line for line in view.lines if "pv y…" in line or "d ove…" in line]
        if size[0] >= 150:
            assert {"period", "contact", "title"} <= shown.keys()
        if size[0] >= 120:
            await view.until(lambda: "▓" in view.text)
            assert view.app.screen.query_one("#preview").display


async def test_the_period_stays_longer_than_the_title_of_the_next_step(
    many: OwnDatabase, tmp_path: Path
) -> None:
    async with _desk(many, tmp_path, size=(130, 30)) as view:
        assert {"when", "period"} <= {each.id for each in view.find(PagedTable).shown_columns}
        await view.resize(100, 30)
        await view.until(lambda: "period" in {each.id for each in view.find(PagedTable).shown_columns})
        assert "title" not in {each.id for each in view.find(PagedTable).shown_columns}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("login", ["aino", "helmi"])
async def test_nobody_yet(database: OwnDatabase, tmp_path: Path, login: str, language: str) -> None:
    make_team(database)
    i18n.install(language)
    empty = {"fi": "Ei asiakkaita.", "sv": "Inga kunder.", "en": "No clients."}[language]
    async with _desk(database, tmp_path, login, (120, 40)) as view:
        await view.see(empty)
        for key in ("enter", "space", "down", "end", "right", "o", "x", "m"):
            await view.press(key)
        await view.settle()
        assert empty in view.text
        filtered = {"fi": "Ei asiakkaita tällä", "sv": "Inga kunder med", "en": "No clients with"}[language]
        await view.press("P")
        await view.see(filtered)


async def test_the_lead_sees_whose_each_client_is(many: OwnDatabase, tmp_path: Path) -> None:
    with psycopg.connect(many.as_superuser) as connection:
        row = connection.execute("select count(*)::int from app.client where phase <> 'closed'").fetchone()
    assert row is not None
    async with _desk(many, tmp_path, "helmi", (120, 40)) as view:
        assert view.find(PagedTable).total == row[0]
        assert "tiimi" in view.line(0)
        assert "Oma ohjaaja" in view.text
        assert view.text.count("Aino Aaltonen") + view.text.count("Bilal Berg") > 0
