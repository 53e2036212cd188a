"""A new client from the caseload: searched for first, likely duplicates with reasons, then made."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from textual.widgets import Input, OptionList

from kotoutus_tui.casework import intake, intake_draft
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.caseload import CaseloadScreen
from screens.client_timeline import ClientTimelineScreen
from screens.desk import Desk
from screens.new_client import Duplicates, FindFirst
from screens.new_client_form import NewClientForm
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_client, make_team

SIZE = (100, 40)


@pytest.fixture
def clients(database: OwnDatabase) -> dict[str, UUID]:
    """One client of Aino's, one of Bilal's."""
    make_team(database)
    return {
        "own": make_client(database, "aino", "Omanen", "Kim", detail={"birth_date": "1990-02-01"}),
        "other": make_client(database, "bilal", "Toinen", "Kim"),
    }


@asynccontextmanager
async def _desk(database: OwnDatabase, state: Path, login: str = "aino") -> AsyncGenerator[View]:
    settings = dataclasses.replace(load(), state_dir=state, database=database.as_login(login))
    app = KotoutusApp(Desk(Database(settings.database), settings))
    try:
        async with opened(app, SIZE) as view:
            await view.until(app.ready.is_set)
            await view.settle()
            await view.press("n")
            await view.until(lambda: isinstance(app.screen, FindFirst))
            yield view
    finally:
        await app.desk.db.close()


async def _search(view: View, text: str) -> OptionList:
    view.find(Input).value = text
    await view.until(lambda: view.find(OptionList).option_count)
    return view.find(OptionList)


def _count(database: OwnDatabase) -> int:
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute("select count(*)::int from app.client").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.usefixtures("clients")
async def test_nothing_can_be_made_before_the_search(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        await view.press("enter", "down", "enter")
        assert isinstance(view.app.screen, FindFirst)
        assert view.find(OptionList).option_count == 0
        view.find(Input).value = "K"
        await view.press("enter")
        assert view.find(OptionList).option_count == 0


async def test_an_own_client_is_opened_and_of_anothers_only_the_counsellor_is_told(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path
) -> None:
    async with _desk(database, tmp_path) as view:
        await _search(view, "Toinen Kim")
        assert "Bilal Berg" in view.text
        await view.press("down", "enter")
        await view.see("Oma ohjaaja: Bilal Berg")
        assert isinstance(view.app.screen, FindFirst)
        view.find(OptionList).clear_options()
        await _search(view, "Omanen")
        assert "1.2.1990" in view.text
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
        timeline = view.app.screen
        assert isinstance(timeline, ClientTimelineScreen) and timeline.client_id == clients["own"]


@pytest.mark.usefixtures("clients")
async def test_the_arrow_goes_from_the_field_to_the_first_hit(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        options = await _search(view, "Kim")
        assert options.option_count == 3
        await view.press("down")
        assert options.has_focus
        assert options.highlighted == 0


async def _begin_form(view: View, text: str) -> NewClientForm:
    options = await _search(view, text)
    options.focus()
    options.highlighted = options.option_count - 1
    await view.press("enter")
    await view.until(lambda: isinstance(view.app.screen, NewClientForm))
    await view.pilot.pause()
    form = view.app.screen
    assert isinstance(form, NewClientForm)
    return form


def _fill(form: NewClientForm, **values: str) -> None:
    for field in form._form.fields:
        if field.name in values:
            field.query_one(Input).value = values[field.name]


async def _save(view: View) -> None:
    await view.pilot.pause()
    form = view.app.screen
    assert isinstance(form, NewClientForm)
    form._form.submit()
    await view.pilot.pause()


@pytest.mark.usefixtures("clients")
async def test_a_client_is_made_and_opened(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path) as view:
        form = await _begin_form(view, "Uusinen Amal Noor 24.1.1987")
        assert [field.text for field in form._form.fields[:2]] == ["Uusinen", "Amal Noor"]
        _fill(
            form, own_script="أمل", personal_id="240187-900S", service_language="arabia", languages="somali"
        )
        await _save(view)
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
        await view.see("Uusinen Amal Noor")
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select own_counsellor, service_language from app.client where name = 'Uusinen Amal Noor'"
        ).fetchone()
    assert row == ("aino", "ar")


@pytest.mark.usefixtures("clients")
async def test_a_likely_duplicate_is_shown_with_its_signs_and_nothing_is_forced(
    database: OwnDatabase, tmp_path: Path
) -> None:
    async with _desk(database, tmp_path) as view:
        await _begin_form(view, "Omanen Kim 1.2.1990")
        await _save(view)
        await view.until(lambda: isinstance(view.app.screen, Duplicates))
        await view.see("sama syntymäaika")
        await view.press("escape")
        await view.see("Mitään ei tallennettu vielä.")
        assert _count(database) == 2
        await _save(view)
        await view.until(lambda: isinstance(view.app.screen, Duplicates))
        await view.press("end", "enter")
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
        assert _count(database) == 3


async def test_the_duplicate_is_opened_instead(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path
) -> None:
    async with _desk(database, tmp_path) as view:
        await _begin_form(view, "Omanen Kim 1.2.1990")
        await _save(view)
        await view.until(lambda: isinstance(view.app.screen, Duplicates))
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
        timeline = view.app.screen
        assert isinstance(timeline, ClientTimelineScreen) and timeline.client_id == clients["own"]
        assert _count(database) == 2


@pytest.mark.usefixtures("clients")
async def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    database: OwnDatabase, tmp_path: Path
) -> None:
    async with _desk(database, tmp_path) as view:
        form = await _begin_form(view, "Uusinen Amal")
        _fill(form, personal_id="240187-900X")
        await _save(view)
        await view.see("Tämä ei ole henkilötunnus.")
        _fill(form, personal_id="240187-900S", birth_date="1.1.1980")
        await _save(view)
        await view.see("eivät täsmää")
        assert [field.text for field in form._form.fields[:2]] == ["Uusinen", "Amal"]
        await view.press("escape")
        await view.until(lambda: isinstance(view.app.screen, CaseloadScreen))
    assert _count(database) == 2


@pytest.mark.usefixtures("clients")
async def test_a_form_left_unfinished_is_offered_again_without_the_code(
    database: OwnDatabase, tmp_path: Path
) -> None:
    async with _desk(database, tmp_path) as view:
        form = await _begin_form(view, "Uusinen Amal")
        _fill(form, personal_id="240187-900S", service_language="arabia", arrived_on="1.2.2024")
        await view.until(lambda: "arrived_on" in intake_draft.read(tmp_path))
        view.app.leave()
        await view.until(lambda: view.app._end is not None and view.app._end.done())
    file = tmp_path / "drafts" / "new-client.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "900S" not in file.read_text()
    async with _desk(database, tmp_path) as view:
        await view.see("Jatka kesken jäänyttä lomaketta: Uusinen Amal")
        await view.press("down", "enter")
        await view.until(lambda: isinstance(view.app.screen, NewClientForm))
        await view.see("1.2.2024")
        await _save(view)
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
    assert intake_draft.read(tmp_path) == {}
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select service_language from app.client where name = 'Uusinen Amal'"
        ).fetchone()
    assert row == ("ar",)


async def test_a_save_whose_answer_was_lost_is_repeated_once(
    database: OwnDatabase, clients: dict[str, UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = intake.create

    async def lost(*given: Any, **named: Any) -> UUID:
        await create(*given, **named)
        raise Unreachable("Yhteys katkesi.")

    async with _desk(database, tmp_path) as view:
        await _begin_form(view, "Uusinen Amal 1.2.1987")
        monkeypatch.setattr(intake, "create", lost)
        await _save(view)
        await view.see("Yhteys katkesi.")
        monkeypatch.setattr(intake, "create", create)
        await _save(view)
        await view.until(lambda: isinstance(view.app.screen, ClientTimelineScreen))
    assert _count(database) == len(clients) + 1


@pytest.mark.usefixtures("clients")
async def test_the_lead_chooses_whose_client_it_is(database: OwnDatabase, tmp_path: Path) -> None:
    async with _desk(database, tmp_path, "helmi") as view:
        form = await _begin_form(view, "Uusinen Amal")
        _fill(form, own_counsellor="Bilal Berg")
        await _save(view)
        await view.until(lambda: _count(database) == 3)
    with psycopg.connect(database.as_superuser) as connection:
        row = connection.execute(
            "select own_counsellor from app.client where name like 'Uusinen%'"
        ).fetchone()
    assert row == ("bilal",)
