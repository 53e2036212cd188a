"""Printing: every word from data is made safe for a terminal first."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from kotoutus_tui.i18n import _, format_date, format_datetime
from kotoutus_tui.text import visible


def say(text: object = "") -> None:
    """Print one line or paragraph of text from any source."""
    print(visible(str(text), prose=True))


def complain(sentence: str, next_step: str = "") -> None:
    """Print what went wrong and what to do next on standard error."""
    print(visible(f"{sentence} {next_step}".strip(), prose=True), file=sys.stderr)


def counting_deadlines(done: int, wanted: int) -> None:
    """Tell on standard error how far counting the deadlines of all clients has come."""
    progress(_("Counting deadlines: {done} of {wanted}"), done, wanted)


def progress(sentence: str, done: int, wanted: int) -> None:
    """Tell on standard error how far something has come; `sentence` has {done} and {wanted}."""
    end = "\n" if done == wanted or not sys.stderr.isatty() else "\r"
    print(sentence.format(done=done, wanted=wanted), end=end, file=sys.stderr)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print columns parted by two blanks, without lines, so that a screen reader reads words alone."""
    lines = [list(headings), *([_cell(value) for value in row] for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def print_json(value: Any) -> None:
    """Print JSON on one line; dates in ISO form, everything unknown as its text."""
    print(visible(json.dumps(value, ensure_ascii=False, default=_plain)))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    return visible(str(value))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _width(text: str) -> int:
    """Count the cells of a terminal that `text` fills."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
