"""What the catalogue offers on a screen: fetched, looked at, chosen, taken in and undone by keys."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from kotoutus_tui import i18n, settings
from kotoutus_tui.catalogue import fetch as fetching
from kotoutus_tui.catalogue.records import Fetched
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.partners import commands, reading
from screens.app import KotoutusApp
from screens.catalogue import CatalogueScreen
from screens.catalogue_facts import CatalogueFactsScreen
from screens.desk import Desk
from screens.partners import PartnersScreen
from screens.widgets.event_list import EventList
from tests.catalogue_runs import CAFE, COURSE, RUN, with_course
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.partner_rows import make_organisation
from tests.people import make_team
from tests.test_catalogue_sync import course, took


class _App(KotoutusApp):
    DEFAULT_MODE = "partners"
    MODES: ClassVar[dict[str, Any]] = {"partners": PartnersScreen}


@asynccontextmanager
async def desk(database: OwnDatabase, size: tuple[int, int] = (80, 24)) -> AsyncIterator[View]:
    door = Database(database.as_login("aino"))
    try:
        async with opened(_App(Desk(door, settings.load())), size) as view:
            await view.until(lambda: bool(view.app.screen.query(EventList)))
            await view.settle()
            yield view
    finally:
        await door.close()


@pytest.fixture
def db(database: OwnDatabase, doors: Callable[[str], Database]) -> Database:
    make_team(database)
    return doors("aino")


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Callable[[Fetched | Exception], None]:
    """Let the catalogue say this from now on."""

    def say(answer: Fetched | Exception) -> None:
        async def fetch(*_places: object, progress: Callable[..., object], **_how: object) -> Fetched:
            del progress
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(fetching, "fetch", fetch)

    return say


def choose(view: View, key: str) -> None:
    """Put the cursor on the row of this key."""
    listed = view.find(EventList)
    rows = listed._source.rows  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    listed.move_to([each.key for each in rows].index(key))


async def test_a_conflict_is_decided_fact_by_fact_and_all_is_taken_in_and_undone(
    database: OwnDatabase, db: Database, catalogue: Callable[[Fetched], None]
) -> None:
    await took(db, RUN)
    own = {"summary_fi": "Oma kuvaus.", "words": "suomi"}
    await commands.change_service(db, (await course(db)).service, own, operation_id=uuid4())
    run = with_course(summary_fi="Uusi kuvaus.", words="kieli")
    catalogue(replace(run, services=[*run.services, replace(CAFE, external_id="s-3", name_fi="Kerho")]))
    async with desk(database, (100, 34)) as view:
        await view.press("y")
        await view.see("Muuttunut täällä ja luettelossa 1 · Uutta luettelossa 1")
        assert "Kuvaus: Oma kuvaus. jää, luettelossa: Uusi kuvaus." in view.text
        choose(view, "service:s-1")
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, CatalogueFactsScreen))
        await view.see("luettelo ennen: Alkeet.")
        choose(view, "words")
        await view.press("space")
        await view.see("luettelon jää voimaan")
        await view.press("escape")
        await view.until(lambda: isinstance(view.app.screen, CatalogueScreen))
        await view.settle()
        choose(view, "service:s-3")
        await view.press("space")
        # What was chosen is there when one comes back.
        await view.press("escape")
        await view.until(lambda: isinstance(view.app.screen, PartnersScreen))
        await view.press("y")
        await view.see("jätetään")
        await view.press("a")
        await view.see("1 tieto jää omaksi.")
        assert "1 jää ja tarjotaan uudelleen." in view.text
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, PartnersScreen))
        await view.see("Luettelosta tuotiin 1.")
        service = (await course(db)).service
        assert (service.summary_fi, service.words) == ("Oma kuvaus.", "kieli")
        await view.press("u")
        await view.see("Kumottu.")
    assert (await course(db)).service.words == "suomi"


async def test_a_like_name_is_asked_about_and_what_cannot_be_fetched_is_told(
    database: OwnDatabase, db: Database, catalogue: Callable[[Fetched | Exception], None]
) -> None:
    make_organisation(database, "naapurit ry")
    catalogue(Unreachable("Luettelo ei vastaa.", "Yritä myöhemmin."))
    async with desk(database) as view:
        await view.press("y")
        await view.see("! Luettelo ei vastaa. Yritä myöhemmin.")
        assert "Mitään ei haettu. y yrittää uudelleen." in view.text
        catalogue(replace(RUN, missing=("services",)))
        await view.press("y")
        await view.see("Lukematta jäi: services.")
        choose(view, "service:s-2")
        await view.press("space")
        await view.see("Odottaa, kunnes kerrot")
        choose(view, "organisation:o-2")
        await view.press("enter")
        await view.see("Onko se jokin näistä?")
        await view.press("s")
        await view.until(lambda: "Onko se jokin näistä?" not in view.text)
        await view.press("escape")
        await view.see("Oma ja luettelon tieto yhdistetään.")
        await view.press("a")
        await view.press("enter")
        await view.see("Luettelosta tuotiin 4.")
    network = await reading.network(db)
    assert sorted(each.name_fi for each in network.organisations.values()) == [
        "Mallilan opisto",
        "naapurit ry",
    ]
    assert {each.name_fi for each in network.services} == {COURSE.name_fi, CAFE.name_fi}


async def test_esc_ends_the_fetching_at_once(
    database: OwnDatabase, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    del db
    ended = asyncio.Event()

    async def fetch(*_places: object, **_how: object) -> Fetched:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    monkeypatch.setattr(fetching, "fetch", fetch)
    async with desk(database) as view:
        await view.press("y")
        await view.see("Haetaan luettelosta")
        await view.press("escape")
        await view.see("Haku keskeytettiin.")
        assert isinstance(view.app.screen, PartnersScreen)
        await view.until(ended.is_set)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_the_screens_are_whole_in_every_language(
    database: OwnDatabase, db: Database, catalogue: Callable[[Fetched], None], language: str
) -> None:
    await took(db, RUN)
    catalogue(with_course(summary_fi="pitkä kuvaus " * 40))
    i18n.install(language)
    async with desk(database) as view:
        await view.press("y")
        await view.until(lambda: isinstance(view.app.screen, CatalogueScreen))
        await view.see("pitkä kuvaus")
        for _screen in range(2):
            assert all(len(line) <= 80 for line in view.lines)
            assert "?" in view.line(23)
            assert "{" not in view.text
            await view.press("enter")
            await view.settle()
