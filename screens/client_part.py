"""What the screens about one client share that its timeline leads to: details, plan, interview and others."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.undo import undo_last
from kotoutus_tui.errors import NotAllowed, NotFound
from kotoutus_tui.i18n import _
from screens.base import BaseScreen
from screens.widgets.event_list import EventList

if TYPE_CHECKING:
    from kotoutus_tui.live import Change


class ClientPartScreen(BaseScreen):
    """Shows the client that `opening` keeps open, with an EventList to choose from.

    A row's key is a kind, a colon and a name or id.
    """

    def __init__(self, client_id: UUID, opening: OpenClient) -> None:
        super().__init__()
        self.client_id = client_id
        self.opening = opening

    def on_mount(self) -> None:
        """Begin at the first row."""
        self.query_one(EventList).focus()

    def concerns(self, change: "Change") -> bool:
        """Only changes of this client; a member known by name alone has no client to tell."""
        mine = change.id == self.client_id or change.table == "household_member"
        return super().concerns(change) and mine

    @property
    def row(self) -> tuple[str, str]:
        """The kind and the name of the row under the cursor."""
        kind, _colon, name = (self.query_one(EventList).cursor_key or "").partition(":")
        return kind, name

    async def load(self) -> None:
        """Read everything; when the client was given to somebody else, nothing of it stays in sight."""
        await self.opening.renew()
        try:
            await self.read()
        except (NotFound, NotAllowed):
            self.forget()
            raise

    async def read(self) -> None:
        """Read and draw, for the screen to fill in; raises NotFound when the client is not this person's."""
        raise NotImplementedError

    def forget(self) -> None:
        """Take everything off the screen, for the screen to fill in."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Undo the last own command on this client."""
        self.do(self._undo())

    async def _undo(self) -> None:
        await self.opening.renew()
        await undo_last(self.desk.db, self.client_id, operation_id=uuid4())
        self.done(_("Undone."))

    def done(self, sentence: str) -> None:
        """Say what was done and read again."""
        self.go_stale()
        self.say(sentence)
