"""Tells where a written file is and how it comes to one's own computer."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from kotoutus_tui.i18n import _
from screens import safe
from screens.dialog import Dialog


class FetchDialog(Dialog[None]):
    """Shows lines, the command between them, and closes."""

    DEFAULT_CSS = """
    FetchDialog .dialog { width: 104; }
    """

    def __init__(
        self, title: str, before: Sequence[str], command: str, after: Sequence[str], *, how: str = ""
    ) -> None:
        super().__init__(title)
        how = how or _("Run this on your own computer to fetch it:")
        self._lines = (*before, "", how, command, "", *after)

    def compose_dialog(self) -> ComposeResult:
        """The lines and the button."""
        with VerticalScroll(can_focus=False, classes="dialog-text"):
            for line in self._lines:
                yield Static(safe.line(line))
        yield Button(safe.line(_("Close")), id="accept", compact=True)

    @on(Button.Pressed)
    def answered(self) -> None:
        """Close."""
        self.dismiss(None)
