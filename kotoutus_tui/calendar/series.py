"""A series in the form that Outlook takes: a rule, days left out, changed days, and what stands alone.

Outlook refuses an occurrence moved to or past the day of its neighbour, so such a day is left out of the
series and becomes an appointment of its own.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kotoutus_tui.calendar.entry import Entry, Series
from kotoutus_tui.calendar.zone import is_unclear, local
from kotoutus_tui.clock import HELSINKI

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Arranged:
    """A series ready to be written: `pattern` is what the rule repeats, None when no rule is left."""

    series: Series
    pattern: Entry | None
    left_out: Sequence[datetime]
    changed: Sequence[Entry]
    alone: Sequence[Entry]


def weekdays(series: Series) -> tuple[str, ...]:
    """Return the days of a weekly series; the day it begins on is always one of them."""
    chosen = set((series.weekdays or "").replace(" ", "").upper().split(",")) & set(DAYS)
    return tuple(day for day in DAYS if day in chosen | {DAYS[local(series.starts_at).weekday()]})


def starts(series: Series) -> list[datetime]:
    """Return the moments at which the rule puts its occurrences, at the same local hour throughout."""
    first = local(series.starts_at)
    days = _days(series, first.date())
    return [
        datetime.combine(next(days), first.time().replace(fold=0), HELSINKI)
        for _number in range(series.times)
    ]


def arrange(series: Series, entries: Sequence[Entry]) -> Arranged:
    """Return the occurrences of a series, cancelled ones among them, as they may be written."""
    rule = starts(series)
    kept = sorted(
        (each for each in entries if not each.cancelled), key=lambda each: (each.starts_at, each.id)
    )
    by_start = {each.original_start: each for each in kept if each.original_start is not None}
    on_rule = [by_start.get(moment) for moment in rule]
    pattern = next(
        (each for each, when in zip(on_rule, rule, strict=True) if each and _is_regular(each, when)), None
    )
    if pattern is None or any(is_unclear(when) or is_unclear(when + _length(pattern)) for when in rule):
        return Arranged(series, None, (), (), kept)
    left_out: list[datetime] = []
    changed: list[Entry] = []
    last_day = date.min
    for number, (when, entry) in enumerate(zip(rule, on_rule, strict=True)):
        if entry is None:
            left_out.append(when)
            continue
        if not _is_same(entry, pattern, when):
            after = rule[number - 1].date() if number else date.min
            before = rule[number + 1].date() if number + 1 < len(rule) else date.max
            day = local(entry.starts_at).date()
            if not max(after, last_day) < day < before or _has_unclear(entry):
                left_out.append(when)
                continue
            changed.append(entry)
        elif last_day >= when.date():
            left_out.append(when)
            continue
        last_day = local(entry.starts_at).date()
    gone = set(left_out)
    written = {each.id for each, when in zip(on_rule, rule, strict=True) if each and when not in gone}
    alone = [each for each in kept if each.id not in written]
    return Arranged(series, pattern, left_out, changed, alone)


def _days(series: Series, first: date) -> Iterator[date]:
    if series.frequency == "daily":
        number = 0
        while True:
            yield first + timedelta(days=number * series.every)
            number += 1
    if series.frequency == "weekly":
        monday = first - timedelta(days=first.weekday())
        offsets = [DAYS.index(day) for day in weekdays(series)]
        while True:
            yield from (day for each in offsets if (day := monday + timedelta(days=each)) >= first)
            monday += timedelta(weeks=series.every)
    month = first.year * 12 + first.month - 1
    while True:
        # A month that lacks the day is passed over, as iCalendar does.
        with suppress(ValueError):
            yield date(month // 12, month % 12 + 1, first.day)
        month += series.every


def _length(entry: Entry) -> timedelta:
    return entry.ends_at - entry.starts_at


def _is_regular(entry: Entry, when: datetime) -> bool:
    return entry.starts_at == when


def _is_same(entry: Entry, pattern: Entry, when: datetime) -> bool:
    mine = (entry.starts_at, _length(entry), entry.kind, entry.mode, entry.room, entry.people)
    return mine == (when, _length(pattern), pattern.kind, pattern.mode, pattern.room, pattern.people)


def _has_unclear(entry: Entry) -> bool:
    return is_unclear(entry.starts_at) or is_unclear(entry.ends_at)
