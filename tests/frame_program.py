"""The frame alone as a program for a real terminal: python -m tests.frame_program KIND [ARGUMENT].

table N       a table of N rows
hostile       rows and an entry made of hostile text, and each of them as a message
note FILE     a note box whose draft goes to FILE
fault         a screen that fails where nothing can catch it, with a name in a local variable
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult

from kotoutus_tui import i18n, log
from kotoutus_tui.settings import Settings
from screens.app import KotoutusApp
from screens.base import BaseScreen
from screens.desk import Desk
from screens.starting import show
from screens.widgets.event_list import Entry, EventList
from screens.widgets.header_line import Link
from screens.widgets.note_box import NoteBox
from screens.widgets.paged_table import Column, Page, PagedTable, Row
from tests.hostile import ALL

COLUMNS = (
    Column("mark", "", 1, priority=9),
    Column("name", "Nimi", 18, grow=3, most=36, priority=10),
    Column("phase", "Vaihe", 12, priority=4),
    Column("next", "Seuraava askel", 20, grow=2, most=34, priority=8),
    Column("days", "Pv", 4, align="right", priority=7),
    Column("last", "Yhteys", 6, priority=6),
    Column("language", "Kieli", 8, priority=3),
    Column("period", "Kotoutumisaika", 14, priority=5),
)


class Rows:
    """Rows made as they are asked for."""

    def __init__(self, total: int, names: Sequence[str] = ()) -> None:
        self.total = total
        self.names = names

    async def fetch(self, offset: int, limit: int) -> Page[Row]:
        return Page([self._row(n) for n in range(offset, min(offset + limit, self.total))], self.total)

    async def find(self, key: str) -> int | None:
        return int(key)

    def _row(self, n: int) -> Row:
        name = self.names[n] if self.names else f"Esimerkki Asiakas {n}"
        late = ("Tarkistus myöhässä", "alert") if n % 5 == 0 else "Tapaaminen 3.12."
        mark = ("!", "alert") if n % 7 == 0 else ""
        return Row(
            str(n),
            [mark, name, "Suunnitelma", late, str(n % 90), ("12.10.", "faint"), "arabia", "▓▓▓░░ 14/24"],
        )


class TableScreen(BaseScreen):
    def __init__(self, total: int) -> None:
        super().__init__()
        self.rows = Rows(total)

    def compose_body(self) -> ComposeResult:
        yield PagedTable(COLUMNS)

    async def load(self) -> None:
        self.heading, self.whose = "Asiakkaat", "omat asiakkaat"
        self.query_one(PagedTable).show(self.rows)


class HostileEntries:
    async def fetch(self, offset: int, limit: int) -> Page[Entry]:
        rows = [Entry(str(n), text, text, text, text, text, text, [text]) for n, text in enumerate(ALL)]
        return Page(rows[offset : offset + limit], len(ALL))

    async def find(self, key: str) -> int | None:
        return int(key)


class HostileScreen(BaseScreen):
    def compose_body(self) -> ComposeResult:
        yield PagedTable(COLUMNS)
        yield EventList()

    async def load(self) -> None:
        self.query_one(PagedTable).show(Rows(len(ALL), ALL))
        self.query_one(EventList).show(HostileEntries())
        for text in ALL:
            self.heading = self.whose = self.frame.person = text
            self.say(text, alert=True)
            self.frame.notify(text, title=text, timeout=0.2)
            await asyncio.sleep(0.02)
        self.heading = "VALMIS"


class NoteScreen(BaseScreen):
    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def compose_body(self) -> ComposeResult:
        yield NoteBox(on_change=lambda text: void(self.file.write_text(text)))

    async def load(self) -> None:
        self.heading = "Muistiinpano"

    async def before_leaving(self) -> None:
        self.query_one(NoteBox).flush()


class FaultyScreen(BaseScreen):
    def compose_body(self) -> ComposeResult:
        name = "Salainen Henkilö"
        yield PagedTable(COLUMNS)
        # A callback of the app itself is outside every guard.
        self.frame.call_later(lambda: fail(name))


class Program(KotoutusApp):
    def __init__(self, first: BaseScreen) -> None:
        super().__init__(Desk(None, Settings()))  # type: ignore[arg-type]
        self._modes = {self.DEFAULT_MODE: lambda: first}

    async def session(self) -> None:
        self.person, self.link = "Aino Aaltonen", Link("live")
        self.ready.set()


def void(_result: object) -> None:
    """A callback that returns nothing."""


def fail(name: str) -> None:
    """Fail with a name in reach of a traceback."""
    raise ValueError(name)


def main() -> int:
    kind, *rest = sys.argv[1:]
    i18n.install("fi")
    log.start(
        Settings(log_file=Path(os.environ["LOG"])) if "LOG" in os.environ else Settings(log_target="none")
    )
    app = Program(
        TableScreen(int(rest[0]))
        if kind == "table"
        else NoteScreen(Path(rest[0]))
        if kind == "note"
        else HostileScreen()
        if kind == "hostile"
        else FaultyScreen()
    )
    return show(app, mouse=False)


if __name__ == "__main__":
    sys.exit(main())
