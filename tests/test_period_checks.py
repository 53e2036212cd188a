"""What an interruption or extension would do, by hand-worked cases, and how lengths are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoutus_tui.casework import period_words
from kotoutus_tui.casework.facts import Extension, Facts, Interruption, Plan
from kotoutus_tui.casework.integration_period import integration_period
from kotoutus_tui.casework.period_checks import (
    check_extension,
    check_interruption,
    grounds_of,
    period,
    what_if,
    without,
)
from kotoutus_tui.casework.study_words import hours, read_length
from kotoutus_tui.errors import InvalidInput

TODAY = date(2026, 11, 24)
NEW = Facts(plans=(Plan(date(2025, 3, 14)),))
OLD = Facts(plans=(Plan(date(2024, 2, 29), date(2024, 3, 5)),))


@pytest.mark.parametrize(
    ("facts", "addition", "end"),
    [
        (NEW, Interruption(date(2026, 4, 1), date(2026, 4, 20)), date(2027, 4, 3)),
        (NEW, Interruption(date(2026, 11, 20)), date(2027, 3, 19)),
        (NEW, Extension(6, TODAY, "low_education"), date(2027, 9, 14)),
        (OLD, Interruption(date(2024, 12, 31), date(2025, 1, 1)), date(2027, 3, 7)),
        (OLD, Extension(12, TODAY, "special_measures"), date(2028, 3, 5)),
    ],
)
def test_the_new_end_is_known_before_anything_is_saved(
    facts: Facts, addition: Interruption | Extension, end: date
) -> None:
    check = check_interruption if isinstance(addition, Interruption) else check_extension
    would = check(facts, TODAY, addition)  # type: ignore[arg-type]
    assert would.after is not None and would.before is not None
    assert would.after.end == end
    assert str(end.year) in period_words.would_be(would)


def test_studies_extend_only_for_somebody_young_when_the_period_ends() -> None:
    young = Facts(birth_date=date(2002, 3, 15), plans=NEW.plans)
    would = check_extension(young, TODAY, Extension(12, TODAY, "studies"))
    assert would.after is not None
    assert would.after.end == date(2028, 3, 14)
    with pytest.raises(InvalidInput, match=r"25.*31 § 1 mom\. 681/2023"):
        check_extension(
            Facts(birth_date=date(2002, 3, 14), plans=NEW.plans), TODAY, Extension(12, TODAY, "studies")
        )


def test_the_grounds_are_those_of_the_act() -> None:
    assert "home_care_allowance" in grounds_of(period(NEW, TODAY))
    assert "home_care_allowance" not in grounds_of(period(OLD, TODAY))


def test_what_is_being_changed_does_not_stand_in_its_own_way() -> None:
    row = Interruption(date(2026, 4, 1), date(2026, 4, 20), "illness")
    both = Facts(plans=NEW.plans, interruptions=(row,))
    with pytest.raises(InvalidInput):
        check_interruption(both, TODAY, Interruption(date(2026, 4, 10), date(2026, 4, 30)))
    would = check_interruption(without(both, row), TODAY, Interruption(date(2026, 4, 10), date(2026, 4, 30)))
    assert would.after is not None
    assert would.after.end == date(2027, 4, 4)


@given(st.dates(date(2025, 3, 14), date(2027, 3, 14)), st.integers(0, 300))
def test_an_interruption_that_is_allowed_moves_the_end_by_its_days(start: date, more: int) -> None:
    last = date.fromordinal(start.toordinal() + more)
    would = what_if(NEW, TODAY, Interruption(start, last))
    assert would.before is not None and would.after is not None
    assert (would.after.end - would.before.end).days == more + 1


def test_the_ruler_has_the_interruptions_that_count_and_where_the_basic_period_ended() -> None:
    shown = integration_period(
        date(2025, 3, 14), today=TODAY,
        interruptions=[Interruption(date(2024, 1, 1), date(2024, 2, 1)), Interruption(date(2026, 11, 20))],
        extensions=[Extension(12)],
    )  # fmt: skip
    assert shown.interruptions == ((date(2026, 11, 20), TODAY),)
    assert (shown.basic_end, shown.end) == (date(2027, 3, 14), date(2028, 3, 19))
    only = integration_period(
        date(2025, 3, 14), interruptions=[Interruption(date(2026, 4, 1), date(2026, 4, 2))]
    )
    assert only.basic_end is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12", 720),
        ("12,5", 750),
        ("12.5 t", 750),
        ("12:30", 750),
        ("90 min", 90),
        ("0", 0),
        ("3 tuntia", 180),
    ],
)
def test_a_length_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert read_length(text) == minutes


@pytest.mark.parametrize("text", ["", "kolme", "-3", "1e9", "12:75", "٣", "99999999999", "1.2.3", "12:", ":"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_length(text)


@given(st.integers(0, 100_000))
def test_a_length_that_is_shown_is_read_back(minutes: int) -> None:
    assert read_length(hours(minutes)) == minutes
