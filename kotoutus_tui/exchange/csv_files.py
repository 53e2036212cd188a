"""New CSV files for spreadsheets: parted by semicolons, no cell a formula, readable by their writer alone."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kotoutus_tui import private_files
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange.export import safe
from kotoutus_tui.i18n import _


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
