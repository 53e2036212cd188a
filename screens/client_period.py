"""The integration period of one client and what moves it; studies, circumstances, documents, authority."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.casework import authority, records
from kotoutus_tui.casework.authority import Item
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.period_reading import Dossier, ItemRow, dossier
from kotoutus_tui.errors import gone
from kotoutus_tui.i18n import _
from screens import keys, period_rows
from screens.client_forms import Choose
from screens.client_part import ClientPartScreen
from screens.details_forms import reason_form
from screens.period_editing import PeriodEditor, row_of
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

if TYPE_CHECKING:
    pass


class ClientPeriodScreen(ClientPartScreen):
    """Shows the client that `opening` keeps open."""

    BINDINGS = keys.bindings("period")
    LISTENS = frozenset({
        "client", "client_detail", "client_language", "client_status", "client_document", "plan",
        "interruption", "extension", "study", "authority_change", "handover_item",
    })  # fmt: skip

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__(client_id, opening)
        self.found: Dossier | None = None
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=period_rows.LEFT, id="period")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command fits the row under the cursor."""
        key = self.query_one(EventList).cursor_key or ""
        if action == "remove":
            return row_of(key) is not None
        if action == "done":
            return key.startswith("item:")
        return self.found is not None or action in ("next_section", "previous_section")

    @property
    def must(self) -> Dossier:
        """What was read; raises NotFound before that."""
        if self.found is None:
            raise gone()
        return self.found

    async def read(self) -> None:
        """Read the dossier."""
        self.found = found = await dossier(self.desk.db, self.client_id)
        self.heading = _("Period and circumstances")
        self.whose = found.own_counsellor or ""
        self._draw(period_rows.rows(found))

    def forget(self) -> None:
        """Show nothing."""
        self.found = None
        self._draw([])

    def item(self, name: str) -> tuple[UUID, Item, ItemRow | None]:
        """Return change, line and mark of a line of the checklist by the rest of its key."""
        change_id, _slash, code = name.partition("/")
        change = next(each for each in self.must.changes if str(each.id) == change_id)
        item, row = next(
            (item, row) for item, row in authority.marked(change, self.must.items) if item.code == code
        )
        return change.id, item, row

    def _draw(self, rows: list[Entry]) -> None:
        self._source.rows = rows
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#period")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#period")
    def opened(self, event: EventList.Opened) -> None:
        """Change what stands under the cursor."""
        self.do(self._edit(event.key))

    async def _edit(self, key: str) -> None:
        await self.opening.renew()
        if await PeriodEditor(self).edit(key):
            self.done(_("Saved."))

    def action_add(self) -> None:
        """Ask what is added, then for it."""
        self.do(self._add())

    async def _add(self) -> None:
        choices = [
            ("interruption", _("Interruption")), ("extension", _("Extension")), ("study", _("Study")),
            ("document", _("Document")), ("change", _("Change of the responsible authority")),
        ]  # fmt: skip
        if chosen := await self.ask(Choose(_("Add"), choices)):
            await self._edit(f"add:{chosen}")

    def action_done(self) -> None:
        """Mark the line of the checklist as done today, or as open again."""
        self.do(self._mark(self.row[1]))

    async def _mark(self, name: str) -> None:
        await self.opening.renew()
        change, item, row = self.item(name)
        day = None if authority.settled(row) else clock.today()
        await authority.mark(
            self.desk.db, self.client_id, change, item.code, row,
            done_on=day, not_applicable_reason=None, operation_id=uuid4(),
        )  # fmt: skip
        self.done(_("Saved."))

    def action_remove(self) -> None:
        """Ask why what stands under the cursor is removed, and remove it."""
        if row := row_of(self.query_one(EventList).cursor_key or ""):
            self.do(self._remove(*row))

    async def _remove(self, table: str, row_id: UUID) -> None:
        await self.opening.renew()

        async def remove(values: Values) -> None:
            await records.remove(
                self.desk.db, self.client_id, table, row_id, values["reason"], operation_id=uuid4()
            )

        if await self.ask(reason_form(_("Why is it removed?"), remove, _("Remove"))):
            self.done(_("Removed. {key} undoes it.").format(key="u"))

    def action_next_section(self) -> None:
        """Go to the first row of the next part."""
        self._go(1)

    def action_previous_section(self) -> None:
        """Go to the first row of this part, or of the one before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        rows, listed = self._source.rows, self.query_one(EventList)
        starts = [at for at, row in enumerate(rows) if at == 0 or rows[at - 1].group != row.group]
        if step > 0:
            listed.move_to(next((at for at in starts if at > listed.cursor), len(rows) - 1))
        else:
            listed.move_to(max((at for at in starts if at < listed.cursor), default=0))
