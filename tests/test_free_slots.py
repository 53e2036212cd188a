"""Free times: the same as when every minute is looked at by itself."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kotoutus_tui.calendar.free import Person, Slot, Wish, free_slots
from kotoutus_tui.clock import HELSINKI

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def at(day: int, minutes: int) -> datetime:
    return datetime.combine(MONDAY + day * DAY, time(), HELSINKI) + minutes * MINUTE


def by_every_minute(people: list[Person], wish: Wish) -> list[Slot]:
    found: list[Slot] = []
    for person in people:
        for number in range((wish.last - wish.first).days + 1):
            day = wish.first + number * DAY
            if day.weekday() > 4 or day in wish.holidays or day in person.away:
                continue
            interpreted = bool(wish.language) and wish.language not in person.languages
            length = wish.minutes * (2 if interpreted else 1)
            hours = [*person.taken, *wish.room_taken, *(wish.interpreter_taken if interpreted else [])]
            begin = datetime.combine(day, time(8), HELSINKI)
            free = [
                (start := begin + minute * MINUTE) >= wish.now
                and not any(one < start + MINUTE and start < other for one, other in hours)
                for minute in range(8 * 60)
            ]
            minute = 0
            while minute + length <= 8 * 60:
                if all(free[minute : minute + length]):
                    start = begin + minute * MINUTE
                    found.append(Slot(person.login, person.name, start, start + length * MINUTE, interpreted))
                    minute += -(-length // 15) * 15
                else:
                    minute += 15
    return sorted(found, key=lambda slot: (slot.interpreted, slot.starts_at, slot.name, slot.login))


HOURS = st.tuples(st.integers(0, 6), st.integers(7 * 12, 17 * 12), st.integers(1, 40)).map(
    lambda each: (at(each[0], each[1] * 5), at(each[0], (each[1] + each[2]) * 5))
)
PEOPLE = st.builds(
    Person,
    st.sampled_from(["aino", "bilal"]),
    st.just("Nimi"),
    st.sets(st.sampled_from(["ar", "so"])),
    st.lists(HOURS, max_size=6),
    st.sets(st.integers(0, 6).map(lambda day: MONDAY + day * DAY), max_size=2),
)
WISHES = st.builds(
    Wish,
    st.integers(5, 200),
    st.just(MONDAY),
    st.integers(0, 6).map(lambda day: MONDAY + day * DAY),
    st.integers(-60, 5 * 24 * 60).map(lambda minutes: at(0, minutes)),
    st.sampled_from(["", "ar"]),
    st.lists(HOURS, max_size=3),
    st.lists(HOURS, max_size=2),
    st.dictionaries(st.integers(0, 6).map(lambda day: MONDAY + day * DAY), st.just("pyhä"), max_size=1),
)


@given(st.lists(PEOPLE, max_size=2, unique_by=lambda each: each.login), WISHES)
def test_the_same_as_looking_at_every_minute(people: list[Person], wish: Wish) -> None:
    assert free_slots(people, wish) == by_every_minute(people, wish)


def test_who_speaks_the_language_comes_first_and_an_interpreter_takes_twice_the_time() -> None:
    people = [
        Person("aino", "Aino", (), [(at(0, 8 * 60), at(0, 14 * 60 + 20))]),
        Person("bilal", "Bilal", ("ar",), [(at(0, 8 * 60), at(0, 15 * 60))]),
    ]
    wish = Wish(45, MONDAY, MONDAY, at(0, 0), "ar")
    assert [
        (each.login, each.starts_at, each.ends_at, each.interpreted) for each in free_slots(people, wish)
    ] == [
        ("bilal", at(0, 15 * 60), at(0, 15 * 60 + 45), False),
        ("aino", at(0, 14 * 60 + 30), at(0, 16 * 60), True),
    ]
