"""Changes made in Outlook: seen, asked about, never overwritten; erasing; when a person is taken there."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kotoutus_tui.demo.graph import times
from kotoutus_tui.outlook import answers, changes, state
from kotoutus_tui.outlook.busy import outlook_busy
from tests.cluster import OwnDatabase
from tests.outlook_desk import START, OutlookDesk, outlook_desk

SECRET = "Kirjattu kokous Salainen"


@pytest.fixture
async def desk(database: OwnDatabase, tmp_path: Path) -> AsyncIterator[OutlookDesk]:
    with outlook_desk(database, tmp_path) as whole:
        await whole.sign_in()
        yield whole
        await whole.aino.close()


def _theirs(desk: OutlookDesk, at: str) -> Any:
    """The event in Outlook that begins then."""
    found = desk.mailbox.within(START - timedelta(days=60), START + timedelta(days=400))
    return next(each for each, day in zip(found, desk.days(), strict=True) if day == at)


def _move(desk: OutlookDesk, at: str, hours: int, **others: Any) -> None:
    view = _theirs(desk, at)
    zone = view.fields["start"]["timeZone"]
    start, end = (times.write(each + timedelta(hours=hours), zone) for each in (view.start, view.end))
    desk.mailbox.change(view, {"start": start, "end": end} | others)


async def _look(desk: OutlookDesk) -> list[str]:
    found = await changes.look(desk.aino, desk.setup, sleep=desk.sleep)
    return [each.theirs["kind"] for each in found if each.theirs]


async def _answer(desk: OutlookDesk, choice: answers.Choice) -> None:
    for each in await changes.waiting(desk.aino):
        await answers.answer(desk.aino, each.id, choice)
    await desk.push()


async def test_a_change_in_outlook_is_asked_about_and_answered(desk: OutlookDesk) -> None:
    first, second = await desk.make(client=True), await desk.make(1)
    await desk.push()
    assert await _look(desk) == []
    # A category is nobody's business; other hours and a deletion are.
    desk.mailbox.change(_theirs(desk, "01.02. 10.00"), {"categories": ["Oma"]})
    assert await _look(desk) == []
    _move(desk, "01.02. 10.00", 2)
    desk.mailbox.remove(_theirs(desk, "02.02. 10.00"))
    assert await _look(desk) == ["changed", "deleted"]
    # What changes here meanwhile overwrites nothing.
    await desk.move(first, 0, 5)
    await desk.push()
    assert desk.days() == ["01.02. 12.00"]
    await _answer(desk, "keep")
    assert desk.days() == ["01.02. 15.00", "02.02. 10.00"] and await _look(desk) == []
    # Taken over: moved and cancelled here as it was there.
    _move(desk, "01.02. 15.00", -1)
    desk.mailbox.remove(_theirs(desk, "02.02. 10.00"))
    assert await _look(desk) == ["changed", "deleted"]
    await _answer(desk, "take")
    rows = desk.do("select id, starts_at, cancelled_reason from app.appointment order by starts_at")
    assert rows == [(first, START + timedelta(hours=4), None), (second, START + timedelta(days=1),
                    "Poistettu Outlookissa")]  # fmt: skip
    assert desk.days() == ["01.02. 14.00"] and await _look(desk) == []
    # Left as they are: nothing is sent until something changes here, which is asked about again.
    desk.mailbox.remove(_theirs(desk, "01.02. 14.00"))
    assert await _look(desk) == ["deleted"]
    await _answer(desk, "leave")
    assert desk.days() == [] and await changes.waiting(desk.aino) == []
    await desk.move(first, 1)
    await desk.push()
    assert desk.days() == [] and len(await changes.waiting(desk.aino)) == 1


async def test_a_change_meets_a_change(desk: OutlookDesk) -> None:
    first = await desk.make()
    _series, days = desk.series()
    await desk.push()
    # Not looked for, but met by the push itself: If-Match, and the days of the series one by one.
    _move(desk, "01.02. 10.00", 1, subject=SECRET)
    _move(desk, "08.02. 13.00", 1)
    await desk.move(first, 0, 6)
    await desk.move(days[1], 7, -1)
    assert (await desk.push()).asked == 2
    assert desk.days() == ["01.02. 11.00", "01.02. 13.00", "08.02. 14.00", "15.02. 13.00", "22.02. 13.00"]
    await _answer(desk, "keep")
    assert desk.days() == ["01.02. 13.00", "01.02. 16.00", "08.02. 09.00", "15.02. 13.00", "22.02. 13.00"]
    # A day of a series that was moved or deleted there is found by delta and taken over.
    _move(desk, "15.02. 13.00", 2)
    assert await _look(desk) == ["changed"]
    await _answer(desk, "take")
    desk.mailbox.remove(_theirs(desk, "22.02. 13.00"))
    assert await _look(desk) == ["deleted"]
    await _answer(desk, "keep")
    assert desk.days() == ["01.02. 13.00", "01.02. 16.00", "08.02. 09.00", "15.02. 15.00", "22.02. 13.00"]
    assert desk.do("select starts_at from app.appointment where id = %s", days[2])[0][0] == START + timedelta(
        days=14, hours=5
    )
    assert await _look(desk) == []
    told = desk.do("select string_agg(e::text, '') from app.outlook_event e")
    assert SECRET not in told[0][0]


async def test_what_is_erased_goes_from_outlook_and_is_shown_until_it_is_gone(desk: OutlookDesk) -> None:
    await desk.make(client=True)
    await desk.make(1)
    await desk.push()
    _move(desk, "01.02. 10.00", 1)
    # The client is erased; somebody's change in Outlook does not keep the event there.
    desk.do("delete from app.appointment_client where client_id = %s", desk.client)
    assert desk.waiting() == 1 and len((await state.read(desk.aino, desk.setup)).sent) == 2
    await desk.push()
    assert desk.days() == ["02.02. 10.00"] and len((await state.read(desk.aino, desk.setup)).sent) == 1
    await state.turn_off(desk.aino, removing=True)
    await desk.push()
    assert desk.days() == [] and desk.waiting() == 0
    # Turned off, nothing waits any more.
    await desk.make(2)
    assert desk.waiting() == 0


async def test_hours_taken_in_outlook_are_known_without_a_word_about_them(desk: OutlookDesk) -> None:
    await desk.make()
    await desk.push()
    zone = "FLE Standard Time"
    foreign: dict[str, Any] = {
        "subject": SECRET, "sensitivity": "private", "location": {"displayName": SECRET},
        "start": times.write(START + timedelta(hours=3), zone),
        "end": times.write(START + timedelta(hours=4), zone),
    }  # fmt: skip
    weekly = {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
        "range": {"type": "numbered", "startDate": "2027-02-01", "numberOfOccurrences": 30},
    }
    desk.mailbox.add(foreign | {"recurrence": weekly})
    desk.mailbox.add(foreign | {"showAs": "free"})
    asked = len(desk.graph.seen)
    found = await outlook_busy(desk.aino, desk.setup, START, START + timedelta(days=100), sleep=desk.sleep)
    assert len(found) == 15 and found[1].starts_at == START + timedelta(days=7, hours=3) and found[0].sure
    assert SECRET not in repr(found)
    assert all("subject" not in each.query["$select"] for each in desk.graph.seen[asked:])
