"""Opening a client: the entry in the log of use that gives sight of the client's content."""

from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.errors import KotoutusError, NotAllowed
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


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
    if answer not in ("own", "lead"):
        raise NotAllowed(
            _("You may not open this client, or there is no such client."),
            _("Ask your team lead if you think you should be able to."),
        )
