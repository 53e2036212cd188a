"""Bare Textual apps, the floors: python bare.py hello | table N | options N | lines N."""

import sys
from typing import ClassVar

from textual.app import App, ComposeResult


class Bare(App[None]):
    ENABLE_COMMAND_PALETTE = False

    def on_mount(self) -> None:
        self.animation_level = "none"


def hello() -> App[None]:
    from textual import events
    from textual.widgets import Static

    class Hello(Bare):
        pressed = 0

        def compose(self) -> ComposeResult:
            yield Static("Hello 0")

        def on_key(self, _event: events.Key) -> None:
            self.pressed += 1
            self.query_one(Static).update(f"Hello {self.pressed}")

    return Hello()


def _cells(number: int) -> list[str]:
    name = f"Esimerkki Asiakas {number}"
    return ["!", name, "suunnitelma", "ti 24.11.", "Haastattelu", "ma 2.11.", "ar", "▓▓▓░░ 14/24"]


def table(rows: int) -> App[None]:
    from textual.widgets import DataTable

    class Table(Bare):
        def compose(self) -> ComposeResult:
            yield DataTable[str](cursor_type="row")

        def on_mount(self) -> None:
            super().on_mount()
            shown = self.query_one(DataTable)
            shown.add_columns("", "Nimi", "Vaihe", "Seuraava", "", "Yhteys", "Kieli", "Aika")
            for number in range(rows):
                shown.add_row(*_cells(number))

    return Table()


def options(rows: int) -> App[None]:
    from textual.widgets import OptionList

    class Options(Bare):
        def compose(self) -> ComposeResult:
            yield OptionList(*("  ".join(_cells(number)) for number in range(rows)), markup=False)

    return Options()


def lines(rows: int) -> App[None]:
    from rich.segment import Segment
    from rich.style import Style
    from textual.binding import Binding, BindingType
    from textual.geometry import Region
    from textual.strip import Strip
    from textual.widget import Widget

    chosen = Style(reverse=True)

    class Lines(Widget, can_focus=True):
        BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "down")]
        at = top = 0

        def action_down(self) -> None:
            self.at = min(self.at + 1, rows - 1)
            if self.at >= self.top + self.size.height:
                self.top += self.size.height // 2
                self.refresh()
                return
            self.refresh(Region(0, self.at - self.top - 1, self.size.width, 2))

        def render_line(self, y: int) -> Strip:
            number = self.top + y
            text = "  ".join(_cells(number)) if number < rows else ""
            return Strip([Segment(text.ljust(self.size.width), chosen if number == self.at else None)])

    class List(Bare):
        def compose(self) -> ComposeResult:
            yield Lines()

        def on_mount(self) -> None:
            super().on_mount()
            self.query_one(Lines).focus()

    return List()


if __name__ == "__main__":
    kind, *count = sys.argv[1:]
    app = (
        hello()
        if kind == "hello"
        else {"table": table, "options": options, "lines": lines}[kind](int(count[0]))
    )
    app.run(mouse=False)
