"""`kotoutus deadlines`: what is due for your clients, for all to be counted, or in cases written by hand."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.casework.deadlines import deadlines
from kotoutus_tui.casework.facts import Facts
from kotoutus_tui.casework.facts_json import CaseInput, read_cases
from kotoutus_tui.cli import output
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, ngettext

_REFUSED = 2
_LARGEST = 200_000_000  # bytes


def add_arguments(parser: ArgumentParser) -> None:
    """Add how far ahead to list, counting for all clients, and the file of cases with its day."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--days", type=int, default=90, metavar=_("N"), help=_("how many days ahead; 90 if left out")
    )
    what.add_argument(
        "--refresh", action="store_true", help=_("count all that changed, as a superuser, once a day")
    )
    what.add_argument(
        "--json",
        dest="file",
        metavar=_("FILE"),
        help=_("cases as JSON, see docs/deadlines.md; - reads standard input"),
    )
    parser.add_argument(
        "--plain", action="store_true", help=_("one line a deadline, a word before each value")
    )
    parser.add_argument(
        "--today", type=_day, metavar=_("DAY"), help=_("the day to see them from, as 2026-11-24; else today")
    )


def run(arguments: Namespace) -> int:
    """Do what the options ask; 2 when a case of the file was refused, the others are still given."""
    if arguments.refresh:
        from kotoutus_tui.casework.deadline_refresh import refresh

        counted = refresh(arguments.settings.database, output.counting_deadlines)
        output.say(
            ngettext("Counted {count} client.", "Counted {count} clients.", counted).format(count=counted)
        )
        return 0
    if arguments.file is None:
        from kotoutus_tui.cli import deadline_list

        return deadline_list.run(arguments.settings.database, arguments.days, plain=arguments.plain)
    return _work_out(arguments)


def _work_out(arguments: Namespace) -> int:
    today = arguments.today or clock.today()
    cases = read_cases(_read(arguments.file))
    output.print_json([_as_json(case.id, case.facts, today) for case in cases if case.facts is not None])
    refused = [case for case in cases if case.error]
    for case in refused:
        output.complain(_told(case))
    return _REFUSED if refused else 0


def _as_json(name: str | int, facts: Facts, today: date) -> dict[str, Any]:
    outcome = deadlines(facts, today)
    return {
        "id": name,
        "deadlines": [
            {"rule": d.rule, "section": d.section, "due": d.due, "explanation": d.explanation}
            for d in outcome.deadlines
        ],
        "period_end": outcome.period.end if outcome.period else None,
    }


def _told(case: CaseInput) -> str:
    error = case.error
    if error is None:
        return ""
    if not error.field:
        return _("Case {id}: {what}.").format(id=case.id, what=error.sentence)
    return _("Case {id}, field {field}: {what}.").format(id=case.id, field=error.field, what=error.sentence)


def _read(file: str) -> str:
    try:
        if file == "-":
            return sys.stdin.buffer.read(_LARGEST).decode("utf-8-sig")
        return Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("file", _("The file is not UTF-8 text."), _("Save it as UTF-8.")) from None
    except (OSError, ValueError):
        raise InvalidInput(
            "file", _("The file cannot be read."), _("Check its name and whether you may read it.")
        ) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("write the day as 2026-11-24")) from None
