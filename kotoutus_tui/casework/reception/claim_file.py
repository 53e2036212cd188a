"""The list of claims as a file for a spreadsheet: by client numbers, with names only when asked for."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kotoutus_tui import clock, private_files
from kotoutus_tui.casework.reception.claims import Claim
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange.export import safe
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

COLUMNS = ("client_number", "year", "claim_by", "section", "period_start", "period_end")
_MOST_FILES = 100  # a day


def as_csv(claims: Sequence[Claim], *, names: bool = False) -> str:
    """Return CSV parted by semicolons in which no cell is a formula.

    A client without a number has the program's own key instead. With `names` the names are the last column.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow((*COLUMNS, *(("name",) if names else ())))
    for claim in claims:
        cells = [
            claim.number or str(claim.client_id), str(claim.year), str(claim.due_on), claim.section,
            str(claim.period_start or ""), str(claim.period_end or ""),
        ]  # fmt: skip
        writer.writerow([safe(cell) for cell in (*cells, *((claim.name,) if names else ()))])
    return written.getvalue()


async def write_file(
    db: "Database", directory: Path, claims: Sequence[Claim], *, names: bool = False
) -> Path:
    """Write the claims into a new file of the directory for exports, readable by this person alone.

    The log of use tells how many before a byte is written. Raises InvalidInput when it cannot be written.
    """
    await db.call("log_use", "export", "compensation", len(claims))
    return _write(directory, as_csv(claims, names=names))


def _write(directory: Path, content: str) -> Path:
    try:
        for number in range(1, _MOST_FILES + 1):
            suffix = f"-{number}" if number > 1 else ""
            file = directory / f"compensation-{clock.today()}{suffix}.csv"
            with suppress(FileExistsError):
                # Spreadsheets read the text as UTF-8 only with the mark at its beginning.
                private_files.create(file, "\ufeff" + content)
                return file
    except OSError:
        pass
    raise InvalidInput("file", _("The file cannot be written."), _("Check the setting “drop_dir”."))
