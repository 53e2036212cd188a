"""Dates as people write them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoutus_tui.dates import add_months, parse
from kotoutus_tui.errors import InvalidInput

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        (" 3. 1. 2027 ", date(2027, 1, 3)),
        ("3.1.27", date(2027, 1, 3)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("24.11", date(2026, 11, 24)),
        ("2.1.", date(2027, 1, 2)),
        ("20.11.", date(2026, 11, 20)),
        ("1.6.", date(2027, 6, 1)),
        ("huomenna", date(2026, 11, 25)),
        ("Huomenna", date(2026, 11, 25)),
        ("imorgon", date(2026, 11, 25)),
        ("i  morgon", date(2026, 11, 25)),
        ("tomorrow", date(2026, 11, 25)),
        ("tänään", TUESDAY),
        ("ylihuomenna", date(2026, 11, 26)),
        ("eilen", date(2026, 11, 23)),
        ("+14", date(2026, 12, 8)),
        ("-3", date(2026, 11, 21)),
        ("+2vk", date(2026, 12, 8)),
        ("+3 kk", date(2027, 2, 24)),
        ("ma", date(2026, 11, 30)),
        ("ti", date(2026, 12, 1)),
        ("ke", date(2026, 11, 25)),
        ("perjantaina", date(2026, 11, 27)),
        ("lö", date(2026, 11, 28)),
        ("sun", date(2026, 11, 29)),
        ("٢٤.١١.", TUESDAY),
        ("ti 1.12.", date(2026, 12, 1)),
    ],
)
def test_what_people_write_is_understood(text: str, expected: date) -> None:
    assert parse(text, TUESDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.1.", date(2026, 1, 2)),
        ("24.11.", TUESDAY),
        ("25.11.", date(2025, 11, 25)),
        ("ma", date(2026, 11, 23)),
        ("ti", date(2026, 11, 17)),
        ("4.5.87", date(1987, 5, 4)),
        ("4.5.26", date(2026, 5, 4)),
    ],
)
def test_what_happened_is_looked_for_in_the_past(text: str, expected: date) -> None:
    assert parse(text, TUESDAY, past=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "24", "+", "maa", "24/11/2026", "24.11.2026 klo 9", "\x1b[2J"),
        *("30.2.", "30.2.2026", "29.2.2027", "0.1.", "1.13.", "2026-13-01", "0.0.0000"),
        *("ti 2.12.", "+9999kk", "+99999", "1.1.9999", "1.1.0001"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse(text, TUESDAY)
    assert refusal.value.sentence
    assert refusal.value.next_step


def test_months_end_at_the_months_end() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2026, 12, 31), -1) == date(2026, 11, 30)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_date_written_out_is_that_date(day: date, today: date) -> None:
    assert parse(f"{day.day}.{day.month}.{day.year}", today) == day
    assert parse(day.isoformat(), today) == day


@given(st.text(max_size=20), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_text_is_a_date_or_refused(text: str, today: date) -> None:
    with suppress(InvalidInput):
        assert abs(parse(text, today) - today) < timedelta(days=366 * 200)
