"""Handing over to the national register on the screen: copied by OSC 52, shown alone, confirmed, queued."""

from pathlib import Path
from uuid import UUID

import pytest
from textual.widgets import OptionList

from kotoutus_tui import i18n
from screens import safe
from screens.register import RegisterScreen
from screens.widgets.event_list import EventList
from tests.client_desk import Seat, seat
from tests.cluster import OwnDatabase
from tests.test_register import client

__all__ = ["client"]


async def opened(at: Seat) -> RegisterScreen:
    await at.until(lambda: at.screen.query_one(EventList).settled and at.screen.opening.is_open)
    await at.press("o")
    await at.until(lambda: isinstance(at.app.screen, RegisterScreen) and bool(at.app.screen.subjects))
    await at.settle()
    screen = at.app.screen
    assert isinstance(screen, RegisterScreen)
    return screen


async def test_a_field_is_copied_confirmed_and_written(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client, size=(80, 24)) as at:
        await opened(at)
        assert "odottaa" in at.text
        await at.press("down", "c")
        await at.see("Kopioitu")
        assert at.app.clipboard == "Luku- ja kirjoitustaito\nLukee hyvin"
        await at.until(lambda: "kopioitu 2" in at.text)
        await at.press("v")
        await at.until(lambda: at.app.screen.is_modal and "Lukee hyvin" in at.lines)
        await at.press("escape", "d")
        await at.see("Vahvistetaanko?")
        await at.press("enter")
        await at.until(lambda: "vahvistettu 2" in at.text)
        await at.press("E")
        await at.see(".json")
        written: list[Path] = list(at.app.desk.settings.drop_dir.iterdir())
        assert len(written) == 2


async def test_the_queue_opens_the_client(database: OwnDatabase, client: UUID) -> None:
    async with seat(database, client, size=(80, 24)) as at:
        await at.until(lambda: at.screen.opening.is_open)
        await at.press("K")
        await at.until(lambda: bool(at.app.screen.query(OptionList)))
        await at.see("odottaa 3")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RegisterScreen))
        await at.see("Lukee hyvin")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_it_fits_the_smallest_usual_screen(database: OwnDatabase, client: UUID, language: str) -> None:
    i18n.install(language)
    async with seat(database, client, size=(80, 24)) as at:
        await opened(at)
        assert "Lukee hyvin" in at.text
        assert all(safe.width_of(line) <= 80 for line in at.lines)
