"""Which characters text may hold, for Python and for PostgreSQL alike.

Control codes, direction overrides and invisible tags in stored text would reach a terminal as commands.
Joiners (U+200C, U+200D) stay: Persian, Bangla and emoji need them.
"""

import re
import unicodedata

LINE_LIMIT = 200
PROSE_LIMIT = 8_000

_ALWAYS = (
    r"\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_IN_LINE = re.compile(rf"[\u0000-\u001f{_ALWAYS}]")
_IN_PROSE = re.compile(rf"[\u0000-\u0009\u000b-\u001f{_ALWAYS}]")

# PostgreSQL has neither NUL nor surrogates in text, and refuses them itself.
_SQL_ALWAYS = (
    r"\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    r"\U000e0000-\U000e007f"
)


def forbidden_character(text: str, *, multiline: bool) -> str | None:
    """The first character that may not be stored, or None. A newline is allowed only in multiline text."""
    found = (_IN_PROSE if multiline else _IN_LINE).search(text)
    return found.group() if found else None


def drawable(text: str) -> str:
    """The text without any character that a terminal could take as a command; newlines stay."""
    return _IN_PROSE.sub("", text)


def normal(text: str) -> str:
    """The text in the one Unicode form that is stored (NFC)."""
    return unicodedata.normalize("NFC", text)


def domain_sql(name: str, *, multiline: bool) -> str:
    """The statement that makes the domain (`app.line` or `app.prose`) which refuses the same characters."""
    controls = r"\u0001-\u0009\u000b-\u001f" if multiline else r"\u0001-\u001f"
    limit = PROSE_LIMIT if multiline else LINE_LIMIT
    return (
        f"create domain {name} as text constraint safe_text check (value !~ '[{controls}{_SQL_ALWAYS}]'"
        f" and value is nfc normalized and char_length(value) <= {limit})"
    )
