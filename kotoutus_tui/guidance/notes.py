"""Notes of the guidance log name nobody: identity codes are refused, other traces are pointed out."""

import re

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_prose

# Any separator a century may have, and those people write instead of it.
_PERSONAL_ID = re.compile(r"\d{6}\s?[-+A-FU-Y]\s?\d{3}[0-9A-Y]", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_PHONE = re.compile(r"(?<![\d.])(?:\+|00|0)\d(?:[ -]?\d){5,13}(?!\d)")


def check_note(text: str | None) -> str | None:
    """Return the note as it is stored, None for an empty one; raises InvalidInput for an identity code."""
    note = short_prose(text, "note")
    if note is not None and _PERSONAL_ID.search(note):
        raise InvalidInput(
            "note",
            _("The note holds a personal identity code, which is not kept here."),
            _("Write what was asked, not who asked."),
        )
    return note


def warning(note: str | None) -> str:
    """Return a sentence about what in the note may lead to a person, empty when nothing does."""
    if note and _EMAIL.search(note):
        return _("This looks like an e-mail address. The log is anonymous: is it needed?")
    if note and _PHONE.search(note):
        return _("This looks like a telephone number. The log is anonymous: is it needed?")
    return ""
