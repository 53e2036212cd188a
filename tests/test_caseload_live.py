"""Whose changes make a caseload read again, and whose do not."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui.database import Database
from kotoutus_tui.live import Change
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.caseload import CaseloadScreen
from screens.desk import Desk
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_client, make_team, open_client


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Change, bool]]:
    """Every change a caseload has heard of, and whether it made the caseload read again."""
    made: list[tuple[Change, bool]] = []
    original = CaseloadScreen.concerns

    def concerns(screen: CaseloadScreen, change: Change) -> bool:
        made.append((change, original(screen, change)))
        return made[-1][1]

    monkeypatch.setattr(CaseloadScreen, "concerns", concerns)
    return made


@asynccontextmanager
async def _caseload(database: OwnDatabase, state: Path, login: str) -> AsyncGenerator[View]:
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
    app = KotoutusApp(Desk(Database(settings.database), settings))
    async with opened(app) as view:
        await view.until(lambda: app.link.state == "live")
        yield view
    await app.desk.db.close()


def _add_task(database: OwnDatabase, login: str, client: UUID) -> None:
    open_client(database, login, client)
    with psycopg.connect(database.as_login(login), autocommit=True) as connection:
        connection.execute(
            "insert into app.task (id, client_id, title, due_on)"
            " values (uuidv7(), %s, 'Soita', '2026-12-01')",
            [client],
        )


def _give(database: OwnDatabase, client: UUID, login: str) -> None:
    with psycopg.connect(database.as_login("helmi"), autocommit=True) as connection:
        connection.execute("select api.assign(%s, %s, 'Työ tasataan', uuidv7())", [client, login])


async def test_a_colleagues_work_makes_no_other_caseload_read_again(
    database: OwnDatabase, tmp_path: Path, heard: list[tuple[Change, bool]]
) -> None:
    make_team(database)
    mine, theirs = (make_client(database, login, login.title(), "Kim") for login in ("aino", "bilal"))
    async with _caseload(database, tmp_path, "aino") as view:
        _add_task(database, "aino", mine)
        await view.see("1.12.")
        await view.settle()
        heard.clear()
        _add_task(database, "bilal", theirs)
        await view.until(lambda: Change("task", theirs) in [change for change, _read in heard])
        assert not [change for change, read in heard if read]
        with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
            connection.execute("update app.task set due_on = '2026-12-03' where client_id = %s", [mine])
        await view.see("3.12.")


async def test_a_client_given_by_the_lead_appears_and_one_taken_goes(
    database: OwnDatabase, tmp_path: Path
) -> None:
    make_team(database)
    mine, theirs = (make_client(database, login, login.title(), "Kim") for login in ("aino", "bilal"))
    async with _caseload(database, tmp_path, "aino") as view:
        _add_task(database, "aino", mine)
        await view.see("1.12.")
        await view.settle()
        _give(database, theirs, "aino")
        await view.see("Bilal Kim")
        assert view.find(PagedTable).total == 2
        _add_task(database, "aino", theirs)
        await view.until(lambda: view.text.count("1.12.") == 2)
        _give(database, theirs, "bilal")
        await view.until(lambda: "Bilal Kim" not in view.text)
