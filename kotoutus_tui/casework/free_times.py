"""Who of the team is free when, with an interpreter where the language is not their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kotoutus_tui import clock
from kotoutus_tui.calendar.free import Hours, Person, Slot, Wish, free_slots
from kotoutus_tui.calendar.week import monday_of
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
_SOON = timedelta(days=13)


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
    rooms, interpreters = _hours(other, "room"), _hours(other, "interpreter")
    if question.meeting:
        # It is as long as it is, and its interpreter is to come along.
        rooms, interpreters = [*rooms, *interpreters], []
    wish = Wish(
        question.minutes, first, last, clock.now(), question.language, interpreters, rooms,
        absences.free_days(first, last),
    )  # fmt: skip
    return free_slots(people, wish)


async def first_free(db: "Database", login: str, minutes: int, language: str = "") -> Slot | None:
    """Return the next time this person is free for somebody within two weeks."""
    today = clock.today()
    question = Question(today, today + _SOON, minutes, language, (login,))
    return next(iter(await search(db, question)), None)


async def for_moving(db: "Database", login: str, meeting: Meeting) -> list[Slot]:
    """Return one free time a day, nearest to the hour of an appointment, from its week on for two weeks."""
    first = max(clock.today(), monday_of(meeting.day))
    question = Question(
        first, first + _SOON, meeting.minutes, "", (login,), meeting.interpreter or "", meeting.room or "",
        meeting,
    )  # fmt: skip
    best: dict[date, Slot] = {}
    for slot in await search(db, question):
        day = slot.starts_at.date()
        if slot.starts_at == meeting.starts_at:
            continue
        if day not in best or _away(slot, meeting) < _away(best[day], meeting):
            best[day] = slot
    return [best[day] for day in sorted(best)]


def _away(slot: Slot, meeting: Meeting) -> int:
    now, then = slot.starts_at, meeting.starts_at
    return abs((now.hour - then.hour) * 60 + now.minute - then.minute)


def _hours(spans: Sequence[reading.Span], what: str) -> list[Hours]:
    return [(each.starts_at, each.ends_at) for each in spans if each.what == what]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
