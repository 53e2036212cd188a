"""Statistics of the guidance log: counts in which nobody can be found, and CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange import csv_files
from kotoutus_tui.guidance import log
from kotoutus_tui.guidance.log import Entry
from kotoutus_tui.i18n import _
from kotoutus_tui.privacy.small_counts import LEAST, without_small

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

SUMMARY_COLUMNS = ("from", "to", "asker", "topic", "language", "entries", "minutes")
ROW_COLUMNS = ("day", "asker", "topic", "language", "minutes", "outcome")
_OTHERS = "other"

Cell = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """Entries and minutes of an asker, a topic and a language; all three None for the small ones together.

    `entries` and `minutes` are None when even those together are fewer than five.
    """

    cell: Cell | None
    entries: int | None
    minutes: int | None


def summary(entries: Iterable[Entry]) -> Sequence[Line]:
    """Return the counts by asker, topic and language; cells under five are one line at the end."""
    counts: dict[Cell, int] = {}
    minutes: dict[Cell, int] = {}
    for each in entries:
        cell = (each.asker, each.topic, each.language)
        counts[cell] = counts.get(cell, 0) + 1
        minutes[cell] = minutes.get(cell, 0) + each.minutes
    shown, others = without_small(counts)
    lines = [Line(cell, shown[cell], minutes[cell]) for cell in sorted(shown)]
    if others is None:
        lines.append(Line(None, None, None))
    elif others:
        lines.append(Line(None, others, sum(minutes[cell] for cell in counts if cell not in shown)))
    return lines


def this_week(today: date) -> tuple[date, date]:
    """Return the days of the week that is under way, from Monday to today."""
    return today - timedelta(days=today.weekday()), today


def summary_csv(lines: Sequence[Line], first: date, last: date) -> str:
    """Return the counts as CSV parted by semicolons; small cells are one row with `other` in each column."""
    rows: list[Sequence[str]] = []
    for line in lines:
        cell = line.cell or (_OTHERS, _OTHERS, _OTHERS)
        numbers = [f"<{LEAST}" if line.entries is None else str(line.entries), str(line.minutes or "")]
        rows.append((str(first), str(last), *cell, *numbers))
    return csv_files.as_text(SUMMARY_COLUMNS, rows)


def rows_csv(entries: Iterable[Entry]) -> str:
    """Return every entry as CSV: no note, no author, no company."""
    rows = [
        (str(each.given_on), each.asker, each.topic, each.language, str(each.minutes), each.outcome)
        for each in entries
    ]
    return csv_files.as_text(ROW_COLUMNS, rows)


async def export(db: "Database", first: date, last: date, file: Path, *, rows: bool = False) -> int:
    """Write a new file with the counts of these days, or with every entry; return how many entries.

    The log of use tells how many before a byte is written. Raises InvalidInput when the days are the wrong
    way round, the file is there already or cannot be written.
    """
    if last < first:
        raise InvalidInput("last", _("The last day is before the first."))
    found = await log.between(db, first, last)
    await db.call("log_use", "export", "guidance", len(found))
    content = rows_csv(found) if rows else summary_csv(summary(found), first, last)
    csv_files.write_new(file, content)
    return len(found)
