"""An app that shows neither markup nor control codes nor a traceback, and survives a failing command."""

import sys
import traceback
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar, cast

from rich.text import Text
from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode
from textual.filter import LineFilter, NoColor
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from kotoutus_tui import log
from kotoutus_tui.i18n import _
from screens import safe
from screens.dialog import Trouble
from screens.frame_screen import FrameScreen

Answer = TypeVar("Answer")


class SafeApp(App[None], inherit_bindings=False):
    """`references` are those of the unexpected errors of this session."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(ansi_color=theme.ansi)
        # Setting a theme the usual way would read all styles once more before the first frame.
        self.register_theme(theme)
        self.set_reactive(SafeApp.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.references: list[str] = []
        self._guard = safe.ControlFilter()
        self._colourless = NoColor()

    @property
    def front(self) -> FrameScreen[object]:
        """The screen or dialog in front."""
        return cast("FrameScreen[object]", self.screen)

    @property
    def gathers_changes(self) -> bool:
        """Whether nothing is drawn now, since more will change at once."""
        return self._batch_count > 0

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Delete control codes from everything drawn, as the second line of defence."""
        # With NO_COLOR Textual would send shades of grey, which are colours all the same.
        colours = [self._colourless] if self.no_color else super().get_line_filters()
        return [*colours, self._guard]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a short message; never markup, never personal data."""
        super().notify(
            safe.plain(message), title=safe.plain(title), severity=severity, timeout=timeout, markup=markup
        )

    def refresh_css(self, animate: bool = True) -> None:
        """Read all styles again, once there is something drawn with the old ones."""
        if self._is_mounted:
            super().refresh_css(animate)

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry out something that asks or closes a screen, without holding up the keys; errors are told.

        A screen cannot wait for its own end, so this belongs to the app.
        """
        self.run_worker(self._carry_out(work), group="do", exit_on_error=False)

    async def _carry_out(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            self.front.tell(error)

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Show a dialog and return its answer, None when it was closed; only inside `do`."""
        return await self.push_screen_wait(dialog)

    def report(self, error: BaseException) -> None:
        """Log an unexpected error and show its reference; the session goes on."""
        self.references.append(log.unexpected(error.__cause__ or error))
        if not any(isinstance(screen, Trouble) for screen in self.screen_stack):
            self.push_screen(Trouble(self.references[-1]))

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Carry out a command; its error is told and does not end the session."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:
            self.front.tell(error)
            return True

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed):
            self.front.tell(cast("Exception", error.error))
            return
        if _only_a_callback_failed(error):
            self.front.tell(error)
            return
        # What reaches this cannot go on. Textual would print a traceback with the values of local
        # variables, and those may be a client's.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()  # pyright: ignore[reportUnknownMemberType]
        self._fatal_error()

    def _fatal_error(self) -> None:
        error = sys.exc_info()[1] or self._exception
        reference = log.unexpected(error) if error is not None else log.reference()
        sentence = _("The program ended by a fault. Tell the administrator the reference {reference}.")
        self._exit_renderables[:] = [Text(sentence.format(reference=reference))]
        self._close_messages_no_wait()


def _only_a_callback_failed(error: Exception) -> bool:
    # Textual goes on after these two; after a failure to draw it would only fail again and again.
    names = [frame.f_code.co_name for frame, _line in traceback.walk_tb(error.__traceback__)]
    return names[:1] in (["_tick"], ["_flush_next_callbacks"]) and "_on_timer_update" not in names
