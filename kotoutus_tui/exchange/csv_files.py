"""New CSV files for spreadsheets: parted by semicolons, no cell a formula, readable by their writer alone."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kotoutus_tui import clock, private_files
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange.export import safe
from kotoutus_tui.i18n import _

_MOST_FILES = 1000  # a day


def as_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows under their headings as CSV."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return written.getvalue()


def write_new(file: Path, content: str) -> None:
    """Write a new file; raises InvalidInput when it is there or cannot be written."""
    try:
        # Spreadsheets read the text as UTF-8 only with the mark at its beginning.
        private_files.create(file, "\ufeff" + content)
    except FileExistsError:
        raise InvalidInput("file", _("There is such a file already."), _("Choose another name.")) from None
    except OSError:
        raise InvalidInput(
            "file", _("The file cannot be written."), _("Check the setting “drop_dir”.")
        ) from None


def free_name(directory: Path, name: str) -> Path:
    """Return a file of the directory that is not there yet: name-2026-11-24.csv, name-2026-11-24-2.csv."""
    stem = f"{name}-{clock.today()}"
    for number in range(1, _MOST_FILES):
        file = directory / (f"{stem}-{number}.csv" if number > 1 else f"{stem}.csv")
        if not file.exists():
            return file
    raise InvalidInput("file", _("The file cannot be written."), _("Check the setting “drop_dir”."))
