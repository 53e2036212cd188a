"""Columns, saved views and the filters of one key: chosen on the caseload screen and kept."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from textual.widgets import Input, OptionList

from kotoutus_tui.casework import caseload_memory, saved_views
from kotoutus_tui.casework.caseload_memory import Place
from kotoutus_tui.database import Database
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.caseload import CaseloadScreen
from screens.caseload_rows import arranged, columns
from screens.column_dialog import ChooseColumns
from screens.desk import Desk
from screens.view_dialogs import ChooseView, NameView
from screens.widgets.paged_table import PagedTable
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_client, make_team

FILTERS = "NIRCUEP"


@pytest.fixture
def clients(database: OwnDatabase) -> None:
    """Three clients of Aino's."""
    make_team(database)
    for letter, language in zip("ABC", ("ar", "so", "uk"), strict=True):
        make_client(database, "aino", f"{letter}lander", "Kim", service_language=language)


@asynccontextmanager
async def _desk(database: OwnDatabase, state: Path, width: int = 100) -> AsyncGenerator[View]:
    db = Database(database.as_login("aino"))
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login("aino"))
    try:
        async with opened(KotoutusApp(Desk(db, settings)), (width, 30)) as view:
            await view.until(lambda: bool(view.app.screen.query(PagedTable)))
            await view.settle()
            await view.until(lambda: view.find(PagedTable).total)
            yield view
    finally:
        await db.close()


def _headings(view: View) -> list[str]:
    return [column.id for column in view.find(PagedTable).shown_columns]


@pytest.mark.usefixtures("clients")
async def test_columns_are_chosen_moved_and_kept(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        assert _headings(view)[:3] == ["marks", "name", "phase"]
        await view.press("k")
        await view.until(lambda: isinstance(view.app.screen, ChooseColumns))
        # The marks go, the language comes first, and the name cannot be hidden.
        await view.press("space", "down", "space", "end")
        options = view.find(OptionList)
        options.highlighted = options.get_option_index("language")
        await view.press(*["less_than_sign"] * 8, "greater_than_sign", "less_than_sign", "enter")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
        await view.settle()
        assert _headings(view)[:3] == ["language", "name", "phase"]
        assert "marks" not in _headings(view)
        row = next(line for line in view.lines if "Alander" in line)
        assert row.index("ar") < row.index("Alander") < row.index("uusi")
    assert caseload_memory.recall(tmp_path).columns[:3] == ("language", "name", "phase")
    async with _desk(database, tmp_path) as view:
        assert _headings(view)[:3] == ["language", "name", "phase"]
        await view.press("k")
        await view.until(lambda: isinstance(view.app.screen, ChooseColumns))
        await view.press("delete")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
        await view.until(lambda: _headings(view)[:3] == ["marks", "name", "phase"])
    assert caseload_memory.recall(tmp_path).columns == ()


@pytest.mark.usefixtures("clients")
async def test_a_closed_choice_of_columns_changes_nothing(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        before = _headings(view)
        await view.press("k")
        await view.until(lambda: isinstance(view.app.screen, ChooseColumns))
        await view.press("space", "greater_than_sign", "escape")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
        assert _headings(view) == before


def test_columns_of_another_role_or_version_are_left_out() -> None:
    shown = arranged(columns(lead=False), ("counsellor", "unknown", "phase"))
    assert [column.id for column in shown] == ["name", "phase"]
    assert arranged(columns(lead=False), ("unknown",)) == columns(lead=False)


@pytest.mark.usefixtures("clients")
async def test_every_status_has_a_key_that_filters_and_unfilters(
    database: OwnDatabase, tmp_path: Path
) -> None:
    async with _desk(database, tmp_path) as view:
        table = view.find(PagedTable)
        for key in FILTERS:
            await view.press(key)
            await view.see("Suodatin: ")
            await view.settle()
            await view.press(key)
            await view.until(lambda: "Suodatin: " not in view.text and table.total == 3)
        await view.press("N")
        await view.see("[uudet 3]")


@pytest.mark.usefixtures("clients")
async def test_the_filters_are_in_the_palette(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        await view.press("ctrl+p")
        await view.see("Komennot")
        await view.write("turvakielto")
        await view.until(lambda: view.find(OptionList).option_count == 1)
        assert "P" in next(line for line in view.lines if "Näytä vain" in line)
        await view.press("enter")
        await view.see("Suodatin: turvakielto")


@pytest.mark.usefixtures("clients")
async def test_a_view_is_saved_used_and_removed(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        await view.press("v")
        await view.see("Tallennettuja näkymiä ei vielä ole.")
        await view.press("f", *"kieli", "colon", *"ar", "enter")
        await view.until(lambda: view.find(PagedTable).total == 1)
        await view.press("w")
        await view.until(lambda: isinstance(view.app.screen, NameView))
        assert "kieli:ar" in view.text
        await view.press(*"arabia", "enter")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
        await view.press("x")
        await view.until(lambda: view.find(PagedTable).total == 3)
        await view.press("v")
        await view.until(lambda: isinstance(view.app.screen, ChooseView))
        await view.see("arabia")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
        await view.until(lambda: view.find(PagedTable).total == 1)
        await view.press("v")
        await view.until(lambda: isinstance(view.app.screen, ChooseView))
        await view.press("delete")
        await view.see("Näkymä poistettu.")
        assert await saved_views.saved(view.app.desk.db) == []


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize("name", ["Blander", "hetu 010190-900P", "010190-900X"])
async def test_a_name_of_a_client_or_a_code_is_refused_and_can_be_corrected(
    database: OwnDatabase, tmp_path: Path, name: str
) -> None:
    async with _desk(database, tmp_path) as view:
        await view.press("w")
        await view.until(lambda: isinstance(view.app.screen, NameView))
        view.find(Input).value = name
        await view.press("enter")
        await view.see("nimessä ei saa olla")
        assert isinstance(view.app.screen, NameView)
        view.find(Input).value = "oma"
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
        assert [each.name for each in await saved_views.saved(view.app.desk.db)] == ["oma"]


async def test_a_repeated_save_has_one_effect(database: OwnDatabase) -> None:
    make_team(database)
    db, operation = Database(database.as_login("aino")), uuid4()
    try:
        await saved_views.save(db, operation, "oma", "uusi")
        await saved_views.save(db, operation, "oma", "uusi")
        assert len(await saved_views.saved(db)) == 1
    finally:
        await db.close()


def test_an_older_file_of_the_place_is_read(tmp_path: Path) -> None:
    client = uuid4()
    (tmp_path / "caseload.json").write_text(f'{{"query": "uusi", "client_id": "{client}"}}')
    assert caseload_memory.recall(tmp_path) == Place("uusi", client)
