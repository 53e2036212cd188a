"""Text from data, cleaned and cut to width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from screens import safe
from tests.hostile import ACTING, ALL, FORBIDDEN_ON_SCREEN, MARKUP

WIDTHS = (0, 1, 2, 3, 7, 20)


def test_there_are_enough_hostile_strings() -> None:
    assert len(set(ALL)) >= 100


@pytest.mark.parametrize("text", ALL)
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    assert not FORBIDDEN_ON_SCREEN & set(safe.line(text).plain)
    assert not FORBIDDEN_ON_SCREEN & set(safe.plain(text))
    assert not (FORBIDDEN_ON_SCREEN - {"\n"}) & set(safe.prose(text).plain)
    assert not FORBIDDEN_ON_SCREEN & set("".join(safe.wrap(text, 10)))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(text: str) -> None:
    assert safe.line(text).plain == text
    assert not safe.line(text).spans
    assert not safe.prose(text).spans


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_cell_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    for align in ("left", "right"):
        fitted = safe.fit(text, width, align)
        assert cell_len(fitted) == width
        assert not FORBIDDEN_ON_SCREEN & set(fitted)
        # No cell grows a line by combining marks without end.
        assert len(fitted) <= 12 * max(1, width)


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", [1, 2, 9, 40])
def test_wrapped_lines_fit(text: str, width: int) -> None:
    # A letter of two cells has no room in a line of one.
    assert all(cell_len(line) <= max(2, width) for line in safe.wrap(text, width))


def test_what_is_cut_says_so() -> None:
    assert safe.fit("Kotoutumissuunnitelma", 10) == "Kotoutumi…"
    assert safe.fit("রহিমা খাতুন", 5) == "রহিমা …"
    assert safe.fit("王小明", 4) == "王… "
    assert safe.fit("Aino", 4) == "Aino"


def test_numbers_stand_at_the_right() -> None:
    assert safe.fit("7", 4, "right") == "   7"


def test_wrapping_breaks_between_words() -> None:
    assert safe.wrap("yksi kaksi\n\nkolme", 8) == ["yksi", "kaksi", "", "kolme"]
    assert safe.wrap("pitkäyhdyssana", 5) == ["pitkä", "yhdys", "sana"]


@given(st.text(), st.integers(0, 30))
def test_any_text_fits_any_width(text: str, width: int) -> None:
    assert cell_len(safe.fit(text, width)) == width
    assert cell_len(safe.fit(text, width, "right")) == width


@given(st.text(max_size=80), st.integers(2, 30))
def test_wrapping_keeps_every_letter(text: str, width: int) -> None:
    shown = safe.plain_prose(text)
    lines = safe.wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert [letter for letter in "".join(lines) if not letter.isspace()] == [
        letter for letter in shown if not letter.isspace()
    ]


@pytest.mark.parametrize("text", ACTING)
def test_the_second_line_of_defence_stops_them_too(text: str) -> None:
    segments = safe.ControlFilter().apply([Segment("a"), Segment(text), Segment("b")], Color(0, 0, 0))
    assert not FORBIDDEN_ON_SCREEN & set("".join(segment.text for segment in segments))
