"""Deputies and transfers on the screen: what the lead sets, and what the two counsellors do."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework import team
from kotoutus_tui.database import Database
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.widgets.paged_table import PagedTable
from screens.widgets.prose_field import ProseBox
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_client, make_team


@asynccontextmanager
async def _session(database: OwnDatabase, login: str, state: Path) -> AsyncGenerator[View]:
    i18n.install("en")
    db = Database(database.as_login(login))
    settings = dataclasses.replace(load(), state_dir=state / login, database=database.as_login(login))
    async with opened(KotoutusApp(Desk(db, settings)), (80, 24)) as view:
        await view.until(lambda: bool(view.app.screen.query(PagedTable)))
        await view.settle()
        yield view
    await db.close()


@pytest.fixture
def office(database: OwnDatabase) -> OwnDatabase:
    make_team(database)
    make_client(database, "aino", "Alander", "Kim")
    return database


async def test_the_lead_sets_a_deputy_who_then_has_the_clients(office: OwnDatabase, tmp_path: Path) -> None:
    async with _session(office, "helmi", tmp_path) as desk:
        await desk.press("5", "d")
        await desk.see("Nobody has a deputy now.")
        await desk.press("n")
        await desk.see("New deputy")
        await desk.press("enter", "down", "enter", "enter")
        await desk.write("+3\n")
        await desk.see("Bilal Berg, deputy for Aino Aaltonen")
    async with _session(office, "bilal", tmp_path) as desk:
        await desk.press("d")
        await desk.see("Alander Kim")
        await desk.see("deputy for Aino Aaltonen")
        await desk.press("enter")
        await desk.see("Nothing has been written yet.")
        await desk.press("escape", "5", "d")
        await desk.see("Bilal Berg, deputy")
        await desk.press("n")
        assert "New deputy" not in desk.text
        await desk.press("1", "d")
        await desk.see("own clients")


async def test_a_transfer_is_planned_handed_over_and_closed(office: OwnDatabase, tmp_path: Path) -> None:
    async with _session(office, "helmi", tmp_path) as desk:
        await desk.press("m")
        await desk.see("Takes effect")
        await desk.press("down", "enter")
        await desk.write("+7\n")
        await desk.write("moving\n")
        await desk.see("The move is planned for")
        await desk.press("5", "h")
        await desk.see("0/9")
        await desk.press("delete")
        await desk.see("Cancel the planned transfer?")
        await desk.press("enter")
        await desk.see("Every client is handed over.")
    lead = Database(office.as_login("helmi"))
    (found,) = await team.names(lead, [row[0] for row in await _clients(lead)])
    await team.give(lead, [team.Move(found[0], "", uuid4())], "bilal", "moving")
    await lead.close()
    async with _session(office, "bilal", tmp_path) as desk:
        await desk.press("5", "h", "enter")
        await desk.see("Open tasks gone through")
        await desk.press("space")
        await desk.until(lambda: desk.text.count("–") < 10)
        await desk.press("down", "e")
        await desk.see("For the other")
        await desk.until(lambda: isinstance(desk.app.focused, ProseBox))
        await desk.press(*"school")
        await desk.press("ctrl+enter")
        await desk.until(lambda: "For the other" not in desk.text)
        await desk.see("school")
        await desk.press("a")
        await desk.see("Not done yet:")
        await desk.press("enter")
        await desk.see("Every client is handed over.")


async def _clients(db: Database) -> list[tuple[UUID]]:
    async with db.reading_fast() as connection:
        return await (await connection.execute("select id from app.client")).fetchall()
