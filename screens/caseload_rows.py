"""The rows of the caseload table: its columns and how a client fills them."""

from uuid import UUID

from kotoutus_tui.casework import caseload, caseload_words
from kotoutus_tui.casework.caseload import CaseloadRow, StatusCounts
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_day
from screens.widgets.paged_table import Cell, Column, Page, Row


def columns(lead: bool) -> tuple[Column, ...]:
    """Return the columns; the lead also sees whose client it is."""
    shown = (
        Column("marks", "", 3, priority=8),
        Column("name", _("Name"), 18, grow=3, most=30, priority=10),
        Column("phase", _("Phase"), 13, priority=6),
        Column("when", _("Next step"), 20, priority=9),
        Column("title", "", 14, grow=4, most=44, priority=2 if lead else 5),
        Column("contact", _("Last contact"), 13, priority=4),
        Column("language", _("Language"), 9, priority=7),
        Column("period", _("Integration period"), 18, priority=3),
    )
    return (
        (*shown, Column("counsellor", _("Own counsellor"), 16, grow=1, most=24, priority=6))
        if lead
        else shown
    )


class ClientRow(Row):
    """A row that still knows its client."""

    def __init__(self, client: CaseloadRow) -> None:
        super().__init__(str(client.id), cells(client))
        object.__setattr__(self, "client", client)

    client: CaseloadRow


def cells(client: CaseloadRow) -> tuple[Cell, ...]:
    """Return the cells of one client, one for every column."""
    months = client.period_months()
    when = caseload_words.when(client.next_due)
    language = client.service_language or ""
    late = "late" if client.next_due and caseload.is_late(client.next_due) else ""
    return (
        ("".join(caseload_words.mark(each) for each in client.statuses), "accent"),
        (client.name, "strong"),
        caseload_words.phase_name(client.phase),
        (when, "alert") if late else when,
        client.next_title or "",
        (format_day(client.last_contact_on) if client.last_contact_on else "–", "faint"),
        f"{language} {_('int.')}".strip() if client.interpreter_needed else language,
        caseload_words.bar(*months) if months else "",
        client.counsellor_name or _("nobody"),
    )


class CaseloadSource:
    """Reads pages of one query; the total comes with the counts, so that a page is one statement."""

    def __init__(self, db: Database, query: CaseloadQuery, counts: StatusCounts) -> None:
        self.query = query
        self.counts = counts
        self._db = db

    async def fetch(self, offset: int, limit: int) -> Page[Row]:
        """Return the clients from `offset` on."""
        rows = await caseload.page(self._db, self.query, offset, limit)
        return Page([ClientRow(row) for row in rows], max(self.counts.total, offset + len(rows)))

    async def find(self, key: str) -> int | None:
        """Return the place of a client in the query."""
        return await caseload.position(self._db, self.query, UUID(key))
