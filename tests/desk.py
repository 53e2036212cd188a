"""Open the app, press keys, read the screen as text.

    async with opened(FrameApp(HomeScreen), size=(120, 40)) as desk:
        await desk.press("down", "enter")
        await desk.see("Aikajana")              waits until it stands on the screen
        assert "Amina" in desk.line(3)

A test that leaves an unexpected error behind fails, unless it says `faults_expected`.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.widget import Widget

from kotoutus_tui.database import Database
from kotoutus_tui.privacy.access import Me
from kotoutus_tui.settings import Settings
from screens.app import KotoutusApp
from screens.base import BaseScreen
from screens.desk import Desk
from screens.widgets.header_line import Link
from screens.widgets.line_list import LineList

W = TypeVar("W", bound=Widget)

ME = Me("aino", "Aino Aaltonen", "counsellor")


class FrameApp(KotoutusApp):
    """The real app with a screen of the test in the first place, and no database behind it."""

    def __init__(self, first: Callable[[], BaseScreen], **settings: Any) -> None:
        given: dict[str, Any] = {"idle_blank_minutes": 0, "idle_exit_minutes": 0, "log_target": "none"}
        super().__init__(Desk(Database("host=/nowhere"), Settings(**(given | settings))))
        self._modes = {self.DEFAULT_MODE: first}

    async def session(self) -> None:
        """Everything is known at once and stays live."""
        self.desk.me, self.person, self.link = ME, ME.name, Link("live")
        self.ready.set()


@dataclass
class View:
    """The running app and its screen as text."""

    app: KotoutusApp
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, in Textual's spelling, and let the app work on them."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Type text letter by letter."""
        names = {" ": "space", ".": "full_stop", "+": "plus", "-": "minus", "\n": "enter"}
        await self.press(*(names.get(letter, letter) for letter in text))

    async def until(self, condition: Callable[[], object], limit: float = 15) -> None:
        """Let the app work until the condition holds; fails with the screen as it is."""
        end = time.monotonic() + limit
        while not condition():
            await self.pilot.pause()
            if time.monotonic() > end:
                raise AssertionError(f"never happened; the screen shows:\n{self.text}")

    async def settle(self) -> None:
        """Let the app work until every list on the screen has been read."""
        await self.until(lambda: all(each.settled for each in self.app.screen.query(LineList[Any])))
        await self.pilot.pause()

    async def see(self, text: str) -> None:
        """Wait until this stands on the screen."""
        await self.until(lambda: text in self.text)

    async def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(columns, lines)
        await self.pilot.pause()

    def find(self, kind: type[W], selector: str = "") -> W:
        """The widget of this kind on the screen in front."""
        return self.app.screen.query_one(selector or kind.__name__, kind)

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    def line(self, y: int) -> str:
        """One line of the screen, counted from 0."""
        return self.lines[y]


@asynccontextmanager
async def opened(
    app: KotoutusApp, size: tuple[int, int] = (100, 30), *, faults_expected: bool = False
) -> AsyncIterator[View]:
    """Run the app without a terminal; it has ended when the block does."""
    async with app.run_test(size=size, notifications=True) as pilot:
        view = View(app, pilot)
        await view.until(lambda: app.screen.is_mounted)
        await view.settle()
        yield view
    assert faults_expected or not app.references, "an unexpected error was reported"
