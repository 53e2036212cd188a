"""The words for studies."""

import re
from datetime import date

from kotoutus_tui.casework.records import Value, Values
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import N_, _, format_date, language_name, ngettext

KINDS = {
    "civic_orientation": N_("Civic orientation"),
    "integration_training": N_("Integration training"),
    "independent_study": N_("Self-motivated studies"),
    "language_test": N_("Final language test"),
    "other": N_("Other studies"),
}
LEVELS = ("A1.1", "A1.2", "A1.3", "A2.1", "A2.2", "B1.1", "B1.2", "B2.1", "B2.2", "C1.1", "C1.2", "C2.1")

_HOUR = "(?:h|t|tuntia|timmar|hours)"
_HOURS_AND_MINUTES = re.compile(rf"([0-9]{{1,5}})(?: ?: ?| ?{_HOUR} )([0-5]?[0-9])(?: ?min)?")
_NUMBER = re.compile(rf"([0-9]{{1,6}}(?:\.[0-9]{{1,2}})?) ?(min|{_HOUR})?")


def hours(minutes: int) -> str:
    """Return a length in hours as it is read: 12 h, 12 h 30 min."""
    whole, rest = divmod(minutes, 60)
    if not rest:
        return _("{hours} h").format(hours=whole)
    return _("{hours} h {minutes} min").format(hours=whole, minutes=rest)


def read_length(text: str) -> int:
    """Return the minutes of a length typed as 12, 12.5, 12:30, 12 h 30 min or 90 min; hours by default.

    Raises InvalidInput (field empty).
    """
    written = " ".join(text.casefold().replace(",", ".").split())
    if match := _HOURS_AND_MINUTES.fullmatch(written):
        return int(match[1]) * 60 + int(match[2])
    if match := _NUMBER.fullmatch(written):
        return round(float(match[1]) * (1 if match[2] == "min" else 60))
    raise InvalidInput("", _("Write the hours as 12, 12.5 or 12:30."))


def days(starts: Value, ends: Value) -> str:
    """Return when something was studied, empty when nothing is known of it."""
    if isinstance(starts, date) and isinstance(ends, date):
        if starts == ends:
            return format_date(starts)
        return _("{start}–{end}").format(start=format_date(starts), end=format_date(ends))
    if isinstance(starts, date):
        return _("since {date}").format(date=format_date(starts))
    return _("until {date}").format(date=format_date(ends)) if isinstance(ends, date) else ""


def told(values: Values) -> str:
    """Return what the timeline says of a study."""
    title, provider, language = (values[name] for name in ("title", "provider", "language"))
    head = ": ".join(str(each) for each in (_(KINDS[str(values["kind"])]), title) if each)
    rest = [
        str(provider or ""),
        language_name(str(language)) if language else "",
        days(values["starts_on"], values["ends_on"]),
        hours(minutes) if isinstance(minutes := values["minutes"], int) else "",
        _("level {level}").format(level=values["level"]) if values["level"] else "",
    ]
    return " · ".join(each for each in (head, *rest) if each)


def left(minutes: int) -> str:
    """Return how much is missing, in words."""
    if not minutes:
        return _("the hours are full")
    whole = -(-minutes // 60)
    return ngettext("{count} hour left", "{count} hours left", whole).format(count=whole)
