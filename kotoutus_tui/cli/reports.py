"""`kotoutus reports`: the team's work of a month, a quarter or a year in counts."""

import asyncio
from argparse import ArgumentParser, Namespace
from pathlib import Path

from kotoutus_tui import clock
from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _
from kotoutus_tui.reports import files, reading, spans, words
from kotoutus_tui.reports.reading import Report
from kotoutus_tui.reports.spans import Span


def add_arguments(parser: ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument(
        "span",
        nargs="?",
        metavar=_("SPAN"),
        help=_("2026, 2026-Q4 or 2026-11; by default the quarter that is under way"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    parser.add_argument("--text", action="store_true", help=_("print the report as a text to be read"))
    parser.add_argument(
        "--out",
        type=Path,
        metavar=_("FILE"),
        help=_("a new file: with the ending .txt the text, else the counts as CSV"),
    )


def run(arguments: Namespace) -> int:
    """Print or write the report."""
    span = spans.parse(arguments.span) if arguments.span else spans.span_of("quarter", clock.today())
    return asyncio.run(_run(arguments, span))


async def _run(arguments: Namespace, span: Span) -> int:
    db = Database(arguments.settings.database)
    try:
        report = await reading.read(db, span)
        if arguments.out:
            file = await files.write_to(db, report, arguments.out)
            output.say(_("Written to {file}").format(file=file))
        elif arguments.json:
            output.print_json(_as_json(report))
        elif arguments.text:
            output.say(files.as_prose(report).replace("\r\n", "\n").rstrip("\n"))
        else:
            _print(report)
    finally:
        await db.close()
    return 0


def _print(report: Report) -> None:
    rows = [
        (words.waits_name(), words.wait_name(w), f"{w.many} · {words.wait_line(w)}") for w in report.waits
    ]
    for group in report.groups:
        name = words.group_name(group)
        rows.append((name, _("together"), words.total_line(group)))
        rows += [(name, words.cell_name(group, each), words.number(each.many)) for each in group.counts]
    if not rows:
        output.say(_("Nothing to count in {span}.").format(span=report.span.name))
        return
    output.print_table((_("Report"), _("Counted"), _("Number")), rows)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "span": report.span.code,
        "first": str(report.span.first),
        "last": str(report.span.last),
        "waits": [
            {"what": w.what, "count": w.many, "days": w.middle, "days_90": w.most} for w in report.waits
        ],
        "groups": [
            {
                "report": group.report,
                "group": group.part,
                "total": group.total,
                "kept_percent_at_least": group.kept,
                "counts": {each.cell: each.many for each in group.counts},
            }
            for group in report.groups
        ],
    }
