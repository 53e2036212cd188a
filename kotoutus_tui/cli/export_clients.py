"""`kotoutus export`: one's list of clients as CSV, on standard output or as a file in the drop directory."""

import asyncio
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange import export
from kotoutus_tui.i18n import _, ngettext
from kotoutus_tui.text import visible

_NAME = re.compile(r"[\w][\w.-]{0,99}")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the name of the file."""
    parser.add_argument(
        "file", nargs="?", metavar=_("FILE"), help=_("name of a new file in the directory for exports")
    )


def run(arguments: Namespace) -> int:
    """Write the list; it leaves an entry in the log of use."""
    place = _place(arguments.settings.drop_dir, arguments.file) if arguments.file else None
    rows = asyncio.run(_read(arguments.settings.database))
    content = export.as_csv(rows)
    if place is None:
        sys.stdout.write("".join(visible(line) + "\n" for line in content.splitlines()))
        return 0
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            file.write(content)
    except FileExistsError:
        raise _taken() from None
    except OSError:
        raise InvalidInput(
            "file", _("The file cannot be written."), _("Check the setting “drop_dir”.")
        ) from None
    many = len(rows)
    output.say(ngettext("{count} client written to {file}", "{count} clients written to {file}", many).format(
        count=many, file=place))  # fmt: skip
    return 0


def _place(directory: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            "file",
            _("Write the name of a file alone, without directories."),
            _("Exports go to {directory}.").format(directory=directory),
        )
    if (directory / name).exists():
        raise _taken()
    return directory / name


def _taken() -> InvalidInput:
    return InvalidInput("file", _("There is such a file already."), _("Choose another name."))


async def _read(database: str) -> Sequence[Sequence[str]]:
    db = Database(database)
    try:
        return await export.read(db)
    finally:
        await db.close()
