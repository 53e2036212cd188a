"""The rows of the caseload table: its columns and how a client fills them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload
from uuid import UUID

from kotoutus_tui.casework import caseload, caseload_words
from kotoutus_tui.casework.caseload import CaseloadRow, StatusCounts
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, pgettext
from screens import safe
from screens.widgets.paged_table import Cell, Column, Page, Row

if TYPE_CHECKING:
    from kotoutus_tui.casework.first_page import FirstPage


def columns(lead: bool) -> tuple[Column, ...]:
    """Return the columns; the lead also sees whose client it is.

    The period says more than the title of the next step, which the preview has too.
    """
    period = _("Integration period")
    interpreter = safe.width_of(_interpreter())
    shown = (
        Column("marks", "", 4, grow=1, most=7, priority=8),
        Column("name", _("Name"), 18, grow=3, most=30, priority=10),
        Column("phase", _("Phase"), 13, priority=6),
        Column("when", _("Next step"), 23, priority=9),
        Column("title", "", 16, grow=4, most=44, priority=1 if lead else 2),
        Column("contact", _("Last contact"), max(10, safe.width_of(_("Last contact"))), priority=3),
        Column("language", _("Language"), max(safe.width_of(_("Language")), interpreter + 4), priority=7),
        Column("period", period, max(11, safe.width_of(period)), priority=5),
    )
    if not lead:
        return shown
    return (*shown, Column("counsellor", _("Own counsellor"), 14, grow=1, most=24, priority=8))


def arranged(columns: Sequence[Column], chosen: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns with these ids in this order; all of them when none is chosen.

    The name is always there, and what is unknown (of another role or version) is left out.
    """
    by_id = {column.id: column for column in columns}
    kept = [by_id[each] for each in chosen if each in by_id]
    if not kept:
        return tuple(columns)
    return tuple(kept if by_id["name"] in kept else [by_id["name"], *kept])


@dataclass
class Shown:
    """The ids of the columns shown now; rows that are read already follow a change."""

    ids: tuple[str, ...] = ()


class ClientRow(Row):
    """A row that still knows its client."""

    client: CaseloadRow

    def __init__(self, client: CaseloadRow, shown: Shown) -> None:
        super().__init__(str(client.id), _Cells(cells(client), shown))
        object.__setattr__(self, "client", client)


class _Cells(Sequence[Cell]):
    """The cells of the columns that are shown."""

    def __init__(self, by_id: dict[str, Cell], shown: Shown) -> None:
        self._by_id = by_id
        self._shown = shown

    def __len__(self) -> int:
        return len(self._shown.ids)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        found = self._shown.ids[index]
        return self._by_id[found] if isinstance(found, str) else [self._by_id[each] for each in found]


def cells(client: CaseloadRow) -> dict[str, Cell]:
    """Return the cells of one client by column."""
    months = client.period_months()
    when = caseload_words.when(client.next_due)
    language = client.service_language or ""
    if client.interpreter_needed:
        language = f"{language} {_interpreter()}".strip()
    contact = caseload_words.day_of(client.last_contact_on) if client.last_contact_on else "–"
    late = client.next_due is not None and caseload.is_late(client.next_due)
    return {
        "marks": ("".join(caseload_words.mark(each) for each in client.statuses), "accent"),
        "name": (client.name, "strong"),
        "phase": caseload_words.phase_name(client.phase),
        "when": (when, "alert") if late else when,
        "title": client.next_title or "",
        "contact": (contact, "faint"),
        "language": language,
        "period": caseload_words.bar(*months) if months else "",
        "counsellor": client.counsellor_name or _("nobody"),
    }


def _interpreter() -> str:
    return pgettext("in a narrow column", "int.")


class CaseloadSource:
    """Reads pages of one query; `counts` has the total and the place of the client `at`.

    So a page is one statement, and so is everything else. What was read `ahead` is used once. `own` leaves
    out whom one sees as a deputy, unless the query asks for a counsellor.
    """

    def __init__(
        self,
        db: Database,
        query: CaseloadQuery,
        shown: Shown,
        ahead: "FirstPage | None" = None,
        *,
        own: bool = False,
    ) -> None:
        self.query = query
        self.counts: StatusCounts | None = None
        self._at: UUID | None = None
        self._db = db
        self._own = own
        self._ahead = ahead
        self._shown = shown

    async def count(self, at: UUID | None) -> StatusCounts:
        """Read the counts, before the rows are shown or read again with the cursor `at` a client."""
        ahead = self._ahead if self.counts is None else None
        if ahead is not None and (ahead.query, ahead.at) == (self.query, at):
            self.counts = ahead.counts
        else:
            self.counts, self._ahead = await caseload.counts(self._db, self.query, at, own=self._own), None
        self._at = at
        return self.counts

    async def fetch(self, offset: int, limit: int) -> Page[Row]:
        """Return the clients from `offset` on."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and (offset, limit) == (ahead.offset, caseload.PAGE):
            rows = ahead.rows
        else:
            rows = await caseload.page(self._db, self.query, offset, limit, own=self._own)
        total = self.counts.total if self.counts else 0
        return Page([ClientRow(row, self._shown) for row in rows], max(total, offset + len(rows)))

    async def find(self, key: str) -> int | None:
        """Return the place of a client in the query."""
        if self.counts is not None and key == str(self._at):
            return self.counts.place
        return (await caseload.counts(self._db, self.query, UUID(key), own=self._own)).place
