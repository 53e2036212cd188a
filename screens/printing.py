"""Printing a paper from a screen: the choice of language, and where the files are."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from kotoutus_tui.casework.prints import files
from kotoutus_tui.casework.prints.headings import LANGUAGES, language_for
from kotoutus_tui.i18n import _
from screens import safe
from screens.client_forms import Choose
from screens.dialog import Dialog

if TYPE_CHECKING:
    from kotoutus_tui.casework.prints.page import Page
    from screens.base import BaseScreen


class PrintedDialog(Dialog[None]):
    """Tells where the files are and how to fetch them to one's own computer."""

    DEFAULT_CSS = """
    PrintedDialog .dialog { width: 104; }
    """

    def __init__(self, printed: files.Printed) -> None:
        super().__init__(_("The paper is ready."))
        self._printed = printed

    def compose_dialog(self) -> ComposeResult:
        """The names of the files and the command."""
        with VerticalScroll(can_focus=False, classes="dialog-text"):
            yield Static(safe.line(_("Page for a browser, and the same as text:")))
            yield Static(safe.line(f"{self._printed.html.name}  {self._printed.text.name}"))
            yield Static(safe.line(_("In the directory {path}").format(path=self._printed.html.parent)))
            yield Static("")
            yield Static(safe.line(_("Run this on your own computer to fetch the page, then print it:")))
            yield Static(safe.line(self._printed.fetch))
            yield Static("")
            yield Static(safe.line(_("Delete the files when the paper is printed.")))
        yield Button(safe.line(_("Close")), id="accept", compact=True)

    @on(Button.Pressed)
    def answered(self) -> None:
        """Close."""
        self.dismiss(None)


async def print_paper(
    screen: "BaseScreen",
    what: str,
    client_id: UUID | None,
    client_language: str | None,
    make: "Callable[[str], Awaitable[Page]]",
) -> None:
    """Ask for the language beside Finnish, make the paper and write its files.

    `what` and `client_id` (None for an empty form) are for the log of use; `client_language` is offered
    first.
    """
    own = language_for(client_language)
    codes = [own, *(code for code in LANGUAGES if code != own)]
    choices = [(code, LANGUAGES[code]) for code in codes]
    chosen = await screen.ask(Choose(_("Language beside Finnish"), choices))
    if chosen is None:
        return
    printed = await files.write(
        screen.desk.db, screen.desk.settings.drop_dir, what, await make(chosen), client_id
    )
    await screen.ask(PrintedDialog(printed))
