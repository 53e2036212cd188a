"""A week of the calendar, arranged and drawn, and the search for free times of a whole team."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from benchmarks.report import Report, median
from kotoutus_tui.calendar import week
from kotoutus_tui.calendar.free import Person, Wish, free_slots
from kotoutus_tui.clock import HELSINKI
from screens.widgets.week_cells import Block, filled

_MONDAY = date(2026, 11, 23)
_MEETINGS, _PEOPLE, _DAYS = 60, 12, 92


def measure(report: Report, rounds: int) -> None:
    """Measure what is done for every frame of a week, and for every question who is free."""
    report.heading(f"calendar: {_MEETINGS} appointments in a week, {_PEOPLE} people")
    random = Random(1)
    blocks = [
        Block(str(number), begin, end, "Pitkäniminen Asiakas", "[ar]", ["Alkuhaastattelu", "R3"])
        for number, (begin, end) in enumerate(_hours(random, _MEETINGS, 5))
    ]
    report.line("a week arranged and drawn", _time(lambda: _draw(blocks), rounds), "ms", most=20)
    people = [
        Person(f"p{number}", f"Ohjaaja {number}", {"ar"} if number % 3 else (), _hours(random, 400, _DAYS))
        for number in range(_PEOPLE)
    ]
    begin = datetime.combine(_MONDAY, datetime.min.time(), HELSINKI)
    wish = Wish(45, _MONDAY, _MONDAY + timedelta(days=_DAYS), begin, "ar", _hours(random, 100, _DAYS))
    report.line(
        "who is free within three months", _time(lambda: free_slots(people, wish), rounds), "ms", most=150
    )


def _draw(blocks: list[Block]) -> None:
    grid = week.shape(_MONDAY, blocks, 32)
    for day in grid.days:
        places = week.place(grid, day, blocks)
        for row in range(grid.rows):
            there = [each for each in places if each.top <= row < each.end]
            if there:
                filled(there, blocks, grid, row, 14, None)


def _hours(random: Random, count: int, days: int) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for _each in range(count):
        day = _MONDAY + timedelta(days=random.randrange(days))
        begin = datetime.combine(day, datetime.min.time(), HELSINKI) + timedelta(
            minutes=15 * random.randrange(32, 62)
        )
        found.append((begin, begin + timedelta(minutes=15 * random.randrange(2, 7))))
    return found


def _time(work: Callable[[], object], rounds: int) -> float:
    times: list[float] = []
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)
