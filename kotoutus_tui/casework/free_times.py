"""Who of the team is free when, with an interpreter where the language is not their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kotoutus_tui import clock
from kotoutus_tui.calendar.free import Hours, Person, Slot, Wish, free_slots
from kotoutus_tui.casework import absences
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework.appointment_times import day_bounds
from kotoutus_tui.casework.calendar_reading import Meeting
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

LONGEST = 92  # days
USUAL_DAYS = 6  # from today on


@dataclass(frozen=True)
class Question:
    """What is asked; no logins are the whole team. `meeting` is one of one's own that is to be moved."""

    first: date
    last: date
    minutes: int = 45
    language: str = ""
    logins: Collection[str] = ()
    interpreter: str = ""
    room: str = ""
    meeting: Meeting | None = None


async def search(db: "Database", question: Question) -> list[Slot]:
    """Return the free times within working hours, from now on; raises InvalidInput for the days."""
    first, last = question.first, question.last
    if last < first:
        raise InvalidInput("last", _("The last day is before the first."), _("Write the days again."))
    if (last - first).days > LONGEST:
        raise InvalidInput("last", _("At most three months can be searched."), _("Choose fewer days."))
    busy = await reading.busy(db, first, last)
    away = await absences.between(db, first, last)
    begin, end = day_bounds(first, last)
    # What is taken of oneself is among the hours of the team already.
    other = await reading.taken(
        db, begin, end, room=question.room, interpreter=question.interpreter,
        but=question.meeting.id if question.meeting else None,
    )  # fmt: skip
    moved: Hours | None = (question.meeting.starts_at, question.meeting.ends_at) if question.meeting else None
    people: list[Person] = []
    for each in await reading.team(db, first):
        if each.percent and (not question.logins or each.login in question.logins):
            taken = [(span.starts_at, span.ends_at) for span in busy if span.counsellor == each.login]
            if moved in taken:
                taken.remove(moved)
            gone = {day for one in away if one.login == each.login for day in _days(one.from_on, one.to_on)}
            people.append(Person(each.login, each.name, each.languages, taken, gone))
    wish = Wish(
        question.minutes, first, last, clock.now(), question.language,
        _hours(other, "interpreter"), _hours(other, "room"), absences.free_days(first, last),
    )  # fmt: skip
    return free_slots(people, wish)


def _hours(spans: Sequence[reading.Span], what: str) -> list[Hours]:
    return [(each.starts_at, each.ends_at) for each in spans if each.what == what]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
