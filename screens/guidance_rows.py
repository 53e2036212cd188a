"""The rows of the guidance log, grouped by day."""

from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.guidance import log, words
from kotoutus_tui.guidance.log import Entry as LogEntry
from kotoutus_tui.guidance.log import Scope
from kotoutus_tui.i18n import format_day, language_name
from screens.widgets.event_list import Entry, Page

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

LEFT_WIDTH = 20


class LogRows:
    """The entries of a scope, read as they are looked at; `known` holds those that were."""

    def __init__(self, db: "Database", scope: Scope, company_id: UUID | None = None) -> None:
        self._db, self._company = db, company_id
        self._scope: Scope = scope
        self.known: dict[str, LogEntry] = {}

    async def fetch(self, offset: int, limit: int) -> Page[Entry]:
        """Return the rows from `offset` on."""
        found, many = await log.entries(self._db, self._scope, offset, limit, self._company)
        self.known |= {str(each.id): each for each in found}
        return Page([_row(each, self._scope) for each in found], many)

    async def find(self, key: str) -> int | None:
        """Return the place of a row."""
        return await log.position(self._db, self._scope, UUID(key), self._company)


def _row(entry: LogEntry, scope: Scope) -> Entry:
    heading = " · ".join((
        f"{format_day(entry.given_on)}{entry.given_on.year}",
        words.many_entries(entry.day_entries),
        words.duration(entry.day_minutes),
    ))  # fmt: skip
    asker = words.asker_name(entry.asker)
    right = f"{language_name(entry.language)} · {words.duration(entry.minutes)}"
    told = [
        entry.company or "",
        words.outcome_name(entry.outcome) if entry.outcome != "answered" else "",
        entry.author if scope == "team" else "",
    ]
    note = " · ".join(part for part in told if part)
    return Entry(
        str(entry.id), heading, asker, (words.topic_name(entry.topic), "plain"), right=right,
        body=entry.note or "", notes=[note] if note else [],
    )  # fmt: skip
