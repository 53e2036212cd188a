"""Exactly one event whatever breaks: a fault or an end at every request and every commit in turn."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import pytest

from kotoutus_tui.calendar.entry import Entry, Series
from kotoutus_tui.calendar.series import starts
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.demo.graph.faults import Fault, Faults
from kotoutus_tui.demo.graph.mailbox import Mailbox
from kotoutus_tui.demo.graph.server import Asked, GraphServer, _query
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.outlook import bodies
from kotoutus_tui.outlook.batch import Batcher
from kotoutus_tui.outlook.days import put_days
from kotoutus_tui.outlook.event import Events
from kotoutus_tui.outlook.graph import Graph, seconds_of
from kotoutus_tui.outlook.requests import NO_ANSWER, Reply
from kotoutus_tui.outlook.setup import Setup
from models.outlook import OutlookEvent

AINO = "aino@city.example"
START = datetime(2027, 2, 1, 8, tzinfo=UTC)  # a Monday
SERIES = Series(UUID(int=900), "weekly", 1, None, START + timedelta(hours=3), 5)
AFTER = ["01.02. 13.00", "03.02. 12.00", "04.02. 10.00", "09.02. 10.00", "23.02. 09.00", "01.03. 13.00"]


class Killed(BaseException):
    """The process ends here."""


class Direct(Graph):
    """The way to the server without a network; `end_at` kills at a request, before or after it is done."""

    server: GraphServer
    end_at: tuple[int, bool] | None = None
    count = 0

    async def _send(self, method: str, url: str, headers: Any, body: Any) -> Reply:
        number, self.count = self.count, self.count + 1
        parts = urlsplit(url)
        given = {name.lower(): value for name, value in headers.items()} | {"authorization": "Bearer t"}
        if self.end_at and number + (not self.end_at[1]) > self.end_at[0]:
            raise Killed
        answer = self.server._answer(
            Asked(method, unquote(parts.path), _query(parts.query), given, deepcopy(body))
        )
        if self.end_at == (number, True):
            raise Killed
        if answer is None:
            return Reply(NO_ANSWER)
        return Reply(answer.status, deepcopy(answer.body), seconds_of(answer.headers))


class Memory:
    """Rows that are kept in memory; `end_at` kills at a commit, before or after it."""

    def __init__(self) -> None:
        self.rows: dict[UUID, OutlookEvent] = {}
        self.end_at: tuple[int, bool] | None = None
        self.count = 0

    async def note(self, event: OutlookEvent, **values: Any) -> None:
        number, self.count = self.count, self.count + 1
        if self.end_at and number + (not self.end_at[1]) > self.end_at[0]:
            raise Killed
        for name, value in values.items():
            setattr(event, name, deepcopy(value))
        if self.end_at == (number, True):
            raise Killed


class World:
    """A mailbox, what is known of it, and what is wanted there."""

    def __init__(self) -> None:
        self.server = GraphServer(AINO, {AINO: Mailbox()})
        self.server.sign_in.tokens["t"] = AINO, datetime(2100, 1, 1, tzinfo=UTC)
        self.memory = Memory()
        self.slept: list[float] = []

    async def settle(self, wanted: list[bodies.Wanted], **ends: Any) -> Direct:
        """Bring everything to what is wanted, as a push does."""
        graph = Direct(Setup("", "", "http://graph/v1.0", Path(), 1, None, ""), self._sleep)
        graph.server, graph.end_at = self.server, ends.get("request")
        self.memory.end_at, self.memory.count = ends.get("commit"), 0
        fresh: set[UUID] = set()
        for each in wanted:
            if each.source_id not in self.memory.rows:
                row = OutlookEvent(source_id=each.source_id, unit_id=each.source_id, series=each.is_series,
                                   generation=0, starts_at=each.starts_at, ends_at=each.ends_at)  # fmt: skip
                self.memory.rows[each.source_id] = row
                fresh.add(row.id)
        batcher = Batcher(graph)
        events = Events(self.memory, batcher.ask, batcher.wait, frozenset(fresh))  # type: ignore[arg-type]
        wanted_by = {each.source_id: each for each in wanted}

        async def one(row: OutlookEvent) -> None:
            each = wanted_by.get(row.source_id)
            if each is None:
                await events.remove(row, anyway=False)
                return
            await events.put(row, each)
            if each.is_series:
                await put_days(events, row, each)

        try:
            errors = await batcher.carry_out([one(row) for row in self.memory.rows.values()])
        finally:
            await graph._http.aclose()
        for error in errors:
            if error is not None:
                raise error
        return graph

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def days(self) -> list[str]:
        found = self.server.mailboxes[AINO].within(START - timedelta(days=40), START + timedelta(days=400))
        return [f"{each.start.astimezone(HELSINKI):%d.%m. %H.%M}" for each in found]


def _entry(number: int, start: datetime, **others: Any) -> Entry:
    return Entry(
        UUID(int=number), "guidance", "office", None, start, start + timedelta(hours=1), 0, START, **others
    )


def _wanted(changed: bool) -> list[bodies.Wanted]:
    """Three single ones and a series; `changed` moves, removes, adds, leaves out and moves back."""
    days = [
        _entry(901 + number, when.astimezone(UTC), series=SERIES, original_start=when.astimezone(UTC))
        for number, when in enumerate(starts(SERIES))
    ]

    def moved(number: int, **by: int) -> None:
        entry = days[number]
        days[number] = _entry(901 + number, entry.starts_at + timedelta(**by), series=SERIES,
                              original_start=entry.original_start)  # fmt: skip

    if changed:
        singles = [_entry(1, START + timedelta(days=2, hours=2)), _entry(3, START + timedelta(days=3))]
        moved(1, days=1, hours=-3)
        days[2] = _entry(
            903, days[2].starts_at, series=SERIES, original_start=days[2].original_start, cancelled=True
        )
        moved(3, days=1, hours=-4)
    else:
        singles = [_entry(1, START + timedelta(days=1)), _entry(2, START + timedelta(days=1, hours=4))]
        moved(3, days=3)
    found = [event for each in singles for event in bodies.wanted([each], "busy")]
    return found + bodies.wanted(days, "busy")


async def _world() -> World:
    world = World()
    await world.settle(_wanted(changed=False))
    assert len(world.days()) == 7
    return world


async def _mend(world: World) -> None:
    """Push with something going wrong, then until it goes through."""
    world.server.faults.request_count = world.server.faults.item_count = 0
    for _again in range(4):
        try:
            await world.settle(_wanted(changed=True))
        except KotoutusError:
            continue
        assert world.days() == AFTER
        assert all(row.theirs is None for row in world.memory.rows.values())
        # Everything is as it is known to be: nothing more is sent, by nobody.
        assert (await world.settle(_wanted(changed=True))).count == 0
        return
    raise AssertionError("it never went through")


FAULTS = (
    Fault("refuse", 503, 1), Fault("refuse", 500), Fault("after", 500), Fault("after", 503, 2), Fault("drop"),
    Fault("drop_after"), Fault("refuse", 429, 3), Fault("after", 504),
)  # fmt: skip


@pytest.mark.parametrize("replays", [True, False], ids=["replayed", "looked-up"])
async def test_a_fault_at_any_request_or_batch_item(replays: bool) -> None:
    begun, runs = await _world(), 0
    begun.server.mailboxes[AINO].replays = replays
    for fault in FAULTS:
        for kind in ("requests", "items"):
            for number in range(60):
                world = deepcopy_of(begun)
                world.server.faults = faults = Faults()
                setattr(faults, kind, {number: fault})
                await _mend(world)
                runs += 1
                if (faults.request_count if kind == "requests" else faults.item_count) <= number:
                    break
    assert runs > 80


@pytest.mark.parametrize("where", ["request", "commit"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_an_end_at_any_request_or_commit(where: str, after: bool) -> None:
    begun, runs = await _world(), 0
    begun.server.mailboxes[AINO].replays = False
    for number in range(60):
        world = deepcopy_of(begun)
        try:
            await world.settle(_wanted(changed=True), **{where: (number, after)})
        except Killed:
            runs += 1
        else:
            break
        await _mend(world)
    assert runs >= 6


async def test_two_faults_in_a_row() -> None:
    begun = await _world()
    for first in range(8):
        for second in range(first + 1, first + 4):
            world = deepcopy_of(begun)
            world.server.faults = Faults(requests={first: Fault("after", 500), second: Fault("drop_after")})
            await _mend(world)


async def test_throttling_in_batches_is_obeyed_item_by_item() -> None:
    world = World()
    world.server.faults.throttle_every, world.server.faults.retry_after = 10, 7
    wanted = [event for number in range(200) for event in bodies.wanted(
        [_entry(number + 1, START + timedelta(hours=number * 2))], "busy")]  # fmt: skip
    await world.settle(wanted)
    assert len(world.days()) == 200 and world.server.mailboxes[AINO].posts == 200
    assert len(world.slept) >= 20 and min(world.slept) >= 7


def deepcopy_of(world: World) -> World:
    """The same again, with nothing shared."""
    other = World()
    other.server.mailboxes = deepcopy(world.server.mailboxes)
    for source, row in world.memory.rows.items():
        other.memory.rows[source] = OutlookEvent(**deepcopy(row.model_dump()))
    return other
