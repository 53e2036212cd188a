"""Text that may be stored and text that may be drawn."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.text import clean_line, clean_prose, visible

HOSTILE = [
    "\0", "\x07", "\x1b]52;c;AAAA\x07", "\x1b[2J", "\x7f", "\x85", "\x9b31m", "\u061c", "\u200e", "\u200f",
    "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\U000e0001", "\U000e007f",
    "\ud800", "\udfff",
]  # fmt: skip
# Names that look odd and are right: Persian with ZWNJ, Sinhala with ZWJ, Vietnamese, Arabic, markup signs.
GOOD = ["علی\u200cرضا", "ශ්\u200dරී", "Nguyễn Thị Bưởi", "محمد", "[Kela] a [/b]", "O'Brien & søn"]


@pytest.mark.parametrize("code", HOSTILE, ids=ascii)
def test_hostile_codes_are_refused_and_never_drawn(code: str) -> None:
    for clean in (clean_line, clean_prose):
        with pytest.raises(InvalidInput) as refused:
            clean(f"Aino {code}Virta", "note")
        assert refused.value.field == "note"
        assert "Aino" not in refused.value.sentence
    assert visible(f"a{code[0]}b") == "ab"
    assert visible(f"a{code[0]}b", prose=True) == "ab"


@pytest.mark.parametrize("text", GOOD, ids=ascii)
def test_good_text_is_kept(text: str) -> None:
    assert clean_line(text) == clean_prose(text) == visible(text) == text


def test_lines_and_prose_differ_in_line_feeds() -> None:
    assert clean_prose(" a\r\nb\rc\td\n") == "a\nb\nc d"
    for text in ("a\nb", "a\tb", "a\rb"):
        with pytest.raises(InvalidInput):
            clean_line(text)
    assert visible("a\nb") == "ab"
    assert visible("a\nb", prose=True) == "a\nb"


def test_composed_form_and_no_blanks_at_the_ends() -> None:
    assert clean_line("  A\u0308ija\u0308 ") == "Äijä"


@given(st.text())
def test_what_is_stored_can_be_drawn_unchanged(text: str) -> None:
    try:
        stored = clean_line(text)
    except InvalidInput:
        return
    assert visible(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert clean_line(stored) == stored
