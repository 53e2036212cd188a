"""A week as a grid: which days and hours are shown, and which appointments stand in which cell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

OPENS, CLOSES = 8, 16  # the office's hours, shown whatever is there
_SLOTS = (15, 30, 60)  # minutes
_DAY = timedelta(days=1)


class Timed(Protocol):
    """What has a beginning and an end, as aware moments in Helsinki time."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True)
class Shape:
    """The days shown, from Monday on, and the hours from `first` to `last` in slots of `slot` minutes."""

    days: Sequence[date]
    first: int
    last: int
    slot: int

    @property
    def rows(self) -> int:
        """How many slots a day has."""
        return (self.last - self.first) * 60 // self.slot

    def start_of(self, row: int) -> time:
        """Return the time at which a slot begins."""
        minutes = self.first * 60 + row * self.slot
        return time(minutes // 60, minutes % 60)

    def row_of(self, at: time) -> int:
        """Return the slot a time is in, the nearest one for a time that is not shown."""
        row = (at.hour * 60 + at.minute - self.first * 60) // self.slot
        return max(0, min(row, self.rows - 1))


@dataclass(frozen=True)
class Placed:
    """Where an appointment stands on a day: rows from `top` to before `end`, in lane `lane` of `lanes`."""

    index: int
    top: int
    end: int
    lane: int
    lanes: int


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def shape(monday: date, found: Sequence[Timed], lines: int, wanted: Collection[date] = ()) -> Shape:
    """Return the grid of a week for so many lines: the finest slots with which all hours fit.

    Saturday and Sunday are there only with something on them, or when the cursor is `wanted` there.
    """
    used = {day for each in found for day in _days(each)} | set(wanted)
    weekend = [monday + 5 * _DAY, monday + 6 * _DAY]
    last_day = max((day for day in weekend if day in used), default=monday + 4 * _DAY)
    days = [monday + n * _DAY for n in range((last_day - monday).days + 1)]
    hours = [_hours(each, day) for each in found for day in _days(each) if day in days]
    first = min([OPENS, *(begin // 60 for begin, _end in hours)])
    last = max([CLOSES, *(-(-end // 60) for _begin, end in hours)])
    slot = next((each for each in _SLOTS if (last - first) * 60 // each <= lines), _SLOTS[-1])
    return Shape(days, first, last, slot)


def place(grid: Shape, day: date, found: Sequence[Timed]) -> list[Placed]:
    """Return where the appointments of a day stand; those at the same time stand beside each other."""
    places: list[tuple[int, int, int]] = []
    for index, each in enumerate(found):
        if day in _days(each):
            begin, end = _hours(each, day)
            top = (begin - grid.first * 60) // grid.slot
            places.append((index, top, max(top + 1, -(-(end - grid.first * 60) // grid.slot))))
    places.sort(key=lambda each: (each[1], -each[2], each[0]))
    return [found_place for group in _groups(places) for found_place in _lanes(group)]


def _groups(places: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    groups: list[list[tuple[int, int, int]]] = []
    reaches = -1
    for each in places:
        if each[1] >= reaches:
            groups.append([])
        groups[-1].append(each)
        reaches = max(reaches, each[2])
    return groups


def _lanes(group: Sequence[tuple[int, int, int]]) -> list[Placed]:
    ends: list[int] = []
    lane_of: list[int] = []
    for _index, top, end in group:
        lane = next((n for n, reached in enumerate(ends) if reached <= top), len(ends))
        ends[lane : lane + 1] = [end]
        lane_of.append(lane)
    return [
        Placed(index, top, end, lane, len(ends))
        for (index, top, end), lane in zip(group, lane_of, strict=True)
    ]


def _days(each: Timed) -> list[date]:
    first, last = each.starts_at.date(), (each.ends_at - timedelta(microseconds=1)).date()
    return [first + n * _DAY for n in range((last - first).days + 1)]


def _hours(each: Timed, day: date) -> tuple[int, int]:
    """Return from which to which minute of the day it lasts."""
    begin = 0 if each.starts_at.date() < day else each.starts_at.hour * 60 + each.starts_at.minute
    end = 24 * 60 if each.ends_at.date() > day else each.ends_at.hour * 60 + each.ends_at.minute
    return begin, end
