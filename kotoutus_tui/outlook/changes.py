"""What was changed or deleted in Outlook since we wrote it: found by delta, never overwritten unasked."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kotoutus_tui import clock
from kotoutus_tui.outlook.days import foreign_change
from kotoutus_tui.outlook.event import Events, changed, deleted
from kotoutus_tui.outlook.graph import Graph, Sleep
from kotoutus_tui.outlook.marks import mark_of
from kotoutus_tui.outlook.problems import Refused
from kotoutus_tui.outlook.push import units
from kotoutus_tui.outlook.requests import Request
from kotoutus_tui.outlook.rows import Rows
from kotoutus_tui.outlook.setup import Setup

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.outlook import OutlookEvent, OutlookMailbox

_BACK = timedelta(days=31)
_AHEAD = timedelta(days=365)
_OUTDATED = frozenset({"SyncStateNotFound", "syncStateNotFound", "ResyncRequired", "410"})


async def look(db: "Database", setup: Setup, sleep: Sleep = asyncio.sleep) -> "Sequence[OutlookEvent]":
    """Ask Outlook what changed since the last time and return the events that wait for an answer.

    Raises Unreachable, NotAllowed or SetupError; what was found before then stays.
    """
    rows = Rows(db)
    mailbox = await rows.needed_mailbox()
    async with rows.claimed(), Graph(setup, sleep) as graph:
        try:
            found, link = await _delta(graph, _link(graph, mailbox))
        except Refused as outdated:
            if outdated.code not in _OUTDATED:
                raise
            found, link = await _delta(graph, _first())
            mailbox.delta_link = None
        await _compare(db, rows, graph, mailbox, found)
        await rows.set_mailbox(delta_link=link, delta_from=mailbox.delta_from or clock.today())
    return await waiting(db)


async def waiting(db: "Database") -> "Sequence[OutlookEvent]":
    """Return the events whose change in Outlook waits for an answer."""
    return [each for each in await Rows(db).events() if each.theirs is not None]


def _link(graph: Graph, mailbox: "OutlookMailbox") -> str:
    # A round lasts for fixed days, so a new one is begun every month.
    begun: date | None = mailbox.delta_from
    if mailbox.delta_link is None or begun is None or clock.today() - begun > _BACK:
        mailbox.delta_link = mailbox.delta_from = None
        return _first()
    return graph.inside(mailbox.delta_link)


def _first() -> str:
    start, end = clock.today() - _BACK, clock.today() + _AHEAD
    return f"calendarView/delta?startDateTime={start}T00:00:00Z&endDateTime={end}T00:00:00Z"


async def _delta(graph: Graph, path: str) -> tuple[dict[str, Any], str]:
    """Return what changed, by id, and where the next round begins."""
    found: dict[str, Any] = {}
    link = ""
    async for page in graph.pages(Request("GET", path)):
        found |= {each["id"]: each for each in page["value"]}
        link = page.get("@odata.deltaLink", "")
    return found, link


async def _compare(
    db: "Database", rows: Rows, graph: Graph, mailbox: "OutlookMailbox", found: dict[str, Any]
) -> None:
    ours = [each for each in await rows.events() if each.event_id and each.removed_at is None]
    by_id = {each.event_id: each for each in ours}
    events = Events(rows, graph.ask, graph.wait)
    # Of a day that was deleted only an id is told, which we do not know.
    unknown = any("@removed" in each and name not in by_id for name, each in found.items())
    touched = {each.get("seriesMasterId") for each in found.values()} | set(found)
    for event in ours:
        if event.theirs is not None:
            continue
        theirs: Any = found.get(event.event_id or "")
        if theirs is None and mailbox.delta_link is None and _is_in_round(event):
            theirs = {"@removed": {}}  # a first round tells of everything that is there
        if theirs is not None:
            await _compare_one(events, event, theirs)
        if event.series and event.theirs is None and (unknown or event.event_id in touched):
            await _compare_days(db, rows, events, mailbox, event)


async def _compare_one(events: Events, event: "OutlookEvent", theirs: Any) -> None:
    if "@removed" in theirs:
        # What left the days of the round is told of like what was deleted.
        theirs = await events.look(event)
    if theirs is None:
        await events.rows.note(event, theirs=deleted(event.mark))
    elif mark_of(theirs) != event.seen:
        await events.rows.note(event, theirs=changed(theirs, event.mark))
    elif theirs["changeKey"] != event.change_key:
        await events.rows.note(event, change_key=theirs["changeKey"])


async def _compare_days(
    db: "Database", rows: Rows, events: Events, mailbox: "OutlookMailbox", event: "OutlookEvent"
) -> None:
    for unit in await units(db, rows, mailbox, {event.unit_id}):
        wanted = unit.wanted.get(event.source_id)
        if wanted is not None and wanted.mark == event.mark:
            theirs = await foreign_change(events, event, wanted)
            if theirs is not None:
                await rows.note(event, theirs=theirs)


def _is_in_round(event: "OutlookEvent") -> bool:
    first, last = clock.now() - _BACK + timedelta(days=1), clock.now() + _AHEAD - timedelta(days=1)
    return first < event.starts_at < last and not event.series
