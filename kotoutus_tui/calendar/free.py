"""Free times in the working hours of a team: who can meet somebody, and who needs an interpreter for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from kotoutus_tui.calendar.week import CLOSES, OPENS
from kotoutus_tui.clock import HELSINKI

STEP = 15  # minutes: times begin at every quarter
_SATURDAY = 5

Hours = tuple[datetime, datetime]


@dataclass(frozen=True)
class Person:
    """Somebody with the languages they work in, the hours they are taken and the days they are away."""

    login: str
    name: str
    languages: Collection[str] = ()
    taken: Sequence[Hours] = ()
    away: Collection[date] = ()


@dataclass(frozen=True)
class Wish:
    """What is looked for; without a language nobody needs an interpreter.

    `interpreter_taken` counts only where one is needed, `room_taken` always. Nothing begins before `now`.
    """

    minutes: int
    first: date
    last: date
    now: datetime
    language: str = ""
    interpreter_taken: Sequence[Hours] = ()
    room_taken: Sequence[Hours] = ()
    holidays: Mapping[date, str] = field(default_factory=dict[date, str])


@dataclass(frozen=True)
class Slot:
    """A time at which somebody is free; what is interpreted takes twice the minutes."""

    login: str
    name: str
    starts_at: datetime
    ends_at: datetime
    interpreted: bool


def free_slots(people: Sequence[Person], wish: Wish) -> list[Slot]:
    """Return free times, each one as early as it can be after the one before of the same person and day.

    Those who speak the language come first, then by time and name. Saturdays, Sundays and holidays are
    left out.
    """
    found = [
        slot
        for day in _working_days(wish)
        for each in people
        if day not in each.away
        for slot in _of(each, day, wish)
    ]
    return sorted(found, key=lambda slot: (slot.interpreted, slot.starts_at, slot.name, slot.login))


def _working_days(wish: Wish) -> Iterator[date]:
    for number in range((wish.last - wish.first).days + 1):
        day = wish.first + timedelta(days=number)
        if day.weekday() < _SATURDAY and day not in wish.holidays:
            yield day


def _of(person: Person, day: date, wish: Wish) -> Iterator[Slot]:
    interpreted = bool(wish.language) and wish.language not in person.languages
    length = timedelta(minutes=wish.minutes * (2 if interpreted else 1))
    at = datetime.combine(day, time(OPENS), HELSINKI)
    closes = datetime.combine(day, time(CLOSES), HELSINKI)
    whole = (person.taken, wish.room_taken, wish.interpreter_taken if interpreted else ())
    taken = [(begin, end) for hours in whole for begin, end in hours if begin < closes and end > at]
    if at < wish.now:
        at = _quarter(wish.now.astimezone(HELSINKI), at)
    while at + length <= closes:
        in_the_way = [end for begin, end in taken if begin < at + length and end > at]
        if in_the_way:
            at = _quarter(max(in_the_way).astimezone(HELSINKI), at)
        else:
            yield Slot(person.login, person.name, at, at + length, interpreted)
            at = _quarter(at + length, at)


def _quarter(moment: datetime, since: datetime) -> datetime:
    """Return the first quarter, counted from `since`, at which `moment` is over."""
    return since + timedelta(minutes=STEP) * -((since - moment) // timedelta(minutes=STEP))
