"""What the national catalogue offers: fetched page by page, compared, chosen row by row, taken in at once."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import Worker

from kotoutus_tui.catalogue import words
from kotoutus_tui.catalogue.choices import blocked, left, taken
from kotoutus_tui.catalogue.comparing import Item, Preview
from kotoutus_tui.catalogue.sync import Sync
from kotoutus_tui.errors import Conflict
from kotoutus_tui.i18n import _, format_datetime
from screens import catalogue_rows, keys, safe
from screens.base import BaseScreen
from screens.dialog import Confirm
from screens.widgets.event_list import Entry, EventList, RowsInMemory


class CatalogueScreen(BaseScreen):
    """Shows `sync`, which outlives the screen; fetches when there is nothing yet. Esc ends the fetching."""

    DEFAULT_CSS = "CatalogueScreen #catalogue-top { height: auto; max-height: 4; padding: 0 2 1 2; }"
    BINDINGS = keys.bindings("catalogue")
    LISTENS = frozenset({"organisation", "service", "place", "service_hours"})

    def __init__(self, sync: Sync) -> None:
        super().__init__()
        self._sync = sync
        self._fetching: Worker[None] | None = None
        self._source = RowsInMemory[Entry]()
        self._asked = self._nothing_else = False

    def compose_body(self) -> ComposeResult:
        """How much is offered, and each offer."""
        yield Static("", id="catalogue-top", markup=False)
        yield EventList(left=catalogue_rows.CHOICE_WIDTH, id="offers")

    def on_mount(self) -> None:
        """Begin at the first offer."""
        self.query_one(EventList).focus()

    async def before_leaving(self) -> None:
        """End the fetching; the pages that were read are kept for the next time."""
        self._sync.keep()
        if self._is_fetching and self._fetching is not None:
            self._fetching.cancel()
            below = self.frame.screen_stack[-2]
            if isinstance(below, BaseScreen):
                below.say(_("Fetching was ended. What was read is kept; y goes on."))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What fits: nothing is chosen while it is fetched."""
        preview = self._sync.preview
        idle = not self._is_fetching
        fits = {
            "switch": idle and self._item is not None,
            "group": idle and self._item is not None,
            "apply": idle and preview is not None and bool(preview.offered),
            "again": idle,
            "whole": idle,
        }
        return fits.get(action, True)

    async def load(self) -> None:
        """Fetch the first time; later compare anew with the network as it is."""
        self.heading = _("National service catalogue")
        if self._is_fetching:
            return
        if self._sync.preview is not None:
            self._asked = True
            await self._sync.compare()
            self._show()
        elif not self._asked:
            self._fetch(full=False)

    @on(EventList.Moved, "#offers")
    @on(EventList.Loaded, "#offers")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#offers")
    def opened(self, event: EventList.Opened) -> None:
        """Show the offer fact by fact."""
        from screens.catalogue_facts import CatalogueFactsScreen

        self.frame.push_screen(CatalogueFactsScreen(self._sync, event.key), lambda _answer: self.go_stale())

    def on_screen_resume(self) -> None:
        """Show what was chosen in an offer."""
        if self._sync.preview is not None and not self._is_fetching:
            self.go_stale()
        super().on_screen_resume()

    # Commands

    def action_switch(self) -> None:
        """Take the offer under the cursor, or leave it."""
        preview, item = self._sync.preview, self._item
        if preview is None or item is None:
            return
        if why := blocked(preview, item):
            self.say(words.why_blocked(why))
            return
        self._sync.choices.take(item, take=not self._sync.choices.takes(item))
        self._chosen()

    def action_group(self) -> None:
        """Take all offers of the kind under the cursor, or leave them when all are taken."""
        preview, item = self._sync.preview, self._item
        if preview is None or item is None:
            return
        same = [each for each in preview.offered if each.kind == item.kind and not blocked(preview, each)]
        take = not all(self._sync.choices.takes(each) for each in same)
        for each in same:
            self._sync.choices.take(each, take=take)
        self._chosen()

    def action_again(self) -> None:
        """Ask the catalogue for what is new."""
        self._fetch(full=False)

    def action_whole(self) -> None:
        """Read the whole catalogue."""
        self._fetch(full=True)

    def action_apply(self) -> None:
        """Say what taking in will do, and do it."""
        self.do(self._apply())

    # Work

    @property
    def _is_fetching(self) -> bool:
        return self._fetching is not None and not self._fetching.is_finished

    @property
    def _item(self) -> Item | None:
        key = self.query_one(EventList).cursor_key if self.is_mounted else None
        return self._sync.preview.by_key.get(key or "") if self._sync.preview is not None else None

    def _fetch(self, *, full: bool) -> None:
        self._asked = True
        self._source.rows = []
        listed = self.query_one(EventList)
        listed.empty = _("Esc ends the fetching; what was read is kept.")
        listed.keep_showing(self._source)
        self._fetching = self.run_worker(
            self._carry_out(self._fetched(full=full), ""), group="fetch", exit_on_error=False
        )
        self.refresh_bindings()

    async def _fetched(self, *, full: bool) -> None:
        self._top(_("Asking the catalogue …"))
        self._nothing_else = False
        try:
            preview = await self._sync.fetch(self._progress, full=full)
            if not preview.offered:
                await self._sync.apply()
                self._nothing_else = True
        finally:
            self._fetching = None
            self._show()

    def _progress(self, part: str, done: int, wanted: int | None) -> None:
        told = _("{part}: page {done} of {wanted}") if wanted else _("{part}: page {done}")
        self._top(told.format(part=part, done=done, wanted=wanted))

    async def _apply(self) -> None:
        preview = self._sync.preview
        if preview is None:
            return
        chosen = taken(preview, self._sync.choices)
        if not chosen:
            self.say(_("Nothing is taken. space takes a row."))
            return
        effects = words.effects(chosen, self._sync.choices, len(left(preview, self._sync.choices)))
        if not await self.ask(Confirm(_("Take this into the network?"), effects, accept=_("Take in"))):
            return
        self.while_waiting(_("Taking in …"))
        self.editing = True
        try:
            applied = await self._sync.apply()
        except Conflict:
            self._show()
            raise
        finally:
            self.editing = False
            self.while_waiting("")
        # What is said on a screen goes with it.
        below = self.frame.screen_stack[-2]
        if isinstance(below, BaseScreen):
            below.say(words.taken_in(len(applied.taken)))
        await self.frame.action_back()

    # Showing

    def _chosen(self) -> None:
        self._sync.keep()
        self._show()

    def _show(self) -> None:
        if not self.query("#offers"):  # left while it was read
            return
        preview = self._sync.preview
        if preview is None:
            self._top("")
            as_there = _("The network is as the catalogue says.")
            self._nothing(as_there if self._nothing_else else _("Nothing was fetched. y asks again."))
            return
        at = format_datetime(self._sync.fetched_at) if self._sync.fetched_at else ""
        self.whose = _("fetched {time}").format(time=at)
        self._top("\n".join(each for each in self._lines(preview) if each))
        self._source.rows = catalogue_rows.offered(preview, self._sync.choices, self._sync.changed)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    def _lines(self, preview: Preview) -> list[str]:
        missing = words.missing(preview)
        counts = catalogue_rows.in_lines(words.counts(preview), self.size.width - 4)
        return [counts, f"! {missing}" if missing else "", words.unknown(preview)]

    def _nothing(self, sentence: str) -> None:
        self.query_one(EventList).empty = sentence
        self._source.rows = []
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    def _top(self, text: str) -> None:
        if self.query("#catalogue-top"):
            self.query_one("#catalogue-top", Static).update(safe.prose(text))
