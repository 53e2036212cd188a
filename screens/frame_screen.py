"""What every screen and dialog has: errors become messages, and a window too small is no error."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static

from kotoutus_tui.errors import KotoutusError, Unexpected
from kotoutus_tui.i18n import _
from screens import safe
from screens.desk import Desk

if TYPE_CHECKING:
    from screens.app import KotoutusApp

MINIMUM_COLUMNS, MINIMUM_LINES = 40, 10
Answer = TypeVar("Answer")


class FrameScreen(Screen[ScreenResultType], inherit_bindings=False):
    """The base of BaseScreen and Dialog."""

    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    # Textual would send the whole screen again whenever the focus moves; styles tell what changes with it.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    @property
    def frame(self) -> "KotoutusApp":
        """The application."""
        return cast("KotoutusApp", self.app)

    @property
    def desk(self) -> Desk:
        """Database, settings and the person at the keyboard."""
        return self.frame.desk

    def compose(self) -> ComposeResult:
        """Everything of the screen, and what stands there while the window is too small for it."""
        yield Static("", id="too-small", markup=False)
        yield from self.compose_frame()

    def compose_frame(self) -> ComposeResult:
        """The widgets; the kinds of screen fill this in."""
        yield from ()

    async def before_leaving(self) -> None:
        """Save what is being written, for the screen to fill in; on Esc, on quitting and on a hang-up."""

    def on_mount(self) -> None:
        """Take part in live changes and in a clean end."""
        # Textual calls this for every class by itself: a subclass that calls it too must not count twice.
        if self not in self.frame.open_screens:
            self.frame.open_screens.append(self)

    def on_unmount(self) -> None:
        """Take part no more."""
        self.frame.open_screens.remove(self)

    def do(self, work: Coroutine[Any, Any, None], doing: str = "") -> None:
        """Carry out something that takes time or asks a question, without holding up the keys.

        Errors are told as `tell` does. `doing` ("Saving …") is shown when it takes longer than a moment.
        """
        self.run_worker(self._carry_out(work, doing), group="do", exit_on_error=False)

    async def ask(self, dialog: "Screen[Answer]") -> Answer | None:
        """Show a dialog and return its answer, None when it was closed; only inside `do`."""
        return await self.frame.ask(dialog)

    def tell(self, error: Exception) -> None:
        """Tell about an error: one sentence in place, or a reference to the log for an unexpected one."""
        if isinstance(error, KotoutusError) and not isinstance(error, Unexpected):
            self.say(f"{error.sentence} {error.next_step}".strip(), alert=True)
        else:
            self.frame.report(error)

    def say(self, text: str, *, alert: bool = False) -> None:
        """Show a sentence; it stays short and holds no personal data."""
        self.frame.notify(text, severity="error" if alert else "information")

    def while_waiting(self, doing: str) -> None:
        """Show that `doing` takes a while; an empty text ends it."""

    def on_resize(self, event: events.Resize) -> None:
        """Show one sentence instead of the widgets while the window is too small."""
        tiny = event.size.width < MINIMUM_COLUMNS or event.size.height < MINIMUM_LINES
        self.set_class(tiny, "-tiny")
        if tiny:
            sentence = _("The window is too small: at least {columns}×{lines} is needed.").format(
                columns=MINIMUM_COLUMNS, lines=MINIMUM_LINES
            )
            self.query_one("#too-small", Static).update(safe.line(sentence))

    async def _carry_out(self, work: Coroutine[Any, Any, None], doing: str) -> None:
        patience = self.set_timer(0.15, lambda: self.while_waiting(doing)) if doing else None
        try:
            await work
        except Exception as error:
            self.tell(error)
        finally:
            if patience is not None:
                patience.stop()
                if self.is_attached:
                    self.while_waiting("")

    def _compositor_refresh(self) -> None:
        # Textual would draw the whole screen and throw it away for each step before the first frame.
        if not self.frame.gathers_changes:
            super()._compositor_refresh()

    async def _dispatch_message(self, message: Message) -> None:
        # A handler that fails must not end the session: Textual would close the whole program.
        try:
            await super()._dispatch_message(message)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.tell(error)
