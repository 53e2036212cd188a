"""A report as a file: counts as CSV for statistics, or the text of a year's report."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kotoutus_tui import clock, private_files
from kotoutus_tui.exchange import csv_files
from kotoutus_tui.i18n import _, format_date
from kotoutus_tui.privacy.small_counts import LEAST
from kotoutus_tui.reports import words
from kotoutus_tui.reports.reading import Group, Report

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

COLUMNS = ("span", "first", "last", "report", "group", "code", "name", "count", "minutes", "days", "days_90")


def as_csv(report: Report) -> str:
    """Return every count with its code and its name; `<` is a count that is hidden."""
    return csv_files.as_text(COLUMNS, list(_rows(report)))


def as_prose(report: Report) -> str:
    """Return the report as a text to be read, in the language in use, with lines of a hundred characters."""
    span = report.span
    lines = [
        _("Report of the integration services: {span}").format(span=span.name),
        _("From {first} to {last}, written {today}").format(
            first=format_date(span.first), last=format_date(span.last), today=format_date(clock.today())
        ),
        _(
            "Counts under {least} are hidden, and so is what they could be worked out from. Do not hand out"
            " a year and its months together: what lies between them can tell of a single person."
        ).format(least=LEAST),
    ]
    if report.waits:
        lines += ["", words.waits_name()]
        lines += [
            f"  {words.wait_name(wait)}: {wait.many} · {words.wait_line(wait)}" for wait in report.waits
        ]
    for group in report.groups:
        lines += ["", f"{words.group_name(group)}: {words.total_line(group)}"]
        lines += [f"  {words.cell_name(group, c)}: {words.number(c.many)}" for c in group.counts]
    return "\r\n".join([*lines, ""])


async def export(db: "Database", report: Report, directory: Path) -> Path:
    """Write the counts into a new file of the directory and return it; raises InvalidInput when it cannot."""
    return await _write(db, report, private_files.free_name(directory, _stem(report), ".csv"), as_csv(report))


async def export_prose(db: "Database", report: Report, directory: Path) -> Path:
    """Write the text into a new file of the directory and return it; raises InvalidInput when it cannot."""
    file = private_files.free_name(directory, _stem(report), ".txt")
    return await _write(db, report, file, as_prose(report))


async def write_to(db: "Database", report: Report, file: Path) -> Path:
    """Write the counts, or with the ending .txt the text, into this new file; raises InvalidInput."""
    return await _write(db, report, file, (as_prose if file.suffix == ".txt" else as_csv)(report))


async def _write(db: "Database", report: Report, file: Path, content: str) -> Path:
    await db.call("log_use", "export", f"report {report.span.code}", len(report.groups))
    csv_files.write_new(file, content)
    return file


def _stem(report: Report) -> str:
    return f"report-{report.span.code}"


def _rows(report: Report) -> Iterator[Sequence[str]]:
    span = (report.span.code, str(report.span.first), str(report.span.last))
    for wait in report.waits:
        most = "" if wait.most is None else str(wait.most)
        yield (
            *span,
            "waits",
            "",
            wait.what,
            words.wait_name(wait),
            str(wait.many),
            "",
            str(wait.middle),
            most,
        )
    for group in report.groups:
        yield (*span, group.report, group.part, "total", _("together"), *_numbers(group.total, group), "", "")
        for count in group.counts:
            name = words.cell_name(group, count)
            minutes = _minutes(group, count.minutes)
            yield (*span, group.report, group.part, count.cell, name, _number(count.many), minutes, "", "")


def _numbers(total: int | None, group: Group) -> tuple[str, str]:
    return _number(total), _minutes(group, group.minutes)


def _number(many: int | None) -> str:
    return "<" if many is None else str(many)


def _minutes(group: Group, minutes: int | None) -> str:
    return "" if group.report != "guidance" or minutes is None else str(minutes)
