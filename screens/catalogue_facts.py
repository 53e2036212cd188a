"""One offer of the catalogue: fact by fact mine or theirs, and whether it is one of ours."""

from collections.abc import Callable
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui.catalogue import words
from kotoutus_tui.catalogue.choices import blocked
from kotoutus_tui.catalogue.comparing import NEW, Item
from kotoutus_tui.catalogue.merging import Fact
from kotoutus_tui.catalogue.sync import Sync
from kotoutus_tui.i18n import _
from screens import catalogue_rows, keys, safe
from screens.base import BaseScreen
from screens.widgets.event_list import Entry, EventList, RowsInMemory


class CatalogueFactsScreen(BaseScreen):
    """Chooses in an offer; what is chosen is taken in only by the list it belongs to."""

    DEFAULT_CSS = "CatalogueFactsScreen #offer-top { height: auto; max-height: 3; padding: 0 2 1 2; }"
    BINDINGS = keys.bindings("catalogue_facts")

    def __init__(self, sync: Sync, key: str) -> None:
        super().__init__()
        self._sync, self._key = sync, key
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """Whose it is, and its facts."""
        yield Static("", id="offer-top", markup=False)
        yield EventList(left=catalogue_rows.FACT_WIDTH, empty=_("Nothing differs."), id="offer-facts")

    def on_mount(self) -> None:
        """Begin at the first fact."""
        self.query_one(EventList).focus()

    @property
    def _item(self) -> Item | None:
        return self._sync.preview.by_key.get(self._key) if self._sync.preview is not None else None

    async def load(self) -> None:
        """Show the offer."""
        item, preview = self._item, self._sync.preview
        if item is None or preview is None or not self.query("#offer-top"):
            return
        self.heading, self.whose = _("Catalogue"), item.name
        top = " · ".join(each for each in (words.kind_name(item.kind), item.partner_name) if each)
        lines = [top, words.why_blocked(blocked(preview, item))]
        self.query_one("#offer-top", Static).update(safe.prose("\n".join(each for each in lines if each)))
        self._source.rows = catalogue_rows.facts(item, self._sync.choices)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What fits the row under the cursor and the offer."""
        item = self._item if self.is_mounted else None
        if item is None:
            return action not in {"switch", "theirs", "mine", "same", "new"}
        fits = {
            "switch": self._fact(item) is not None,
            "theirs": item.own is not None and bool(item.open),
            "mine": item.own is not None and bool(item.open),
            "same": self._alike is not None,
            "new": bool(item.alike),
        }
        return fits.get(action, True)

    @on(EventList.Moved, "#offer-facts")
    @on(EventList.Loaded, "#offer-facts")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#offer-facts")
    def opened(self) -> None:
        """Enter does what the row is for."""
        if self._alike is not None:
            self.action_same()
        else:
            self.action_switch()

    def action_switch(self) -> None:
        """Let the other value stand in the fact under the cursor."""
        if (item := self._item) is not None and (fact := self._fact(item)) is not None:
            theirs = self._sync.choices.takes_theirs(item, fact)
            self._choose(lambda: self._sync.choices.take_theirs(item, fact, theirs=not theirs))

    def action_theirs(self) -> None:
        """Let the catalogue's values stand in all facts."""
        self._choose_all(theirs=True)

    def action_mine(self) -> None:
        """Let our values stand in all facts."""
        self._choose_all(theirs=False)

    def action_same(self) -> None:
        """Say that it is the one of ours under the cursor."""
        if (item := self._item) is not None and (own := self._alike) is not None:
            self.do(self._say(item, str(own)))

    def action_new(self) -> None:
        """Say that it is none of ours."""
        if (item := self._item) is not None:
            self.do(self._say(item, NEW))

    @property
    def _alike(self) -> UUID | None:
        kind, _colon, name = (self.query_one(EventList).cursor_key or "").partition(":")
        return UUID(name) if kind == "alike" else None

    def _fact(self, item: Item) -> Fact | None:
        key = self.query_one(EventList).cursor_key
        ours = item.own is not None
        return next((each for each in item.open if ours and each.name == key), None)

    def _choose_all(self, *, theirs: bool) -> None:
        if (item := self._item) is not None:

            def choose() -> None:
                for fact in item.open:
                    self._sync.choices.take_theirs(item, fact, theirs=theirs)

            self._choose(choose)

    def _choose(self, choose: Callable[[], None]) -> None:
        choose()
        self._sync.keep()
        self.go_stale()

    async def _say(self, item: Item, own: str) -> None:
        self._sync.choices.say_same(item, own)
        self._sync.keep()
        await self._sync.compare()
        self.go_stale()
