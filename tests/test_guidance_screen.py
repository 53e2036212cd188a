"""The guidance log on a screen: an entry of few keys, corrected, removed, undone, exported."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from kotoutus_tui import settings
from kotoutus_tui.database import Database
from kotoutus_tui.guidance import log
from screens.app import KotoutusApp
from screens.desk import Desk
from screens.guidance import GuidanceScreen
from screens.widgets.event_list import EventList
from screens.widgets.form import FormDialog
from tests.cluster import OwnDatabase
from tests.desk import View, opened
from tests.people import make_team


class _App(KotoutusApp):
    DEFAULT_MODE = "guidance"
    MODES: ClassVar[dict[str, Any]] = {"guidance": GuidanceScreen}


@asynccontextmanager
async def desk(
    database: OwnDatabase, login: str = "aino", size: tuple[int, int] = (80, 24), drop_dir: Path | None = None
) -> AsyncIterator[View]:
    door = Database(database.as_login(login))
    loaded = settings.load()
    if drop_dir is not None:
        loaded = replace(loaded, drop_dir=drop_dir)
    try:
        async with opened(_App(Desk(door, loaded)), size) as view:
            await view.until(lambda: bool(view.app.screen.query(EventList)))
            await view.until(lambda: view.find(EventList).total is not None)
            await view.settle()
            yield view
    finally:
        await door.close()


async def test_an_entry_takes_at_most_twelve_keys_and_may_be_taken_back(
    database: OwnDatabase, doors: Callable[[str], Database], tmp_path: Path
) -> None:
    make_team(database)
    db = doors("aino")
    async with desk(database, drop_dir=tmp_path) as view:
        await view.see("Ei vielä kirjauksia.")
        # New; a company, about work, in English, a quarter of an hour, guided on; no note.
        pressed = ["n", "3", "enter", "c", "2", "3", "2", "enter"]
        assert len(pressed) <= 12
        await view.press("n")
        await view.until(lambda: isinstance(view.app.screen, FormDialog))
        assert "5 joku muu" in view.text
        assert "l muu asia" in view.text
        await view.press(*pressed[1:])
        await view.see("Tallennettu. u kumoaa.")
        (entry,), _many = await log.entries(db, "own", 0, 5)
        assert (entry.asker, entry.topic, entry.language, entry.minutes, entry.outcome) == (
            "company", "work", "en", 15, "guided_on",
        )  # fmt: skip
        await view.see("1 kirjaus · 15 min")

        # The next begins with the last choices: another topic and a language by its name are enough.
        await view.press("n")
        await view.until(lambda: isinstance(view.app.screen, FormDialog))
        await view.press("1", "b")
        await view.write("tigri")
        await view.see("[tigrinja]")
        await view.press(*["enter"] * 3)
        await view.write("soita 0405123456")
        await view.see("näyttää puhelinnumerolta")
        await view.write("\n")
        await view.see("2 kirjausta · 30 min")
        found, _many = await log.entries(db, "own", 0, 5)
        assert (found[0].asker, found[0].topic, found[0].language) == ("city_unit", "housing", "ti")
        await view.press("home", "enter")
        await view.see("7 tigrinja]")
        await view.press("5", "escape")
        await view.press("x")
        await view.see("Poistettu. u kumoaa.")
        await view.press("u")
        await view.see("2 kirjausta · 30 min")

        await view.press("e")
        await view.see("Vienti tilastointia varten")
        await view.write("\n\n\n")
        await view.see("2 kirjausta, tiedosto")
    assert [written.splitlines()[1].split(";", 2)[2] for written in _files(tmp_path)] == [
        "other;other;other;<5;"
    ]

    async with desk(database, "bilal") as view:
        await view.see("Ei vielä kirjauksia.")
        await view.press("f")
        await view.see("Aino Aaltonen")
        await view.press("enter")
        await view.see("Kirjausta korjaa se, joka sen kirjoitti.")


def _files(directory: Path) -> list[str]:
    return [file.read_text("utf-8-sig") for file in directory.glob("*.csv")]


async def test_a_company_its_arrivals_and_an_answer_are_kept_by_keys(
    database: OwnDatabase, doors: Callable[[str], Database]
) -> None:
    make_team(database)
    async with desk(database) as view:
        await view.press("c")
        await view.see("Yrityksiä ei vielä ole. n lisää yrityksen.")
        await view.press("n")
        await view.see("Uusi yritys")
        await view.write("M Oy\n0242746-3\n\n\n\n")
        await view.see("ei ole suomalainen")
        await view.press(*["backspace"], "2", *["enter"] * 4)
        await view.see("0242746-2")
        await view.press("n")
        await view.see("Ketä saapuu, ilman nimiä")
        await view.write("+40\n3\nEU\npuola\nky\n")
        await view.see("EU-maista · puola · perheitä mukana")
        await view.see("· 3 henkilöä")
        await view.press(*["down"] * 6, "d")
        await view.see("Merkitty tehdyksi.")
        await view.see("1/12")
        await view.press("escape")
        await view.see("0242746-2")
        await view.press("escape", "s")
        await view.see("Vastauksia ei vielä ole. n lisää vastauksen.")
        await view.press("n")
        await view.see("Uusi vastaus")
        await view.write("Lupa?\nNetissä.\n.\noles\nsuomi\n+9\n")
        await view.see("pian tarkistettava")
        await view.press("s")
        await view.write("lu")
        await view.press("enter", "c")
        await view.see("Kopioitu.")
        assert view.app.clipboard == "Netissä."
        await view.press("w")
        await view.see("[a oleskelulupa]")
        await view.press("3", "enter")
        await view.press(*["enter"] * 5)
        await view.see("Tallennettu. u kumoaa.")
    (entry,), _many = await log.entries(doors("aino"), "own", 0, 5)
    assert (entry.asker, entry.topic, entry.language) == ("company", "residence_permit", "fi")
