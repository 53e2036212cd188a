"""The caseload: who needs what next."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from kotoutus_tui import log
from kotoutus_tui.casework import caseload, caseload_memory, caseload_words
from kotoutus_tui.casework.caseload_query import SORTS, STATUSES, CaseloadQuery, parse, write
from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.base import BaseScreen
from screens.caseload_preview import Preview
from screens.caseload_rows import CaseloadSource, Shown, arranged, columns
from screens.caseload_whose import Whose
from screens.widgets.paged_table import PagedTable
from screens.widgets.status_strip import StatusStrip

if TYPE_CHECKING:
    from kotoutus_tui.live import Change

_PREVIEW_FROM = 120  # columns


class CaseloadScreen(BaseScreen):
    """The clients of this person (of the lead: all), filtered, sorted and kept up to date."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS = keys.bindings("caseload")
    AUTO_FOCUS = "#clients"
    LISTENS = frozenset({"client", "task", "event", "assignment", "deputy"})

    def __init__(self) -> None:
        super().__init__()
        self._query = CaseloadQuery()
        self._lead = False
        self._chosen_columns: tuple[str, ...] = ()
        self._shown = Shown()
        self._to_log = False
        self._start: UUID | None = None
        self._source: CaseloadSource | None = None
        self._whose = Whose()

    def compose_body(self) -> ComposeResult:
        """Strip, filter line, table and preview."""
        yield StatusStrip(id="strip")
        yield Static("", id="shown-query", markup=False)
        yield Input(id="query", compact=True)
        with Horizontal(id="grid"):
            table = PagedTable(columns(lead=False), empty=_("No clients."), id="clients")
            yield table
            yield Preview(table, id="preview")

    def on_mount(self) -> None:
        """Begin where the last session ended."""
        place = caseload_memory.recall(self.desk.settings.state_dir)
        self._query = caseload_memory.query_of(place)
        self._start = place.client_id
        self._chosen_columns = place.columns

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only the lead moves clients, only a deputy has those of others."""
        if action == "deputy":
            return bool(self._whose.stands_in)
        return action not in ("move", "undo_move") or self._lead

    def concerns(self, change: "Change") -> bool:
        """Only changes of clients this person has: a large team would read its lists again all day."""
        return self._whose.concerns(change) and super().concerns(change)

    async def load(self) -> None:
        """Read the counts and show the rows of the query."""
        self._lead = self.desk.me.is_lead
        self.heading = _("Caseload")
        self.whose = _("team") if self._lead else self._whose.words(self._query)
        table = self.query_one(PagedTable)
        at = UUID(table.cursor_key) if table.cursor_key else self._start
        if self._source is not None and self._source.query == self._query:
            self._show_strip(await self._source.count(at))
            table.reload()
            await self._read_whose()
            return
        if self._source is None:
            self._show_columns(self._chosen_columns)
            self.refresh_bindings()
        elif replace(self._source.query, sort=self._query.sort) != self._query:
            # What another filter hides must not be moved unseen.
            table.select(frozenset())
        source = CaseloadSource(
            self.desk.db, self._query, self._shown, self.desk.first_page, own=not self._lead
        )
        self.desk.first_page = None
        self._show_strip(await source.count(at))
        self._source = source
        self._to_log = True
        filtered = replace(self._query, sort="next") != CaseloadQuery()
        table.empty = _("No clients with this filter.") if filtered else _("No clients.")
        table.show(source, str(at) if at else None)

    async def _read_whose(self) -> None:
        if not self._lead and await self._whose.read(self.desk.db, stands_in=self.desk.me.stands_in):
            self.whose = self._whose.words(self._query)
            self.refresh_bindings()

    async def before_leaving(self) -> None:
        """Keep the place for the next session."""
        self._remember()

    # Commands

    def action_new_client(self) -> None:
        """Search, then make a new client, and open it."""
        self.do(self._new_client())

    def action_begin(self, what: str) -> None:
        """Open the client and begin with a contact, an appointment, a task or a referral."""
        if (key := self.query_one(PagedTable).cursor_key) is not None:
            self._open(UUID(key), what)

    def action_move(self) -> None:
        """Move the selected clients, or the one under the cursor."""
        self.do(self._move())

    def action_undo_move(self) -> None:
        """Give the clients of the last move back."""
        self.do(self._undo_move())

    def action_next_status(self) -> None:
        """Filter by the next status of the strip."""
        self._step_status(1)

    def action_previous_status(self) -> None:
        """Filter by the status before."""
        self._step_status(-1)

    def action_sort(self) -> None:
        """Sort by the next key."""
        following = SORTS[(SORTS.index(self._query.sort) + 1) % len(SORTS)]
        self._use(replace(self._query, sort=following))

    def action_filter(self) -> None:
        """Write the filter as one line."""
        field = self.query_one("#query", Input)
        field.value = write(self._query)
        self._edit_query(True)
        field.focus()

    def action_show_all(self) -> None:
        """Take every filter off."""
        self._use(CaseloadQuery(sort=self._query.sort))

    def action_views(self) -> None:
        """Choose a saved view."""
        self.do(self._views())

    def action_save_view(self) -> None:
        """Save the filter and the order under a name."""
        self.do(self._save_view())

    def action_columns(self) -> None:
        """Choose which columns are shown, and in which order."""
        self.do(self._choose_columns())

    def action_deputy(self) -> None:
        """Show the clients of the next one whom this person stands in for, or one's own again."""
        self._use(self._whose.following(self._query))

    def action_only(self, status: str) -> None:
        """Filter by one status, or take that filter off."""
        on = self._query.statuses != frozenset({status})
        self._use(self._query.with_status(status if on else None))

    def action_weight(self) -> None:
        """Set the weight of the client under the cursor."""
        if (key := self.query_one(PagedTable).cursor_key) is not None:
            self.do(self._weigh(UUID(key)))

    async def _new_client(self) -> None:
        from screens.new_client import new_client

        client_id = await new_client(self)
        if client_id is not None:
            self._open(client_id)

    async def _move(self) -> None:
        from screens.move_clients import move_clients

        table = self.query_one(PagedTable)
        chosen = table.selected or ({table.cursor_key} if table.cursor_key else frozenset[str]())
        if await move_clients(self, [UUID(key) for key in chosen]):
            table.select(frozenset())
            self.go_stale()

    async def _undo_move(self) -> None:
        from screens.move_clients import undo_move

        if await undo_move(self):
            self.go_stale()

    async def _weigh(self, client_id: UUID) -> None:
        from screens.weight_form import set_weight

        if await set_weight(self, client_id):
            self.say(_("Saved."))

    async def _views(self) -> None:
        from screens.view_dialogs import choose_view

        query = await choose_view(self)
        if query is not None:
            self._use(query)

    async def _save_view(self) -> None:
        from screens.view_dialogs import save_view

        await save_view(self, self._query)

    async def _choose_columns(self) -> None:
        from screens.column_dialog import ChooseColumns

        chosen = await self.ask(ChooseColumns(columns(self._lead), self._shown.ids))
        if chosen is not None:
            self._show_columns(chosen)
            self._remember()

    # Events

    @on(Input.Submitted, "#query")
    def query_entered(self, event: Input.Submitted) -> None:
        """Use the line; what is not understood is told and stays to be corrected."""
        event.stop()
        query = parse(event.value)
        self._edit_query(False)
        self.say("")
        self._use(query)

    def on_key(self, event: events.Key) -> None:
        """Esc in the filter line leaves the filter as it was."""
        if event.key == "escape" and self.query_one("#query", Input).has_focus:
            event.stop()
            event.prevent_default()
            self._edit_query(False)

    @on(PagedTable.Opened, "#clients")
    def client_opened(self, event: PagedTable.Opened) -> None:
        """Open the client's timeline."""
        self._open(UUID(event.key))

    @on(PagedTable.Moved, "#clients")
    @on(PagedTable.Loaded, "#clients")
    def client_moved(self) -> None:
        """Show the preview once the cursor rests."""
        self.query_one(Preview).follow()

    @on(PagedTable.Loaded, "#clients")
    def rows_shown(self) -> None:
        """Leave an entry in the log of use, once for each filter and after its first rows are there."""
        if self._to_log:
            self._to_log = False
            self.do(self._log(self.query_one(PagedTable).total or 0))

    async def _log(self, total: int) -> None:
        await self.desk.db.call("log_use", "list", "caseload", total)
        if self.desk.me.stands_in:
            await self._read_whose()

    def on_resize(self, event: events.Resize) -> None:
        """Show the preview where there is room for it."""
        super().on_resize(event)
        self.query_one(Preview).set_class(event.size.width >= _PREVIEW_FROM, "-shown")
        self.client_moved()

    # Drawing

    def _show_strip(self, counts: caseload.StatusCounts) -> None:
        chosen = self._chosen_status()
        items = [(caseload_words.status_name(each), counts.of(each)) for each in STATUSES]
        found = counts.total
        self.query_one(StatusStrip).show([(_("shown"), found), *items], chosen)
        line = write(self._query)
        shown = self.query_one("#shown-query", Static)
        shown.update(safe.line(_("Filter: {query}").format(query=line) if line else ""))
        shown.set_class(not line, "-hidden")

    def _edit_query(self, editing: bool) -> None:
        self.query_one("#query").set_class(editing, "-editing")
        self.editing = editing
        if not editing:
            self.query_one(PagedTable).focus()

    # State

    def _open(self, client_id: UUID, begin: str = "") -> None:
        from screens.client_timeline import ClientTimelineScreen

        self._remember()
        self.frame.push_screen(ClientTimelineScreen(client_id, begin))

    def _show_columns(self, chosen: tuple[str, ...]) -> None:
        self._chosen_columns = chosen
        shown = arranged(columns(self._lead), chosen)
        self._shown.ids = tuple(column.id for column in shown)
        self.query_one(PagedTable).set_columns(shown)

    def _chosen_status(self) -> int:
        chosen = [number for number, each in enumerate(STATUSES, 1) if each in self._query.statuses]
        return chosen[0] if len(chosen) == 1 else 0 if not chosen else -1

    def _step_status(self, step: int) -> None:
        number = (max(0, self._chosen_status()) + step) % (len(STATUSES) + 1)
        self._use(self._query.with_status(STATUSES[number - 1] if number else None))

    def _use(self, query: CaseloadQuery) -> None:
        self._query = query
        self.go_stale()

    def _remember(self) -> None:
        key = self.query_one(PagedTable).cursor_key
        client_id = UUID(key) if key else self._start
        place = caseload_memory.Place(write(self._query), client_id, self._chosen_columns)
        try:
            caseload_memory.remember(self.desk.settings.state_dir, place)
        except OSError as error:
            log.unexpected(error, "caseload place not kept")
