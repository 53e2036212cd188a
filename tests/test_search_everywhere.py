"""The search of `/`: from every screen, own clients opened, of others only whose they are."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from textual.widgets import Input, OptionList

from kotoutus_tui.database import Database
from kotoutus_tui.privacy.access import Me, Role
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.base import BaseScreen
from screens.client_search import FindClient
from screens.client_timeline import ClientTimelineScreen
from screens.desk import Desk
from tests.cluster import OwnDatabase
from tests.desk import FrameApp, View, opened
from tests.people import make_client, make_team


@pytest.fixture
def clients(database: OwnDatabase) -> dict[str, UUID]:
    """Two clients of Aino's, one of Bilal's."""
    make_team(database)
    return {
        "own": make_client(database, "aino", "Omanen", "Kim", detail={"birth_date": "1990-02-01"}),
        "second": make_client(database, "aino", "Virtanen", "Noor"),
        "other": make_client(database, "bilal", "Toinen", "Kim", detail={"birth_date": "1991-03-02"}),
    }


@asynccontextmanager
async def _desk(database: OwnDatabase, state: Path, login: str, width: int = 120) -> AsyncGenerator[View]:
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
    app = KotoutusApp(Desk(Database(settings.database), settings))
    try:
        async with opened(app, (width, 40)) as view:
            await view.until(app.ready.is_set)
            await view.settle()
            yield view
    finally:
        await app.desk.db.close()


async def _search(view: View, text: str) -> OptionList:
    await view.press("slash")
    await view.until(lambda: isinstance(view.app.screen, FindClient))
    view.find(Input).value = text
    await view.until(lambda: view.find(OptionList).option_count)
    return view.find(OptionList)


def _client(view: View) -> UUID | None:
    screen = view.app.screen
    return screen.client_id if isinstance(screen, ClientTimelineScreen) else None


async def test_it_opens_an_own_client_from_the_caseload_and_from_a_timeline(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path
) -> None:
    async with _desk(database, tmp_path, "aino") as view:
        await _search(view, "Omanen")
        hit = next(line for line in view.lines if "1.2.1990" in line)
        assert "Omanen Kim" in hit
        assert "oma: uusi" in hit
        assert "alkaa näin" in hit or "sama nimi" in hit
        await view.press("enter", "enter")
        await view.until(lambda: _client(view) == clients["own"])
        await _search(view, "Virtanen")
        await view.press("enter", "enter")
        await view.until(lambda: _client(view) == clients["second"])
        depth = len(view.app.screen_stack)
        await _search(view, "Virtanen")
        await view.press("enter", "enter")
        await view.until(lambda: _client(view) == clients["second"])
        assert len(view.app.screen_stack) == depth, "the client in front is not opened over itself"


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize("width", [80, 200])
async def test_of_anothers_client_it_tells_the_counsellor_and_no_more(
    database: OwnDatabase, tmp_path: Path, width: int
) -> None:
    async with _desk(database, tmp_path, "aino", width) as view:
        await _search(view, "Toinen Kim")
        hit = next(line for line in view.lines if "Toinen Kim" in line and "Bilal" in line)
        assert "1991" not in hit
        assert "uusi" not in hit
        await view.press("enter", "enter")
        await view.see("Oma ohjaaja: Bilal Berg.")
        assert isinstance(view.app.screen, FindClient)
        await view.press("escape")
        await view.until(lambda: not isinstance(view.app.screen, FindClient))


async def test_of_nobodys_client_it_tells_that_there_is_no_counsellor(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path
) -> None:
    with psycopg.connect(database.as_superuser) as connection:
        for statement in (
            "update app.assignment set during = tstzrange(lower(during), now()) where client_id = %s",
            "update app.client set own_counsellor = null, phase = 'arriving' where id = %s",
        ):
            connection.execute(statement, [clients["other"]])
    async with _desk(database, tmp_path, "aino") as view:
        await _search(view, "Toinen Kim")
        await view.press("enter", "enter")
        await view.see("Asiakkaalla ei ole omaa ohjaajaa.")


async def test_the_lead_is_asked_for_a_reason(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path
) -> None:
    async with _desk(database, tmp_path, "helmi") as view:
        await _search(view, "Toinen Kim")
        await view.press("enter", "enter")
        await view.see("Kerro, miksi avaat asiakkaan.")
        assert any(
            isinstance(each, ClientTimelineScreen) and each.client_id == clients["other"]
            for each in view.app.screen_stack
        )


async def test_similar_names_that_are_not_shown_are_counted(database: OwnDatabase, tmp_path: Path) -> None:
    make_team(database)
    for letter in "abcdefghijk":
        make_client(database, "aino", "Samanen", f"Kim{letter}")
    async with _desk(database, tmp_path, "aino") as view:
        options = await _search(view, "Samanen")
        assert options.option_count == 8
        await view.see("Vielä 3 samankaltaista nimeä.")


@pytest.mark.parametrize("role", ["admin", "auditor"])
async def test_who_sees_no_clients_gets_a_sentence(role: Role) -> None:
    async with opened(FrameApp(BaseScreen)) as view:
        view.app.desk.me = Me("arto", "Arto Ahola", role)
        await view.press("slash")
        await view.see("Vain ohjaajat ja tiimin esihenkilö hakevat asiakkaita.")
        assert not isinstance(view.app.screen, FindClient)
