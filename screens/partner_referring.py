"""Referring from the partner network: the client one came from, else one that is asked for."""

from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.i18n import _
from screens.client_search import FindClient

if TYPE_CHECKING:
    from screens.base import BaseScreen


async def refer_to(screen: "BaseScreen", service_id: UUID) -> None:
    """Show the client's timeline, with the referral to the service begun; inside `do`."""
    from screens.client_timeline import ClientTimelineScreen

    if not screen.desk.me.works_with_clients:
        screen.say(_("Only counsellors and the lead refer clients."))
        return
    client = screen.desk.last_client
    if client is None:
        found = await screen.ask(FindClient())
        client = found.client_id if found else None
    if client is not None:
        # Whose it is stands on the timeline that comes in front, before anything is written.
        screen.frame.push_screen(ClientTimelineScreen(client, begin=f"refer('{service_id}')"))
