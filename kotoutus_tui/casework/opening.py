"""Opening a client: the entry in the log of use that gives sight of the client's content."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.errors import KotoutusError, NotAllowed
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# An opening gives sight for two hours; it is renewed well before, so that nothing vanishes under the eyes.
_RENEWED_AFTER = timedelta(minutes=90)


class ReasonNeeded(KotoutusError):
    """The lead must say why the client is opened, in five letters at least."""

    exit_code = 2


async def open_client(db: "Database", client_id: UUID, reason: str | None = None) -> None:
    """Commit an opening; for two hours this person may read and write the client's content.

    Raises ReasonNeeded when the lead gave no reason, and NotAllowed both for a client that is not there
    and for one that this person may not see.
    """
    answer = await db.call("open_client", client_id, reason)
    if answer == "reason_needed":
        raise ReasonNeeded(_("You are not this client's own counsellor."), _("Say why you open the client."))
    if answer not in ("own", "deputy", "lead"):
        raise NotAllowed(
            _("You may not open this client, or there is no such client."),
            _("Ask your team lead if you think you should be able to."),
        )


class OpenClient:
    """One client kept open for as long as somebody works with it."""

    def __init__(self, db: "Database", client_id: UUID) -> None:
        self._db = db
        self._client_id = client_id
        self._reason: str | None = None
        self._since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the client was opened."""
        return self._since is not None

    async def open(self, reason: str | None = None) -> None:
        """Open the client as `open_client` does, and keep the reason for later."""
        await open_client(self._db, self._client_id, reason)
        self._reason, self._since = reason, clock.now()

    async def renew(self) -> None:
        """Open the client the first time, and again when the last opening will soon end."""
        if self._since is None or clock.now() - self._since > _RENEWED_AFTER:
            await self.open(self._reason)
