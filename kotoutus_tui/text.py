"""What text may be stored and what of it may be drawn."""

import re
import unicodedata

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

# Bidi controls, line and paragraph separators, the byte order mark and the invisible tag characters
# can make a line on the screen say something else than what is stored. ZWJ and ZWNJ stay: Persian,
# Bangla and Sinhala names are misspelt without them.
_INVISIBLE = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f"
_SURROGATES = "\ud800-\udfff"
_FORBIDDEN_IN_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f{_INVISIBLE}{_SURROGATES}]")
_FORBIDDEN_IN_PROSE = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_INVISIBLE}{_SURROGATES}]")


def clean_line(text: str, field: str = "") -> str:
    """Return one line of text as it may be stored: NFC, without blanks at its ends.

    Raises InvalidInput, naming `field`, for control, bidi and other invisible codes and for line breaks.
    """
    return _clean(text, _FORBIDDEN_IN_LINE, field)


def clean_prose(text: str, field: str = "") -> str:
    """Return text of several lines as it may be stored: NFC, lines ended by a line feed alone.

    Raises InvalidInput, naming `field`, for control codes other than the line feed and for the codes
    that `clean_line` refuses. A tab becomes a blank, since people paste tables into notes.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _clean(unified, _FORBIDDEN_IN_PROSE, field)


def short_line(text: str | None, field: str = "") -> str | None:
    """Return one line as a column of the database takes it, None when nothing is left of it.

    Raises InvalidInput as `clean_line`, and for more than 200 characters.
    """
    from models.safe_text import LINE_LIMIT

    return _within(LINE_LIMIT, clean_line(text or "", field), field) or None


def short_prose(text: str | None, field: str = "") -> str | None:
    """Return text of several lines as a column of the database takes it, None when nothing is left of it.

    Raises InvalidInput as `clean_prose`, and for more than 8,000 characters.
    """
    from models.safe_text import PROSE_LIMIT

    return _within(PROSE_LIMIT, clean_prose(text or "", field), field) or None


def needed_reason(reason: str, *, long: bool = False) -> str:
    """Return why something is done, in one line; `long` allows 8,000 characters. Raises InvalidInput."""
    from models.safe_text import LINE_LIMIT, PROSE_LIMIT

    if not (why := clean_line(reason, "reason")):
        raise InvalidInput("reason", _("A reason is needed."), _("Say in a few words why."))
    return _within(PROSE_LIMIT if long else LINE_LIMIT, why, "reason")


def bar(full: int, width: int) -> str:
    """Return a bar of `width` cells, `full` of them full: ▓▓▓░░."""
    return "▓" * full + "░" * (width - full)


def visible(text: str, *, prose: bool = False) -> str:
    """Return any string without the codes that must not reach a terminal; `prose` keeps line feeds.

    Codes are deleted, not replaced: a replacement character has a width and would shift the row.
    """
    return (_FORBIDDEN_IN_PROSE if prose else _FORBIDDEN_IN_LINE).sub("", text)


def _within(most: int, text: str, field: str) -> str:
    if len(text) > most:
        raise InvalidInput(field, _("The text is too long."), _("Shorten it and save again."))
    return text


def _clean(text: str, forbidden: re.Pattern[str], field: str) -> str:
    found = forbidden.search(text)
    if found:
        raise InvalidInput(
            field,
            _("The text has a character that cannot be seen ({code}) at position {position}.").format(
                code=f"U+{ord(found.group()):04X}", position=found.start() + 1
            ),
            _("Delete it, or type the text again."),
        )
    return unicodedata.normalize("NFC", text).strip()
