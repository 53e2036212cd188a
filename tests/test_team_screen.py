"""The team's screen and a proposal on it, as a lead and as a counsellor see them."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui.database import Database
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.client_forms import Choose
from screens.desk import Desk
from tests.cluster import OwnDatabase
from tests.desk import View
from tests.people import make_client, make_team

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture
def clients(database: OwnDatabase) -> list[UUID]:
    """Six clients, all of Aino's, one with a long name."""
    make_team(database)
    names = ["Ala", "Bela", "Cela", "Dela", "Ela", "Wijesinghe Arachchilage Kaluarachchi Mudiyanselage"]
    return [make_client(database, "aino", name, "Kim", phase="plan") for name in names]


@asynccontextmanager
async def _session(
    database: OwnDatabase, login: str, state: Path, size: tuple[int, int] = (120, 40), language: str = "en"
) -> AsyncGenerator[View]:
    from kotoutus_tui import i18n

    i18n.install(language)
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
    app = KotoutusApp(Desk(Database(settings.database), settings))
    async with app.run_test(size=size) as pilot:
        view = View(app, pilot)
        await view.until(app.first_rows.is_set)
        await view.press("5")
        await view.see("Aino Aaltonen")
        await view.settle()
        yield view
    await app.desk.db.close()
    i18n.install("fi")


async def test_the_lead_evens_out_leaves_one_out_and_undoes(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    async with _session(database, "helmi", tmp_path) as desk:
        await desk.see("6 clients")
        await desk.press("b")
        await desk.see("Occasion")
        await desk.press("enter")
        await desk.see("3 clients move")
        await desk.settle()
        first = desk.text
        await desk.press("space")
        await desk.see("1 left out")
        await desk.see("3 clients move")
        await desk.settle()
        await desk.press("home", "enter")
        await desk.see("Why not the others")
        await desk.press("escape")
        await desk.until(lambda: "Why not the others" not in desk.text)
        await desk.press("a")
        await desk.see("Move 3 clients")
        await desk.press("enter")
        await desk.write("Tasaus\n")
        await desk.see("3 clients were moved")
        assert "highest load" in first
        with psycopg.connect(database.as_superuser) as connection:
            held = connection.execute(
                "select own_counsellor, count(*) from app.client group by 1 order by 1"
            ).fetchall()
        assert held == [("aino", 3), ("bilal", 3)]
        await desk.press("1")
        await desk.see("Own counsellor")
        await desk.press("u")
        await desk.see("Undo the last move?")
        await desk.press("enter")
        await desk.see("3 clients were moved")
    assert len(clients) == 6


async def test_a_counsellor_sees_numbers_and_no_command(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    async with _session(database, "aino", tmp_path) as desk:
        await desk.see("6 clients")
        assert "Rebalance" not in desk.text
        await desk.press("b")
        assert "Occasion" not in desk.text
    assert clients


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_it_fits(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    assert clients
    words = {"fi": "siirtyy", "sv": "flyttar", "en": "move"}
    async with _session(database, "helmi", tmp_path, size, language) as desk:
        await desk.press("b")
        await desk.until(lambda: isinstance(desk.app.screen, Choose))
        await desk.press("enter")
        await desk.see(words[language])
        await desk.settle()
        assert all(len(line) <= size[0] for line in desk.text.splitlines())
        assert "Kim" in desk.text


async def test_a_wrong_number_is_told_at_its_field(
    database: OwnDatabase, clients: list[UUID], tmp_path: Path
) -> None:
    assert clients
    async with _session(database, "helmi", tmp_path) as desk:
        await desk.press("t")
        await desk.see("Working time %")
        await desk.press("end", *["backspace"] * 3)
        await desk.write("150\n")
        await desk.see("A whole number from 0 to 100.")
        await desk.press("escape")
        await desk.press("p")
        await desk.see("Points of a client")
        await desk.press("escape")


async def test_the_lead_gives_a_waiting_client_a_counsellor(database: OwnDatabase, tmp_path: Path) -> None:
    make_team(database)
    make_client(database, "helmi", "Odottava", "Kim", phase="arriving")
    make_client(database, "aino", "Alander", "Kim")
    async with _session(database, "helmi", tmp_path) as desk:
        await desk.press("w")
        await desk.see("Odottava Kim")
        await desk.see("Bilal Berg. Carries the least")
        await desk.press("a")
        await desk.see("Every client has a counsellor.")
        await desk.press("u")
        await desk.see("had no counsellor before")
    with psycopg.connect(database.as_superuser) as connection:
        found = connection.execute(
            "select counsellor from app.assignment where assigned_by = 'helmi'"
        ).fetchall()
    assert found == [("bilal",)]
