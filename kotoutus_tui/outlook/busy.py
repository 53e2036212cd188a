"""When a person is taken in Outlook: hours alone, subjects and places are not even asked for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kotoutus_tui.outlook.graph import Graph, Sleep
from kotoutus_tui.outlook.marks import moment
from kotoutus_tui.outlook.requests import Request
from kotoutus_tui.outlook.rows import Rows
from kotoutus_tui.outlook.setup import Setup

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_FIELDS = "id,seriesMasterId,start,end,showAs,isCancelled"
_FREE = frozenset({"free", "workingElsewhere", "unknown"})


@dataclass(frozen=True)
class Busy:
    """Hours that are taken in Outlook; `sure` is false for what was only tentatively accepted."""

    starts_at: datetime
    ends_at: datetime
    sure: bool


async def outlook_busy(
    db: "Database", setup: Setup, starts_at: datetime, ends_at: datetime, sleep: Sleep = asyncio.sleep
) -> Sequence[Busy]:
    """Return when one's Outlook is taken between two aware moments, recurring meetings among it.

    What was pushed from here is left out. Raises Unreachable, NotAllowed or SetupError; an appointment
    can be made without knowing.
    """
    ours = {each.event_id for each in await Rows(db).events() if each.event_id}
    span = f"startDateTime={_text(starts_at)}&endDateTime={_text(ends_at)}"
    request = Request("GET", f"calendarView?{span}&$select={_FIELDS}&$top=100")
    found: list[Busy] = []
    async with Graph(setup, sleep) as graph:
        async for page in graph.pages(request):
            found += [
                Busy(moment(each["start"]), moment(each["end"]), each.get("showAs") != "tentative")
                for each in page["value"]
                if each.get("showAs") not in _FREE
                and not each.get("isCancelled")
                and not {each["id"], each.get("seriesMasterId")} & ours
            ]
    return sorted(found, key=lambda each: each.starts_at)


def _text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
