"""One round with the catalogue: fetch, compare, choose, take in; choices outlive the program."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.catalogue import owned
from kotoutus_tui.catalogue.applying import Applied, apply
from kotoutus_tui.catalogue.choices import Choices
from kotoutus_tui.catalogue.comparing import Preview, compare
from kotoutus_tui.catalogue.records import Fetched
from kotoutus_tui.errors import Conflict

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from kotoutus_tui.settings import Settings


class Sync:
    """What was fetched and chosen; nothing of the network changes before `apply`.

    `changed` are the keys of what somebody changed since it was first compared.
    """

    def __init__(self, db: "Database", settings: "Settings") -> None:
        self._db, self._settings = db, settings
        self._draft = FormDraft(settings.state_dir, "catalogue")
        self._operation = uuid4()
        self.preview: Preview | None = None
        self.fetched_at: datetime | None = None
        self.choices = Choices(self._draft.read())
        self.changed: frozenset[str] = frozenset()

    async def fetch(self, progress: Callable[..., Any], *, full: bool = False) -> Preview:
        """Ask the catalogue and compare. Raises Unreachable, SetupError and others of the fetching."""
        from kotoutus_tui.catalogue.fetch import fetch

        fetched = await fetch(self._db, self._settings, progress=progress, full=full)
        self.fetched_at, self._operation, self.changed = clock.now(), uuid4(), frozenset()
        return await self._compare(fetched)

    async def compare(self) -> Preview | None:
        """Compare what was fetched with the network as it is now."""
        return await self._compare(self.preview.fetched) if self.preview is not None else None

    async def apply(self, choices: Choices | None = None) -> Applied:
        """Take in what is chosen (here, or as given), all or nothing, and forget what was fetched.

        Raises Conflict when somebody changed the same; then it has been compared anew.
        """
        from kotoutus_tui.catalogue.fetch import remember

        if self.preview is None:
            raise ValueError("nothing was fetched")
        before = self.preview
        try:
            applied = await apply(
                self._db, before, choices or self.choices, remember, operation_id=self._operation
            )
        except Conflict:
            seen = {each.key: each.facts for each in before.items}
            now = await self._compare(before.fetched)
            self.changed = frozenset(each.key for each in now.items if each.facts != seen.get(each.key))
            raise
        self.choices.forget(applied.taken)
        self.keep()
        self.preview = self.fetched_at = None
        return applied

    def keep(self) -> None:
        """Keep the choices for the next time, as far as the disk allows."""
        with suppress(OSError):
            self._draft.keep(self.choices.kept)

    async def _compare(self, fetched: Fetched) -> Preview:
        from asyncio import to_thread

        own = await owned.read(self._db)
        self.preview = await to_thread(compare, fetched, own, clock.today(), self.choices.same)
        return self.preview
