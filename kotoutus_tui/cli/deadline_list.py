"""What is due for one's own clients as plain lines or a table, for screen readers and scripts."""

import asyncio

from kotoutus_tui.casework import caseload_words, radar, radar_words
from kotoutus_tui.casework.radar import RadarQuery, RadarRow
from kotoutus_tui.cli import output
from kotoutus_tui.cli.listing import listed
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_date

_MANY = 100_000
_FARTHEST = 36_500


def run(database: str, days: int, *, plain: bool) -> int:
    """Print what is overdue or due within so many days; the listing leaves an entry in the log of use."""
    if not 0 <= days <= _FARTHEST:
        raise InvalidInput("days", _("So many days cannot be listed."), _("Choose a number from 0 to 36500."))
    query = RadarQuery(days=days)
    rows = asyncio.run(listed(database, "deadlines", lambda db: radar.page(db, query, 0, _MANY)))
    if not rows:
        output.say(_("Nothing is due."))
    elif plain:
        for row in rows:
            output.say(_plain_line(row))
    else:
        headings = (_("Due"), _("Client"), _("What"), _("Section"), _("Own counsellor"))
        output.print_table(headings, [_cells(row) for row in rows])
    return 0


def _cells(row: RadarRow) -> tuple[object, ...]:
    due = caseload_words.when(row.due_on)
    return due, row.name, radar_words.what(row), row.section, row.counsellor_name


def _plain_line(row: RadarRow) -> str:
    parts = [
        (_("Due"), caseload_words.when(row.due_on)),
        (_("What"), radar_words.what(row)),
        (_("Section"), row.section),
        (_("Next working day"), _free(row)),
        (_("Own counsellor"), row.counsellor_name or ""),
    ]
    return "; ".join([row.name, *(f"{word}: {value}" for word, value in parts if value)])


def _free(row: RadarRow) -> str:
    day = radar_words.next_working_day(row.due_on)
    return format_date(day) if day else ""
