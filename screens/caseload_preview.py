"""The preview beside the caseload: who, what is next, the latest events without their content."""

from collections.abc import Sequence

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from kotoutus_tui.casework import caseload, caseload_words
from kotoutus_tui.casework.caseload import CaseloadRow, Glimpse
from kotoutus_tui.i18n import _, format_date
from screens import safe
from screens.caseload_rows import ClientRow
from screens.frame_screen import FrameScreen
from screens.widgets.paged_table import PagedTable

_FAINT = "$text-muted"
_CALM = 0.15  # seconds the cursor rests before the preview is read


class Preview(Static):
    """Follows the cursor of a table of clients while there is room for it."""

    def __init__(self, table: PagedTable, *, id: str) -> None:  # noqa: A002 (Textual's word)
        super().__init__("", id=id, markup=False)
        self._table = table
        self._timer: Timer | None = None

    def follow(self) -> None:
        """Show the client under the cursor once it rests."""
        if self._timer is not None:
            self._timer.stop()
        if self.display:
            self._timer = self.set_timer(_CALM, self._begin)

    def _begin(self) -> None:
        screen = self.screen
        if isinstance(screen, FrameScreen):
            screen.do(self._show(screen))

    async def _show(self, screen: FrameScreen[object]) -> None:
        row = self._table.cursor_row
        if not isinstance(row, ClientRow):
            self.update("")
            return
        glimpses = await caseload.glance(screen.desk.db, [row.client.id])
        new = drawn(row.client, glimpses)
        same = isinstance(self.content, Content) and new.is_same(self.content)
        if self._table.cursor_key == row.key and not same:
            self.update(new, layout=False)


def drawn(client: CaseloadRow, glimpses: Sequence[Glimpse]) -> Content:
    """Return the preview of a client."""
    parts: list[tuple[str, str]] = [(safe.plain(client.name), "bold")]
    parts.append((f"\n{caseload_words.phase_name(client.phase)}", ""))
    parts += [(f"\n{caseload_words.status_name(each)}", "$accent") for each in client.statuses]
    parts += _next_step(client)
    if months := client.period_months():
        parts += _titled(_("Integration period"), caseload_words.bar(*months, width=10))
        if client.period_end:
            ends = _("ends {date}").format(date=format_date(client.period_end))
            parts.append((f"\n{ends}", _FAINT))
    contact = caseload_words.day_of(client.last_contact_on) if client.last_contact_on else "–"
    parts += _titled(_("Last contact"), contact)
    latest = _("Latest events")
    parts.append((f"\n\n{latest}", _FAINT))
    for each in glimpses:
        day = caseload_words.day_of(caseload.local_day(each.occurred_at))
        parts.append((f"\n{day}  {caseload_words.event_name(each.kind)}", ""))
    if not glimpses:
        parts.append(("\n–", ""))
    return Content.assemble(*parts)


def _next_step(client: CaseloadRow) -> list[tuple[str, str]]:
    if client.next_due is None:
        return []
    late = caseload.is_late(client.next_due)
    parts = _titled(_("Next step"), caseload_words.when(client.next_due), "$error bold" if late else "")
    if client.next_title:
        parts.append((f"\n{safe.plain(client.next_title)}", ""))
    return parts


def _titled(title: str, text: str, style: str = "") -> list[tuple[str, str]]:
    return [(f"\n\n{title}", _FAINT), (f"\n{text}", style)]
