"""A session in this terminal: who am I, then changes of others as they happen, until the end."""

import os
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from kotoutus_tui import clock
from kotoutus_tui.errors import KotoutusError
from screens.base import BaseScreen
from screens.desk import Desk
from screens.widgets.header_line import Link

if TYPE_CHECKING:
    from kotoutus_tui.live import Change, Connected, Disconnected, Listening
    from screens.app import KotoutusApp


def show(app: "KotoutusApp", *, mouse: bool) -> int:
    """Run the app until its end and return the exit code; raises what kept it from starting."""
    app.run(mouse=mouse)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # The terminal is gone; Python would end with an error about what it cannot write.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if app.start_error is not None:
        raise app.start_error
    return app.return_code or 0


async def begin(app: "KotoutusApp") -> None:
    """Find out who this is, let the screens load, then follow changes until the end.

    Without a database or a role there is nothing to show: the program ends with what is to be mended.
    """
    from kotoutus_tui import live

    try:
        listening = await _sit_down(app.desk)
    except KotoutusError as error:
        app.start_error = error
        app.first_rows.set()
        # Textual cannot end while it puts the first screen together.
        await app.put_together.wait()
        app.exit(return_code=error.exit_code)
        return
    app.person, app.unread = app.desk.me.name, app.desk.me.unread
    app.ready.set()
    await follow(app, live.changes(app.desk.db, listening))


async def _sit_down(desk: Desk) -> "Listening | None":
    from kotoutus_tui.privacy.access import who_am_i

    if desk.head_start is None:
        desk.me = await who_am_i(desk.db)
        return None
    desk.first_page = first = await desk.head_start.result()
    desk.me = first.me
    return first.listening


async def follow(app: "KotoutusApp", changes: "AsyncIterator[Change | Connected | Disconnected]") -> None:
    """Keep the live mark true and make the screens that show something stale when it changes."""
    from kotoutus_tui.live import Change, Connected

    connected_before = False
    async for word in changes:
        screens = [screen for screen in app.open_screens if isinstance(screen, BaseScreen)]
        if isinstance(word, Change):
            if word.table == "notice":
                app.count_notices()
            for screen in screens:
                if screen.concerns(word):
                    screen.go_stale()
        elif isinstance(word, Connected):
            app.link = Link("live")
            # Word of what changed meanwhile is lost, so everything is read again.
            for screen in screens if connected_before else ():
                screen.go_stale()
            if connected_before:
                app.count_notices()
            connected_before = True
        elif app.link.state != "offline":
            app.link = Link("offline", clock.now())
