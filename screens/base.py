"""A screen of a place: it loads, goes stale, refreshes by itself and says what went wrong.

    class CaseloadScreen(BaseScreen):
        BINDINGS = keys.bindings("caseload")
        LISTENS = frozenset({"client", "task"})         tables whose changes make it stale

        def compose_body(self):                         the widgets between header and footer
            yield PagedTable(COLUMNS, id="clients")

        async def load(self):                           first time, after changes, after ctrl+r
            self.heading, self.whose = _("Caseload"), _("own clients")
            self.query_one(PagedTable).reload()

        def action_new_client(self):                    a command that asks or waits goes through `do`
            self.do(self._new_client())

Anything may raise a KotoutusError: it is told in place, and what was on the screen stays.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.reactive import var

from screens.frame_screen import FrameScreen
from screens.widgets.header_line import HeaderLine
from screens.widgets.key_line import KeyLine
from screens.widgets.line_list import LineList
from screens.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from kotoutus_tui.live import Change


class BaseScreen(FrameScreen[None]):
    """The base of every screen; see the module for its use.

    `heading` says where we are, `whose` whose work is shown. `editing` holds reloads back while
    something is being written; setting it to False lets them come.
    """

    LISTENS: ClassVar[frozenset[str]] = frozenset()

    heading: var[str] = var("")
    whose: var[str] = var("")
    editing: var[bool] = var(False)

    def __init__(self) -> None:
        super().__init__()
        self._stale = True
        self._loading = False

    def compose_frame(self) -> ComposeResult:
        """Header, body, messages and keys."""
        yield HeaderLine()
        yield from self.compose_body()
        yield MessageLine()
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        """The widgets between header and footer, for the screen to fill in."""
        yield from ()

    async def load(self) -> None:
        """Read what the screen shows, for the screen to fill in; may raise."""

    def concerns(self, change: "Change") -> bool:
        """Whether a change elsewhere makes this screen stale: by default by its table alone."""
        return change.table in self.LISTENS

    def go_stale(self) -> None:
        """Load again: at once when the screen is in front and nothing is being written, else later."""
        self._stale = True
        self._load_if_stale()

    def say(self, text: str, *, alert: bool = False) -> None:
        """Show a sentence above the footer for half a minute at most; an alert until all is well."""
        self.query_one(MessageLine).say(text, alert=alert)

    def while_waiting(self, doing: str) -> None:
        """Show above the footer what is going on."""
        self.query_one(MessageLine).wait_for(doing)

    def watch_heading(self) -> None:
        """Draw the header again."""
        self._refresh_header()

    def watch_whose(self) -> None:
        """Draw the header again."""
        self._refresh_header()

    def watch_editing(self) -> None:
        """Let the reloads that were held back come."""
        self._load_if_stale()

    def on_screen_resume(self) -> None:
        """Load what changed meanwhile."""
        self._load_if_stale()

    @on(LineList.Loaded)
    def list_loaded(self) -> None:
        """The first frame need not wait longer."""
        self.frame.first_rows.set()

    @on(LineList.Failed)
    def list_failed(self, event: LineList.Failed) -> None:
        """Tell why a list could not be read."""
        event.stop()
        self.frame.first_rows.set()
        self.tell(event.error)

    def _refresh_header(self) -> None:
        if self.is_mounted:
            self.query_one(HeaderLine).refresh()

    def _load_if_stale(self) -> None:
        ready = self.is_mounted and self.is_active and not self.editing
        if self._stale and ready and not self._loading:
            self._loading = True
            self.run_worker(self._load(), group="load", exit_on_error=False)

    async def _load(self) -> None:
        slow = self.set_timer(0.15, lambda: self._show_loading(True))
        try:
            await self.frame.ready.wait()
            # Changes that come while it loads make it load once more, not once each.
            while self._stale:
                self._stale = False
                await self.load()
            self.query_one(MessageLine).clear_alert()
        except Exception as error:
            # Of a screen that was left while it was read the widgets are gone.
            if self.is_running:
                self.tell(error)
        finally:
            self._loading = False
            if not self.query(LineList[Any]):
                self.frame.first_rows.set()
            slow.stop()
            self._show_loading(False)

    def _show_loading(self, loading: bool) -> None:
        if self.is_mounted:
            self.query_one(HeaderLine).loading_now = loading
