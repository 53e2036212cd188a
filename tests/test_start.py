"""The way to the first rows: what is loaded for it, what is read ahead, and what goes wrong on it."""

import dataclasses
import signal
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kotoutus_tui import head_start, live
from kotoutus_tui.casework import caseload, caseload_memory, first_page
from kotoutus_tui.casework.caseload_memory import Place
from kotoutus_tui.casework.first_page import FirstPage
from kotoutus_tui.database import Database
from kotoutus_tui.errors import SetupError
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.desk import opened
from tests.people import make_client, make_team, open_client
from tests.sources import ROOT
from tests.terminal import Terminal
from tests.test_architecture import HEAVY

NAMES = ("Abdi", "Berg", "Ceylan")


@pytest.fixture
def office(database: OwnDatabase) -> OwnDatabase:
    """A team, and three clients of Aino's."""
    make_team(database)
    for family in NAMES:
        make_client(database, "aino", family, "Kim")
    return database


def test_the_first_rows_wait_for_no_heavy_library(office: OwnDatabase, tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    program = (
        f"import atexit, sys; from pathlib import Path; from kotoutus_tui.cli import main\n"
        f"atexit.register(lambda: Path({str(loaded)!r}).write_text(' '.join(sys.modules)))\n"
        f"sys.exit(main([]))"
    )
    env = {"KOTOUTUS_DATABASE": office.as_login("aino"), "KOTOUTUS_LANGUAGE": "en", "HOME": str(tmp_path)}
    # The second start finds its settings checked, as every start but the first after a change does.
    for _start in range(2):
        with Terminal([sys.executable, "-c", program], (120, 40), env, cwd=ROOT) as terminal:
            terminal.wait_for("Ceylan Kim", limit=40)
            terminal.process.kill(signal.SIGHUP)
            assert terminal.wait_for_exit() == 0
    names = {name.partition(".")[0] for name in loaded.read_text().split()}
    assert {"textual", "psycopg", "screens"} <= names
    assert not names & (HEAVY | {"babel", "pydantic", "pydantic_settings"})


async def test_what_was_read_ahead_is_shown_without_being_asked_for_again(
    office: OwnDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counting(name: str) -> None:
        original = getattr(caseload, name)

        async def counted(*arguments: Any, **named: Any) -> Any:
            asked.append(name)
            return await original(*arguments, **named)

        monkeypatch.setattr(caseload, name, counted)

    for name in ("counts", "page"):
        counting(name)
    app = _app(office, tmp_path)
    async with opened(app) as view:
        assert view.find(PagedTable).total == len(NAMES)
        assert asked == ["counts", "page"]
        await view.until(lambda: app.link.state == "live")
        assert asked == ["counts", "page"]
        # Afterwards the database is asked again, so that nothing read ahead is shown twice.
        await view.press("ctrl+r")
        await view.settle()
        await view.until(lambda: asked == ["counts", "page"] * 2)
    await app.desk.db.close()


async def test_a_change_made_after_reading_ahead_is_heard_of(office: OwnDatabase, tmp_path: Path) -> None:
    db = Database(office.as_login("aino"))
    first = await first_page.read(db, tmp_path)
    open_client(office, "aino", first.rows[1].id)
    with psycopg.connect(office.as_login("aino"), autocommit=True) as connection:
        connection.execute(
            "insert into app.task (id, client_id, title, due_on)"
            " values (uuidv7(), %s, 'Soita', current_date)",
            [first.rows[1].id],
        )
    words = live.changes(db, first.listening)
    assert isinstance(await anext(words), live.Connected)
    while not (isinstance(word := await anext(words), live.Change) and word.table == "task"):
        pass
    assert word.id == first.rows[1].id
    await words.aclose()
    await db.close()


async def test_the_page_read_ahead_is_the_one_with_the_place_left_last_time(
    office: OwnDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caseload, "PAGE", 2)
    db = Database(office.as_login("aino"))
    everybody = await caseload.page(db, first_page.CaseloadQuery(), 0, 10)
    caseload_memory.remember(tmp_path, Place("", everybody[2].id))
    first = await first_page.read(db, tmp_path)
    assert (first.offset, [row.id for row in first.rows]) == (2, [everybody[2].id])
    await first.listening.close()
    await db.close()


async def test_a_login_that_is_nobody_ends_the_start_with_what_is_to_be_mended(
    office: OwnDatabase, tmp_path: Path
) -> None:
    app = _app(office, tmp_path, "postgres")
    async with app.run_test():
        pass
    assert isinstance(app.start_error, SetupError)
    await app.desk.db.close()


def _app(office: OwnDatabase, state: Path, login: str = "aino") -> KotoutusApp:
    settings = dataclasses.replace(load(), state_dir=state, database=office.as_login(login))
    db = Database(settings.database)
    start: head_start.HeadStart[FirstPage] = head_start.HeadStart(lambda: first_page.read(db, state))
    return KotoutusApp(Desk(db, settings, start))
