"""A file of busy hours for a web server, under a secret name; off unless a directory is set.

Nothing but "Busy" is in it. It is always replaced as a whole, so what was cancelled vanishes.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kotoutus_tui import clock, private_files
from kotoutus_tui.calendar import ics
from kotoutus_tui.calendar.reading import read
from kotoutus_tui.errors import InvalidInput, SetupError
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_BACK, _AHEAD = timedelta(weeks=4), timedelta(weeks=26)
_SECRET_LENGTH = 32  # bytes


async def write(
    db: "Database", directory: Path | None, state_dir: Path, *, new_name: bool = False
) -> tuple[Path, int]:
    """Write one's busy hours and return the file and how many there are; without any the file is taken away.

    `new_name` gives the file another secret name, so that who knew the old one sees no more. Raises
    SetupError when the feed is off, InvalidInput when it cannot be written.
    """
    from models.appointment import CalendarExport

    folder = _on(directory)
    if new_name:
        remove(directory, state_dir)
    today = clock.today()
    from_on, to_on = today - _BACK, today + _AHEAD
    entries = await read(db, from_on, to_on)
    content, count = ics.as_ics(entries, "busy", name=_("Busy"))
    file = folder / _name(state_dir)
    try:
        if not count:
            file.unlink(missing_ok=True)
            return file, 0
        await db.call("log_use", "export", "calendar", count)
        async with db.writing(uuid4(), "calendar.feed") as session:
            session.add(
                CalendarExport(
                    route="feed", template="busy", from_on=from_on, to_on=to_on, appointments=count
                )
            )
        private_files.replace(file, content.decode("utf-8"))
        # The web server reads it as another user; who may list the directory is up to the site.
        file.chmod(0o644)
    except OSError:
        raise InvalidInput(
            "feed_dir", _("The file cannot be written."), _("Check the setting “feed_dir”.")
        ) from None
    return file, count


def remove(directory: Path | None, state_dir: Path) -> None:
    """Take the file away and forget its name; raises SetupError when the feed is off."""
    file = _on(directory) / _name(state_dir)
    file.unlink(missing_ok=True)
    _secret_file(state_dir).unlink(missing_ok=True)


def _on(directory: Path | None) -> Path:
    if directory is None:
        raise SetupError(
            _("The busy feed is off."),
            _("An administrator turns it on with the setting “feed_dir”, a directory of the web server."),
        )
    if not os.access(directory, os.W_OK):
        raise InvalidInput("feed_dir", _("The file cannot be written."), _("Check the setting “feed_dir”."))
    return directory


def _name(state_dir: Path) -> str:
    file = _secret_file(state_dir)
    try:
        secret = file.read_text("utf-8")
    except FileNotFoundError:
        secret = secrets.token_urlsafe(_SECRET_LENGTH)
        private_files.replace(file, secret)
    return f"{secret}.ics"


def _secret_file(state_dir: Path) -> Path:
    return state_dir / "feed-name"
