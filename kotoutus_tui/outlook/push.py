"""The push: what waits is brought into Outlook by batches; it can break off anywhere and go on later."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.calendar import titles
from kotoutus_tui.calendar.entry import Entry
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import speaking
from kotoutus_tui.outlook import bodies, reading
from kotoutus_tui.outlook.batch import LARGEST, Batcher
from kotoutus_tui.outlook.bodies import Wanted
from kotoutus_tui.outlook.days import put_days
from kotoutus_tui.outlook.event import Events
from kotoutus_tui.outlook.graph import Graph, Sleep
from kotoutus_tui.outlook.problems import Refused
from kotoutus_tui.outlook.rows import Rows
from kotoutus_tui.outlook.setup import Setup

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.outlook import OutlookEvent, OutlookJob, OutlookMailbox


@dataclass
class Pushed:
    """What a push did, in appointments and whole series; `asked` wait for an answer, `put_off` for later."""

    done: int = 0
    asked: int = 0
    put_off: int = 0


@dataclass(frozen=True)
class Unit:
    """An appointment or a series: what Outlook is to hold of it, what it holds, and what was cancelled here.

    What goes because it was cancelled waits for an answer if somebody changed it in Outlook; what is
    erased, withdrawn or no longer one's own goes all the same.
    """

    id: UUID
    cancelled: frozenset[UUID]
    wanted: dict[UUID, Wanted]
    events: Sequence["OutlookEvent"]

    @property
    def is_due(self) -> bool:
        """Whether anything is to be sent or taken away."""
        held = {each.source_id: each.mark for each in self.events if each.removed_at is None}
        return held != {each.source_id: each.mark for each in self.wanted.values()} or any(
            each.is_series for each in self.wanted.values()
        )


async def push(
    db: "Database",
    setup: Setup,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    sleep: Sleep = asyncio.sleep,
) -> Pushed:
    """Send everything that waits; `progress` hears how many of how many are done.

    Raises Unreachable, NotAllowed or SetupError when it cannot go on; what was not sent then waits.
    """
    rows, pushed = Rows(db), Pushed()
    mailbox = await rows.needed_mailbox()
    async with rows.claimed(), Graph(setup, sleep) as graph:
        whole = len(await rows.waiting())
        while jobs := await rows.waiting(LARGEST):
            await _send(db, rows, graph, mailbox, jobs, pushed)
            progress(min(whole, pushed.done + pushed.put_off), whole)
    return pushed


async def preview(db: "Database") -> list[dict[str, Any]]:
    """Return what a push would send now, as Graph's JSON, without asking Outlook."""
    rows = Rows(db)
    mailbox = await rows.needed_mailbox()
    jobs = await rows.waiting()
    found: list[dict[str, Any]] = []
    for unit in await units(db, rows, mailbox, {job.unit_id for job in jobs}):
        held = {each.source_id: each for each in unit.events if each.removed_at is None}
        found += [
            {"method": "DELETE", "url": f"events/{event.event_id}"}
            for event in held.values()
            if event.source_id not in unit.wanted
        ]
        for each in unit.wanted.values():
            event = held.get(each.source_id)
            if event is None or event.event_id is None:
                generation = event.generation if event else 0
                found.append({"method": "POST", "url": "events", "body": bodies.new(each, generation)})
            elif event.mark != each.mark:
                found.append({"method": "PATCH", "url": f"events/{event.event_id}", "body": each.body})
            for when, body in each.days.items():
                url = f"events/…/instances/{when:%Y-%m-%dT%H:%M:%SZ}"
                found.append(
                    {"method": "PATCH" if body else "DELETE", "url": url} | ({"body": body} if body else {})
                )
    return found


async def _send(
    db: "Database",
    rows: Rows,
    graph: Graph,
    mailbox: "OutlookMailbox",
    jobs: "Sequence[OutlookJob]",
    pushed: Pushed,
) -> None:
    ids = {job.unit_id for job in jobs}
    found = await units(db, rows, mailbox, ids)
    due = [unit for unit in found if unit.is_due]
    if due:
        await rows.tell_use(mailbox, len(due))
    fresh = await _note_plans(rows, due)
    held = {each.source_id: each for each in await rows.events(ids)}
    batcher = Batcher(graph)
    events = Events(rows, batcher.ask, batcher.wait, fresh)
    errors = await batcher.carry_out([_settle(events, unit, held) for unit in found])
    by_unit = {job.unit_id: job for job in jobs}
    stopped: BaseException | None = None
    for unit, error in zip(found, errors, strict=True):
        job = by_unit[unit.id]
        if error is None:
            await rows.finish(job)
            pushed.done += 1
            pushed.asked += any(held[each].theirs is not None for each in unit.wanted if each in held)
        elif isinstance(error, Refused):
            await rows.put_off(job, error.code)
            pushed.put_off += 1
        else:
            # A fault of the program outranks what anybody can do something about.
            stopped = error if stopped is None or not isinstance(error, KotoutusError) else stopped
    if stopped is not None:
        raise stopped


async def units(db: "Database", rows: Rows, mailbox: "OutlookMailbox", ids: Collection[UUID]) -> list[Unit]:
    """Return these units with what Outlook is to hold; raises InvalidInput for a title that tells names."""
    if not ids:
        return []
    entries = await reading.units(db, ids)
    with_client = await reading.with_client(db, ids)
    events = await rows.events(ids)
    titles.check(mailbox.template, [each for unit in entries.values() for each in unit])
    return [
        Unit(
            unit,
            _cancelled(unit, entries[unit]) if mailbox.active else frozenset(),
            _wanted(mailbox, entries[unit], with_client, [each for each in events if each.unit_id == unit]),
            [each for each in events if each.unit_id == unit],
        )
        for unit in entries
    ]


def _wanted(
    mailbox: "OutlookMailbox",
    entries: Sequence[Entry],
    with_client: set[UUID],
    events: "Sequence[OutlookEvent]",
) -> dict[UUID, Wanted]:
    if not mailbox.active:
        return {}
    with speaking(mailbox.language):
        found = bodies.wanted(entries, mailbox.template)
    met = with_client & {each.id for each in entries}
    found = [
        replace(each, with_client=bool(met) if each.is_series else each.source_id in met) for each in found
    ]
    # An event that was about a client who is no longer there goes, whatever is left of the appointment.
    was = {each.source_id for each in events if each.with_client and each.removed_at is None}
    return {each.source_id: each for each in found if each.with_client or each.source_id not in was}


async def _note_plans(rows: Rows, units: Sequence[Unit]) -> frozenset[UUID]:
    """Note the events that are about to be made; return the ids of those that nobody tried to make before."""
    from models.base import new_id

    planned: list[dict[str, Any]] = []
    for unit in units:
        held = {each.source_id for each in unit.events}
        planned += [
            {
                "id": new_id(), "source_id": each.source_id, "unit_id": unit.id, "series": each.is_series,
                "with_client": each.with_client, "starts_at": each.starts_at, "ends_at": each.ends_at,
            }
            for each in unit.wanted.values()
            if each.source_id not in held
        ]  # fmt: skip
    await rows.add(planned)
    return frozenset(each["id"] for each in planned)


async def _settle(events: Events, unit: Unit, held: "dict[UUID, OutlookEvent]") -> None:
    for event in unit.events:
        if event.source_id not in unit.wanted:
            await events.remove(held[event.source_id], anyway=event.source_id not in unit.cancelled)
    for each in unit.wanted.values():
        if each.source_id in held:
            await events.put(held[each.source_id], each)
            if each.is_series:
                await put_days(events, held[each.source_id], each)


def _cancelled(unit: UUID, entries: Sequence[Entry]) -> frozenset[UUID]:
    cancelled = {each.id for each in entries if each.cancelled}
    return frozenset(cancelled | ({unit} if len(cancelled) == len(entries) > 0 else set()))
