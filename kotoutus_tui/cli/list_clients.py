"""`kotoutus list`: the caseload as plain lines or JSON, for screen readers and scripts."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from kotoutus_tui.casework import caseload, caseload_words
from kotoutus_tui.casework.caseload import CaseloadRow
from kotoutus_tui.casework.caseload_query import parse
from kotoutus_tui.cli import output
from kotoutus_tui.cli.listing import listed
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_date
from kotoutus_tui.privacy.access import who_am_i

_MANY = 100_000


def add_arguments(parser: ArgumentParser) -> None:
    """Add the query and the form of the output."""
    parser.add_argument(
        "query",
        nargs="*",
        metavar=_("QUERY"),
        help=_("for example: phase:plan language:ar due<14 interpreter:yes new sort:name"),
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--plain", action="store_true", help=_("one line a client, a word before each value"))
    forms.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Print the clients the query finds; the listing leaves an entry in the log of use."""
    query = parse(" ".join(arguments.query))

    async def read(db: Database) -> Sequence[CaseloadRow]:
        me = await who_am_i(db)
        return await caseload.page(db, query, 0, _MANY, own=not me.is_lead)

    rows = asyncio.run(listed(arguments.settings.database, "caseload", read))
    if arguments.json:
        output.print_json([_as_json(row) for row in rows])
    elif not rows:
        output.say(_("No clients."))
    elif arguments.plain:
        for row in rows:
            output.say(_plain_line(row))
    else:
        headings = (_("Name"), _("Phase"), _("Next step"), _("Last contact"), _("Language"), _("Marks"))
        output.print_table(headings, [_cells(row) for row in rows])
    return 0


def _statuses(row: CaseloadRow) -> str:
    return ", ".join(caseload_words.status_name(each) for each in row.statuses)


def _next(row: CaseloadRow) -> str:
    return " ".join(part for part in (caseload_words.when(row.next_due), row.next_title) if part)


def _language(row: CaseloadRow) -> str:
    interpreter = _("interpreter") if row.interpreter_needed else ""
    return " ".join(part for part in (row.service_language, interpreter) if part)


def _cells(row: CaseloadRow) -> tuple[object, ...]:
    phase = caseload_words.phase_name(row.phase)
    return row.name, phase, _next(row), row.last_contact_on, _language(row), _statuses(row)


def _plain_line(row: CaseloadRow) -> str:
    months = row.period_months()
    parts = [
        (_("Phase"), caseload_words.phase_name(row.phase)),
        (_("Next step"), _next(row)),
        (_("Last contact"), format_date(row.last_contact_on) if row.last_contact_on else ""),
        (_("Language"), _language(row)),
        (_("Integration period"), _("{gone} of {total} months").format(gone=months[0], total=months[1]))
        if months
        else ("", ""),
        (_("Marks"), _statuses(row)),
    ]
    return "; ".join([row.name, *(f"{word}: {value}" for word, value in parts if value)])


def _as_json(row: CaseloadRow) -> dict[str, object]:
    months = row.period_months()
    return {
        "id": str(row.id),
        "name": row.name,
        "phase": row.phase,
        "own_counsellor": row.own_counsellor,
        "next_due": row.next_due,
        "next_step": row.next_title,
        "last_contact_on": row.last_contact_on,
        "language": row.service_language,
        "interpreter_needed": row.interpreter_needed,
        "period_months": list(months) if months else None,
        "statuses": row.statuses,
    }
