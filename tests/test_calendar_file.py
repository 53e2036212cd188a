"""The file for Outlook: exact bytes, clock changes, series with moved days, titles without names."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from kotoutus_tui.calendar import ics, titles
from kotoutus_tui.calendar.entry import Entry, Person, Series
from kotoutus_tui.calendar.series import starts
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput

WRITTEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
GOLDEN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//City of Joensuu//kotoutus-tui//EN
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Varattu
DTSTART;TZID=Europe/Helsinki:20260714T093000
DTEND;TZID=Europe/Helsinki:20260714T101500
DTSTAMP:20260102T030405Z
UID:8f4d0c1e
SEQUENCE:3
CLASS:PRIVATE
LAST-MODIFIED:20260102T030405Z
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
END:VCALENDAR
"""


def entry(number: int, start: datetime, **others: Any) -> Entry:
    end = start + timedelta(minutes=45)
    return Entry(
        **{
            "id": UUID(int=number), "kind": "plan", "mode": "office", "room": "Huone 3", "starts_at": start,
            "ends_at": end, "sequence": 0, "updated_at": WRITTEN,
        } | others
    )  # fmt: skip


def weekly(times: int = 22, begin: datetime = datetime(2026, 3, 2, 10, tzinfo=HELSINKI)) -> list[Entry]:
    series = Series(UUID(int=999), "weekly", 1, None, begin, times)
    return [
        entry(number + 1, when.astimezone(UTC), series=series, original_start=when.astimezone(UTC))
        for number, when in enumerate(starts(series))
    ]


def moved(entry: Entry, **by: float) -> Entry:
    step = timedelta(**by)
    return replace(entry, starts_at=entry.starts_at + step, ends_at=entry.ends_at + step, sequence=1)


def written(entries: Sequence[Entry], template: str = "busy") -> list[Any]:
    """The events of the file, after the file itself has passed the lint."""
    content, _count = ics.as_ics(entries, template)
    lint(content)
    return list(Calendar.from_ical(content).walk("VEVENT"))


def lint(content: bytes) -> None:
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode("utf-8")  # a fold inside a character would not be read
    assert content.count(b"BEGIN:VTIMEZONE") == content.count(b"METHOD:PUBLISH") == 1
    for never in (b"RDATE", b"ORGANIZER", b"ATTENDEE", b"DESCRIPTION", b"X-WR-", b"\xef\xbb\xbf", b"GEO"):
        assert never not in content
    assert content.count(b"CLASS:PRIVATE") == content.count(b"BEGIN:VEVENT") > 0


def test_the_bytes_are_exactly_these() -> None:
    one = entry(1, datetime(2026, 7, 14, 6, 30, tzinfo=UTC), sequence=3)
    content, count = ics.as_ics([one], "busy")
    assert count == 1
    assert content.decode() == GOLDEN.replace("8f4d0c1e", ics.uid(one.id)).replace("\n", "\r\n")


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [*weekly(), entry(500, datetime(2026, 5, 5, 9, tzinfo=UTC))]
    content = ics.as_ics(rows, "kind")
    random.Random(4).shuffle(rows)
    assert ics.as_ics(rows, "kind") == content


def test_an_empty_file_is_never_made() -> None:
    assert ics.as_ics([], "busy") == (b"", 0)
    assert ics.as_ics([replace(each, cancelled=True) for each in weekly()], "busy") == (b"", 0)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.parametrize("hour", [2, 3, 4])
def test_an_hour_of_the_clock_change_is_written_in_utc(day: date, hour: int) -> None:
    start = datetime(day.year, day.month, day.day, hour, 10, tzinfo=HELSINKI).astimezone(UTC)
    (event,) = written([entry(1, start)])
    assert event["dtstart"].dt == start
    there = (
        start.astimezone(HELSINKI).hour == 3 or (start + timedelta(minutes=45)).astimezone(HELSINKI).hour == 3
    )
    assert (event["dtstart"].to_ical().endswith(b"Z")) == there


def test_a_series_keeps_its_hour_over_both_clock_changes() -> None:
    whole = weekly(40)
    (event,) = written(whole)
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;COUNT=40;INTERVAL=1;BYDAY=MO"
    assert {each.starts_at.astimezone(HELSINKI).hour for each in whole} == {10}
    assert len({each.starts_at.hour for each in whole}) == 2


def test_a_series_in_the_hour_of_the_clock_change_is_written_day_by_day() -> None:
    nights = weekly(6, datetime(2026, 3, 15, 3, 30, tzinfo=HELSINKI))
    events = written(nights)
    assert len(events) == len({str(each["uid"]) for each in events}) == 6
    assert not any("rrule" in each for each in events)


def test_of_22_days_one_is_cancelled_one_moved_and_one_moved_too_far() -> None:
    rows = weekly()
    rows[4] = replace(rows[4], cancelled=True)
    rows[7] = moved(rows[7], hours=2)
    rows[9] = moved(rows[9], days=8)  # past the next one: Outlook refuses that
    whole, override, alone = written(rows)
    left_out = [each.dt for each in whole["exdate"].dts]
    assert left_out == [rows[4].original_start, rows[9].original_start]
    assert whole["exdate"].to_ical() == b"20260330T100000,20260504T100000"
    assert override["uid"] == whole["uid"] != alone["uid"]
    assert override["recurrence-id"].dt == rows[7].original_start
    assert (override["dtstart"].dt, alone["dtstart"].dt) == (rows[7].starts_at, rows[9].starts_at)
    assert "recurrence-id" not in alone


@pytest.mark.parametrize(("days", "kept"), [(-7, False), (-6, True), (6, True), (7, False)])
def test_a_move_stays_in_the_series_up_to_the_day_before_its_neighbour(days: int, kept: bool) -> None:
    rows = weekly()
    rows[9] = moved(rows[9], days=days)
    assert any("recurrence-id" in each for each in written(rows)) == kept


def test_whatever_is_moved_and_cancelled_every_meeting_is_told_once() -> None:
    chance = random.Random(7)
    for _round in range(150):
        rows = weekly(12)
        for number in range(12):
            if chance.random() < 0.2:
                rows[number] = replace(rows[number], cancelled=True)
            elif chance.random() < 0.4:
                rows[number] = moved(rows[number], days=chance.randint(-15, 15))
        if all(each.cancelled for each in rows):
            continue
        events = written(rows)
        told = [each["dtstart"].dt for each in events if "rrule" not in each]
        replaced = {each["recurrence-id"].dt for each in events if "recurrence-id" in each}
        for each in events:
            if "rrule" in each:
                gone = {day.dt for day in each["exdate"].dts} if "exdate" in each else set()
                assert not gone & replaced
                told += [row.original_start for row in rows if row.original_start not in gone | replaced]
        assert sorted(told) == sorted(row.starts_at for row in rows if not row.cancelled)


def test_titles_of_five_scripts_are_folded_between_characters() -> None:
    when = datetime(2026, 5, 5, 9, tzinfo=UTC)
    for text in ("Äöå " * 12, "Встреча " * 7, "مقابلة " * 8, "會議" * 20, "🙂🙃" * 15, "a;b,c\\d " * 6):
        (event,) = written([entry(1, when, kind="meeting")], f"text:{text}")
        assert str(event["summary"]) == text.strip()


AMIRA = Person("Amira", "Esimerkki", "K-1001", protected=False)


@pytest.mark.parametrize("template", ["kind", "initials", "number", "text:Tapaaminen"])
def test_of_a_protected_person_nothing_but_busy_is_told(template: str) -> None:
    protected = entry(1, WRITTEN, people=(AMIRA, replace(AMIRA, protected=True)))
    unknown = entry(2, WRITTEN)
    for event in written([protected, unknown], template):
        assert event["summary"] == "Varattu"
        assert "location" not in event


def test_the_template_decides_what_is_told() -> None:
    one = entry(1, WRITTEN, people=(AMIRA,))
    told = {name: titles.title(one, name) for name in titles.TEMPLATES}
    kind = told["kind"]
    assert told == {"busy": "Varattu", "kind": kind, "initials": f"{kind} A.E.", "number": f"{kind} K-1001"}
    assert b"Amira" not in ics.as_ics([one], "initials")[0]


@pytest.mark.parametrize(
    "template", ["names", "text:", "text:tapaan AMIRAN", "text:k-1001", "text:" + "x" * 61]
)
def test_a_title_with_a_name_is_refused(template: str) -> None:
    with pytest.raises(InvalidInput):
        titles.check(template, [entry(1, WRITTEN, people=(AMIRA,))])


def test_a_thousand_are_written_in_two_seconds_of_the_processor() -> None:
    import time

    rows = [entry(n, WRITTEN + timedelta(hours=n), people=(AMIRA,)) for n in range(1000)]
    begun = time.process_time()
    content, count = ics.as_ics(rows, "initials")
    assert count == 1000
    assert time.process_time() - begun < 2
    lint(content)
