"""Printing a paper from a screen: the choice of language, and where the files are."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework.prints import files
from kotoutus_tui.casework.prints.headings import LANGUAGES, language_for
from kotoutus_tui.i18n import _
from screens.client_forms import Choose
from screens.fetch_dialog import FetchDialog

if TYPE_CHECKING:
    from kotoutus_tui.casework.prints.page import Page
    from screens.base import BaseScreen


class PrintedDialog(FetchDialog):
    """Tells where the files are and how to fetch them to one's own computer."""

    def __init__(self, printed: files.Printed) -> None:
        super().__init__(
            _("The paper is ready."),
            [
                _("Page for a browser, and the same as text:"),
                f"{printed.html.name}  {printed.text.name}",
                _("In the directory {path}").format(path=printed.html.parent),
            ],
            printed.fetch,
            [_("Delete the files when the paper is printed.")],
            how=_("Run this on your own computer to fetch the page, then print it:"),
        )


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
