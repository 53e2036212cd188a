"""The application: wires places, keys, colours, signals and errors together; it owns nothing else."""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.reactive import var

from kotoutus_tui import log
from kotoutus_tui.i18n import _
from screens import commands, keymap, keys, last_resort, starting, themes
from screens.base import BaseScreen
from screens.blank import BlankScreen
from screens.desk import Desk
from screens.dialog import Confirm
from screens.frame_screen import FrameScreen
from screens.help import HelpScreen
from screens.idle import IdleWatch
from screens.palette import Palette
from screens.places import PLACES, Place
from screens.safe_app import SafeApp
from screens.widgets.header_line import Link

if TYPE_CHECKING:
    from kotoutus_tui.casework.first_page import FirstPage
    from kotoutus_tui.database import Database
    from kotoutus_tui.head_start import HeadStart
    from kotoutus_tui.settings import Settings
    from screens.notice_list import UnreadCount

_PATIENCE_WITH_DRAFTS = 2.0  # seconds a screen may take to save before the program ends
_PATIENCE_WITH_FIRST_ROWS = 0.15  # seconds until the first frame is drawn without them


class KotoutusApp(SafeApp, inherit_bindings=False):
    """One person's session. `on_leaving` holds what must be done before any end, each within two seconds."""

    # With the styles of the first place: what a screen brings later makes Textual read all of them again.
    CSS_PATH: ClassVar[list[str | Path]] = [  # pyright: ignore[reportIncompatibleVariableOverride]
        Path(__file__).with_name(f"{name}.tcss") for name in ("app", "caseload")
    ]
    TITLE = "kotoutus"
    BINDINGS = keys.bindings("everywhere")
    ENABLE_COMMAND_PALETTE = False
    PLACES: ClassVar[Sequence[Place]] = PLACES
    DEFAULT_MODE = PLACES[0].id
    MODES: ClassVar[dict[str, Any]] = {place.id: place.open for place in PLACES}

    link: var[Link] = var(Link())
    unread: var[int] = var(0)
    person: var[str] = var("")

    def __init__(self, desk: Desk) -> None:
        super().__init__(themes.BY_NAME[themes.choose(desk.settings.theme, os.environ)])
        self.desk = desk
        self.ready = asyncio.Event()
        self.first_rows = asyncio.Event()
        self.put_together = asyncio.Event()
        self.open_screens: list[FrameScreen[Any]] = []
        self.on_leaving: list[Callable[[], Awaitable[None]]] = []
        self.start_error: Exception | None = None
        self._end: asyncio.Task[None] | None = None
        self._unread_count: UnreadCount | None = None
        self._idle = IdleWatch(
            (desk.settings.idle_blank_minutes * 60, self.action_blank),
            (desk.settings.idle_exit_minutes * 60, self.leave),
        )
        self.animation_level = "none"
        accepted, self._refused_keys = keymap.check_keymap(desk.settings.keymap)
        self.set_keymap(accepted)

    def on_load(self) -> None:
        """Begin the session: who am I, live changes."""
        self.run_worker(self.session(), group="session", exit_on_error=False)

    def on_ready(self) -> None:
        """Look for garbage again, among what is made from now on."""
        gc.freeze()
        gc.enable()

    async def on_mount(self) -> None:
        """Take over the signals, watch for idleness, and let the first frame wait for its rows."""
        last_resort.listen(self.leave)
        self._idle.start()
        for sentence in self._refused_keys:
            self.notify(sentence, severity="warning")
        with suppress(TimeoutError):
            await asyncio.wait_for(self.first_rows.wait(), _PATIENCE_WITH_FIRST_ROWS)
        self.put_together.set()

    async def session(self) -> None:
        """What goes on as long as the program runs."""
        await starting.begin(self)

    def on_unmount(self) -> None:
        """Give the signals back."""
        self._idle.stop()
        last_resort.stop_listening()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is at the keyboard."""
        if isinstance(event, events.Key | events.Paste | events.MouseEvent):
            self._idle.touch()
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here, so that the footer never shows one that does nothing."""
        blank = isinstance(self.screen, BlankScreen)
        return {
            "back": len(self.screen_stack) > 1,
            "blank": not blank,
            "palette": not self.screen.is_modal,
            "search": not self.screen.is_modal,
            "notices": not self.screen.is_modal,
            "register_queue": not self.screen.is_modal,
            "reload": isinstance(self.screen, BaseScreen),
        }.get(action, True)

    def count_notices(self) -> None:
        """Count the unread notices again for the header."""
        from screens.notice_list import UnreadCount

        if self._unread_count is None:
            self._unread_count = UnreadCount(self)
        self._unread_count.count_again()

    def leave(self) -> None:
        """Save drafts and end with exit code 0; a second call changes nothing."""
        if self._end is None:
            self._end = asyncio.create_task(self._leave())

    async def _leave(self) -> None:
        saves = [screen.before_leaving for screen in self.open_screens]
        for save in [*saves, *self.on_leaving]:
            try:
                await asyncio.wait_for(save(), _PATIENCE_WITH_DRAFTS)
            except Exception as error:
                log.unexpected(error, "draft not saved")
        self.exit(return_code=0)

    # Commands that work everywhere

    def action_go(self, place: str) -> None:
        """Go to a place as it was left; in that place itself, back to its first screen."""
        if place != self.current_mode:
            self.switch_mode(place)
        elif len(self.screen_stack) > 1:
            self.do(self._back(to_first=True))

    async def action_back(self) -> None:
        """Close the screen in front; what is being written there is kept."""
        if len(self.screen_stack) > 1:
            self.do(self._back())

    async def _back(self, *, to_first: bool = False) -> None:
        while len(self.screen_stack) > 1:
            await self.front.before_leaving()
            await self.pop_screen()
            if not to_first:
                break

    def action_search(self) -> None:
        """Find a client and open the timeline."""
        from screens.client_search import search_client

        if self.ready.is_set():
            self.do(search_client(self))

    def action_notices(self) -> None:
        """Show what this person was told."""
        from screens.notice_list import read_notices

        if self.ready.is_set():
            self.do(read_notices(self))

    def action_register_queue(self) -> None:
        """Show what waits to be entered in the national register, and open a client of it."""
        from screens.register_queue import show_queue

        if self.ready.is_set():
            self.do(show_queue(self))

    def action_help(self) -> None:
        """Show the keys that work here, or close the help."""
        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(HelpScreen(commands.with_keys(self.screen)))

    def action_palette(self) -> None:
        """Offer every command by its name."""
        self.do(self._palette())

    async def _palette(self) -> None:
        entry = await self.ask(Palette(commands.entries(self.screen)))
        if entry is not None:
            if entry.target is None:
                await self.switch_mode(entry.command.context)
            await self.run_action(entry.action, entry.target or self.screen)

    def action_blank(self) -> None:
        """Hide everything until Enter."""
        # The idle watch comes here too, on a screen that may be blank already.
        if not isinstance(self.screen, BlankScreen):
            self.push_screen(BlankScreen())

    def action_reload(self) -> None:
        """Read everything on the screen again."""
        if isinstance(self.screen, BaseScreen):
            self.screen.go_stale()

    def action_quit(self) -> None:  # type: ignore[override]
        """End the session after a question, since q is easily hit by mistake."""
        self.do(self._quit())

    async def _quit(self) -> None:
        if await self.ask(Confirm(_("Quit?"), [_("Drafts are kept.")], accept=_("Quit"))):
            self.leave()

    def action_next_field(self) -> None:
        """Go to the next field or list."""
        self.screen.focus_next()

    def action_previous_field(self) -> None:
        """Go to the field or list before."""
        self.screen.focus_previous()


def run(database: "Database", settings: "Settings", head_start: "HeadStart[FirstPage]") -> int:
    """Open the screens and return the exit code; raises the KotoutusError that kept them from starting."""
    return starting.show(KotoutusApp(Desk(database, settings, head_start)), mouse=settings.mouse)
