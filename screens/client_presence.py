"""Telling colleagues that something is being written about a client, and noticing when they stop."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from textual.timer import Timer

from kotoutus_tui.database import Database
from kotoutus_tui.errors import KotoutusError
from screens.base import BaseScreen

_REPEAT = 60.0  # seconds; the mark fades two minutes after the last word of it
_FADED = 125.0


class Presence:
    """A hint, never a lock: when the database does not answer there is no mark, and nothing else fails."""

    def __init__(self, screen: BaseScreen, db: Database, client_id: UUID) -> None:
        self._screen = screen
        self._db = db
        self._client_id = client_id
        self._writing = False
        self._fading: Timer | None = None
        screen.set_interval(_REPEAT, lambda: self._writing and screen.do(self._tell()))

    async def begin(self) -> None:
        """Something is being written from now on."""
        self._writing = True
        await self._tell()

    async def end(self) -> None:
        """Nothing is being written any more."""
        if self._writing:
            self._writing = False
            with suppress(KotoutusError):
                await self._db.call("leave", self._client_id)

    def seen(self, colleagues: Sequence[str]) -> None:
        """Look again when the marks of these colleagues may have faded."""
        if self._fading is not None:
            self._fading.stop()
            self._fading = None
        if colleagues:
            self._fading = self._screen.set_timer(_FADED, self._screen.go_stale)

    async def _tell(self) -> None:
        with suppress(KotoutusError):
            await self._db.call("be_present", self._client_id, "note")
