"""The grid of a week: which hours and days, what stands where, and who may learn what is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoutus_tui.calendar import week
from kotoutus_tui.casework import appointments
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework.appointment_clashes import Clashes, Plan
from kotoutus_tui.casework.appointment_values import Wanted
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.database import Database
from kotoutus_tui.errors import NotAllowed
from screens import safe
from screens.widgets.week_cells import Block, filled
from tests.cluster import OwnDatabase
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN
from tests.people import make_team

MONDAY = date(2027, 3, 22)  # the clock changes on its Sunday
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timed:
    starts_at: datetime
    ends_at: datetime


def timed(day: int, begin: str, end: str) -> Timed:
    return Timed(
        *(datetime.combine(MONDAY + day * DAY, time.fromisoformat(each), HELSINKI) for each in (begin, end))
    )


def test_the_hours_stretch_and_the_weekend_unfolds_only_for_what_is_there() -> None:
    plain = week.shape(MONDAY, [], 16)
    assert (len(plain.days), plain.first, plain.last, plain.slot) == (5, 8, 16, 30)
    assert week.shape(MONDAY, [], 32).slot == 15
    late = week.shape(MONDAY, [timed(5, "07:10", "18:20")], 16)
    assert (len(late.days), late.first, late.last, late.slot) == (6, 7, 19, 60)
    assert len(week.shape(MONDAY, [], 16, {MONDAY + 6 * DAY}).days) == 7
    assert (
        plain.start_of(3) == time(9, 30) and plain.row_of(time(9, 59)) == 3 and plain.row_of(time(20)) == 15
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 90), st.integers(1, 40)).map(
            lambda each: Timed(
                start := datetime.combine(MONDAY + each[0] * DAY, time(), HELSINKI)
                + timedelta(minutes=15 * each[1]),
                start + timedelta(minutes=15 * each[2]),
            )
        ),
        max_size=8,
    ),
    st.integers(5, 60),
)
def test_everything_stands_somewhere_and_nothing_on_top_of_another(found: list[Timed], lines: int) -> None:
    grid = week.shape(MONDAY, found, lines)
    seen: set[int] = set()
    for day in grid.days:
        cells: set[tuple[int, int]] = set()
        for each in week.place(grid, day, found):
            seen.add(each.index)
            own = {(row, each.lane) for row in range(each.top, each.end)}
            assert own and not own & cells and 0 <= each.lane < each.lanes
            assert each.top >= 0 and each.end <= grid.rows
            cells |= own
    assert seen == set(range(len(found)))


async def test_what_is_taken_is_told_without_its_content(
    database: OwnDatabase, doors: Callable[[str], Database]
) -> None:
    make_team(database)
    aino, bilal = doors("aino"), doors("bilal")
    start = datetime.combine(MONDAY, time(9), HELSINKI)
    wanted = Wanted("meeting", start, 60, room="R3", interpreter="Tulkki Täti", title="Salainen")
    made = await appointments.make(aino, wanted, operation_id=uuid4())
    mine = await reading.taken(aino, start, start + timedelta(hours=1), room="r3", interpreter="tulkki tati")
    assert [each.what for each in mine] == ["room", "me", "interpreter"]
    assert not await reading.taken(aino, start, start + timedelta(hours=1), room="R3", but=made)
    assert not await reading.taken(bilal, start + timedelta(hours=1), start + timedelta(hours=2), room="R3")
    plan = Plan(MONDAY, time(9), 30, room="R3", interpreter="Tulkki Täti")
    seen = await Clashes(bilal, "bilal", {"aino": "Aino Aaltonen"}).of(plan)
    assert seen.overlaps and seen.span == "ma 22.3. 9.00–9.30 · 30 min"
    assert list(seen.sentences[:2]) == [
        "Huone on varattu 9.00–10.00: Aino Aaltonen.",
        "Tulkki on varattu 9.00–10.00: Aino Aaltonen.",
    ]
    changed = await Clashes(bilal, "bilal", {}).of(Plan(MONDAY + 6 * DAY, time(3), 30))
    assert changed.sentences == ["Kelloa siirretään sillä tunnilla. Valitse toinen aika."]


@pytest.mark.parametrize("login", ["arto", "tiina"])
async def test_who_has_no_clients_learns_no_hours(
    database: OwnDatabase, doors: Callable[[str], Database], login: str
) -> None:
    make_team(database)
    start = datetime.combine(MONDAY, time(9), HELSINKI)
    await appointments.make(doors("aino"), Wanted("meeting", start, 60, room="R3"), operation_id=uuid4())
    with pytest.raises(NotAllowed):
        await reading.taken(doors(login), start, start + DAY, room="R3")


def test_hostile_text_stays_in_its_cell() -> None:
    begin = datetime.combine(MONDAY, time(9), HELSINKI)
    for text in ALL:
        blocks = [Block("a", begin, begin + timedelta(hours=1), text, text, [text])]
        grid = week.shape(MONDAY, blocks, 16)
        places = week.place(grid, MONDAY, blocks)
        for row in (2, 3):
            for width in (6, 14, 30):
                cells = filled(places, blocks, grid, row, width, None)
                drawn = "".join(safe.cell(cell, size).text for cell, size, _role in cells)
                assert sum(size for _cell, size, _role in cells) == width
                assert not FORBIDDEN_ON_SCREEN & set(drawn) and safe.width_of(drawn) == width
