"""The push to Outlook: exactly one event whatever breaks, order, throttling, erasure, what it tells of."""

from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from kotoutus_tui.demo.graph.faults import Fault, Faults
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.outlook import push as pushing
from tests.cluster import OwnDatabase
from tests.outlook_desk import AINO, OutlookDesk, outlook_desk

IN_OUTLOOK = ["01.02. 10.00", "01.02. 13.00", "03.02. 12.00", "09.02. 10.00", "22.02. 13.00"]


@pytest.fixture
async def desk(database: OwnDatabase, tmp_path: Path) -> AsyncIterator[OutlookDesk]:
    with outlook_desk(database, tmp_path) as whole:
        await whole.sign_in()
        yield whole
        await whole.aino.close()


async def test_what_is_made_moved_and_cancelled_reaches_outlook(desk: OutlookDesk) -> None:
    first, second = await desk.make(client=True), await desk.make(1)
    series, days = desk.series()
    assert (await desk.push()).done == 3
    await desk.move(second, 2, 2)
    await desk.move(days[1], 8)
    desk.do("update app.appointment set cancelled_at = now() where id = %s", days[2], login="aino")
    assert (await desk.push()).done == 2
    assert desk.days() == IN_OUTLOOK
    # Past its neighbour: out of the series, and an event of its own.
    await desk.move(days[0], 20)
    await desk.cancel(first)
    await desk.push()
    assert desk.days() == ["03.02. 12.00", "09.02. 10.00", "21.02. 10.00", "22.02. 13.00"]
    # The whole series is moved back and handed to nobody: nothing of it stays.
    desk.do("delete from app.appointment where series_id = %s", series)
    await desk.push()
    assert desk.days() == ["03.02. 12.00"]
    assert desk.subjects == ["Varattu"] and desk.mailbox.posts == 4
    assert await pushing.preview(desk.aino) == []
    told = desk.do("select route, mailbox, template, appointments from app.calendar_export order by id")
    assert told == [("outlook", AINO, "busy", many) for many in (3, 2, 2, 1)]
    assert all("ImmutableId" in each.headers["prefer"] for each in desk.graph.seen)


BROKEN = (
    Faults(requests={0: Fault("after", 500), 2: Fault("drop_after")}),
    Faults(items={0: Fault("after", 504), 1: Fault("after", 500), 2: Fault("refuse", 429, 3)}),
)


async def test_faults_on_the_way_leave_exactly_one_event_each(desk: OutlookDesk) -> None:
    moved, cancelled = await desk.make(1), await desk.make(1, 4)
    await desk.push()
    await desk.make(client=True)
    await desk.move(moved, 2, 2)
    await desk.cancel(cancelled)
    _series, days = desk.series()
    await desk.move(days[1], 8)
    desk.do("update app.appointment set cancelled_at = now() where id = %s", days[2], login="aino")
    desk.keep()
    for faults in BROKEN:
        desk.restore()
        desk.graph.faults = faults
        for _again in range(3):
            with suppress(KotoutusError):
                await desk.push()
        assert desk.days() == IN_OUTLOOK
        assert desk.waiting() == 0
