"""What the first screen shows, read in one go before there is a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kotoutus_tui import live
from kotoutus_tui.casework import caseload, caseload_memory
from kotoutus_tui.casework.caseload import CaseloadRow, StatusCounts
from kotoutus_tui.casework.caseload_query import CaseloadQuery
from kotoutus_tui.database import Database
from kotoutus_tui.errors import NotAllowed
from kotoutus_tui.i18n import _
from kotoutus_tui.privacy.access import Me, who_am_i


@dataclass(frozen=True)
class FirstPage:
    """Who is here, and the part of the caseload from `offset` on where this person left it.

    `listening` hears of every change made after this was read.
    """

    me: Me
    listening: live.Listening
    query: CaseloadQuery
    at: UUID | None
    counts: StatusCounts
    offset: int
    rows: Sequence[CaseloadRow]


async def read(database: Database, state_dir: Path) -> FirstPage:
    """Read the first page.

    Raises SetupError or Unreachable like `who_am_i`, NotAllowed to a role that sees no clients.
    """
    me = await who_am_i(database)
    if not me.works_with_clients:
        raise NotAllowed(
            _("The screens are for counsellors and the team lead: your role sees no clients."),
            _("Your commands are: kotoutus admin, kotoutus audit"),
        )
    if me.transfers_due:
        # Whose the clients are from today on is settled before they are listed.
        await database.call("apply_due_transfers")
    listening = await live.listen(database)
    place = caseload_memory.recall(state_dir)
    query = caseload_memory.query_of(place)
    own = not me.is_lead
    counts = await caseload.counts(database, query, place.client_id, own=own)
    offset = (counts.place or 0) // caseload.PAGE * caseload.PAGE
    rows = await caseload.page(database, query, offset, caseload.PAGE, own=own)
    return FirstPage(me, listening, query, place.client_id, counts, offset, rows)
