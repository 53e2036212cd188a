"""The rows of the radar: its columns, how a deadline fills them, and where they are read from."""

from kotoutus_tui import clock
from kotoutus_tui.casework import caseload_words, radar, radar_words
from kotoutus_tui.casework.radar import RadarCounts, RadarQuery, RadarRow
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_day
from screens.widgets.paged_table import Cell, Column, Page, Row


def columns(lead: bool) -> tuple[Column, ...]:
    """Return the columns; the lead also sees whose client it is."""
    shown = (
        Column("due", _("Due"), 22, priority=10),
        Column("client", _("Client"), 14, grow=3, most=30, priority=9),
        Column("what", _("What"), 22, grow=4, most=44, priority=8),
        Column("section", _("Section"), 13, priority=6),
    )
    return (
        (*shown, Column("counsellor", _("Own counsellor"), 14, grow=1, most=24, priority=4))
        if lead
        else shown
    )


class RadarLine(Row):
    """A row that still knows what is due."""

    due: RadarRow

    def __init__(self, due: RadarRow, *, with_working_days: bool) -> None:
        super().__init__(due.key, _cells(due, with_working_days))
        object.__setattr__(self, "due", due)


def _cells(row: RadarRow, with_working_days: bool) -> tuple[Cell, ...]:
    late = row.due_on < clock.today()
    when = caseload_words.when(row.due_on)
    free = radar_words.next_working_day(row.due_on) if with_working_days and not late else None
    if free:
        when = f"{caseload_words.day_of(row.due_on)} → {format_day(free)}"
    return (
        (when, "alert") if late else when,
        (row.name, "strong"),
        radar_words.what(row),
        (radar_words.law(row.section), "plain" if row.statutory else "faint"),
        row.counsellor_name or _("nobody"),
    )


class RadarSource:
    """Reads pages of one query; `counts` has the total, read before the rows.

    Days off are known only after the first rows are drawn: to look them up takes longer than those.
    """

    def __init__(self, db: Database, query: RadarQuery) -> None:
        self.query = query
        self.counts = RadarCounts()
        self.with_working_days = False
        self._db = db

    async def count(self) -> RadarCounts:
        """Read the counts."""
        self.counts = await radar.counts(self._db, self.query)
        return self.counts

    async def fetch(self, offset: int, limit: int) -> Page[Row]:
        """Return what is due from `offset` on."""
        rows = await radar.page(self._db, self.query, offset, limit)
        lines: list[Row] = [RadarLine(row, with_working_days=self.with_working_days) for row in rows]
        return Page(lines, max(self.counts.total, offset + len(rows)))

    async def find(self, key: str) -> int | None:
        """Return the place of a row in the query."""
        return await radar.place(self._db, self.query, key)
