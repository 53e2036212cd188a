"""What one's Outlook has at the hours of an appointment that is being written."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _, format_time

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from kotoutus_tui.settings import Settings

_LONGEST = 4.0  # seconds: who writes an appointment does not wait for Outlook


async def warnings(
    db: "Database", settings: "Settings", starts_at: datetime, ends_at: datetime
) -> Sequence[str]:
    """Return a sentence for each overlap in Outlook between two aware moments; none unless signed in.

    A person may book over it all the same: Outlook is asked, not obeyed. What it is about is never asked.
    """
    if not settings.outlook_client:
        return ()
    from kotoutus_tui.outlook import tokens
    from kotoutus_tui.outlook.busy import outlook_busy
    from kotoutus_tui.outlook.setup import setup_of

    try:
        setup = setup_of(settings)
        if not (setup.is_app or tokens.exist(setup.keys)):
            return ()
        async with asyncio.timeout(_LONGEST):
            found = await outlook_busy(db, setup, starts_at, ends_at)
    except (KotoutusError, TimeoutError):
        return [_("Outlook did not answer: an overlap there is not known.")]
    return [
        (
            _("Outlook: taken {start}–{end}.") if each.sure else _("Outlook: perhaps taken {start}–{end}.")
        ).format(start=format_time(each.starts_at), end=format_time(each.ends_at))
        for each in found
    ]
