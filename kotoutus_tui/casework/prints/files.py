"""Puts a paper into the directory for exports: its maker alone can read it, its name tells nothing."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import private_files
from kotoutus_tui.casework.prints.html import as_html
from kotoutus_tui.casework.prints.page import Page
from kotoutus_tui.casework.prints.text import as_text
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.fetching import fetch_command
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Printed:
    """The two files of a paper: for a browser, and as plain text."""

    html: Path
    text: Path

    @property
    def fetch(self) -> str:
        """The command that fetches the page, to be run on one's own computer."""
        return fetch_command(self.html)


async def write(
    db: "Database", directory: Path, what: str, page: Page, client_id: UUID | None = None
) -> Printed:
    """Note in the log of use that `what` (`plan`, `interview`) is printed, and write the files after that.

    `client_id` is the open client whom the paper is about; None for an empty form. Raises NotAllowed when
    the client is not open, InvalidInput when the directory cannot be written.
    """
    # Committed by itself: a paper without its entry in the log must not come to be.
    if client_id is None:
        await db.call("log_use", "print", what, 1)
    else:
        await db.call("log_print", client_id, what)
    name = f"kotoutus-{secrets.token_hex(4)}"
    printed = Printed(directory / f"{name}.html", directory / f"{name}.txt")
    try:
        private_files.create(printed.html, as_html(page))
        # Windows reads the text as UTF-8 only with the mark at its beginning.
        private_files.create(printed.text, "\ufeff" + as_text(page))
    except OSError:
        raise InvalidInput("", _("The file cannot be written."), _("Check the setting “drop_dir”.")) from None
    return printed
