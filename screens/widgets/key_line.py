"""The one line at the bottom: the keys that work here now."""

from typing import cast

from rich.cells import cell_len
from textual.content import Content
from textual.screen import Screen
from textual.signal import Signal
from textual.widget import Widget

from kotoutus_tui.i18n import _
from screens import commands, keys

_GAP = 2


class KeyLine(Widget):
    """Made anew whenever the keys change; the least important keys give way when the line is short."""

    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        dock: bottom;
        background: $panel;
        color: $text-muted;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        """Follow the focus and what can be done."""
        signal = cast("Signal[Screen[object]]", self.screen.bindings_updated_signal)  # pyright: ignore[reportUnknownMemberType]
        signal.subscribe(self, self._again)

    def _again(self, _screen: Screen[object]) -> None:
        # A list says after every step that the keys may have changed; mostly they have not.
        if self._fitting() != self._drawn:
            self.refresh()

    def render(self) -> Content:
        """Compose the line for the width there is."""
        self._drawn = self._fitting()
        parts: list[tuple[str, str]] = []
        for key, label in self._drawn:
            parts += [(" ", ""), (key, "bold $accent"), (f" {label} ", "")]
        return Content.assemble(*parts)

    def _fitting(self) -> list[tuple[str, str]]:
        shown = [
            (command.footer, keys.key_name(used[0]), _(command.label))
            for command, used in commands.with_keys(self.screen)
            if command.footer
        ]
        room = self.size.width - 1
        for least in sorted(shown, key=lambda each: each[0]):
            if sum(cell_len(key) + cell_len(label) + 1 + _GAP for _footer, key, label in shown) <= room:
                break
            shown.remove(least)
        return [(key, label) for _footer, key, label in shown]
