"""Dates as people write them: 24.11., 24.11.2026, huomenna, +14, ma."""

import re
from datetime import date, timedelta

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

# The words of all three languages work in each of them: people mix, and so do their fingers.
_WORDS = {
    "tänään": 0,
    "tanaan": 0,
    "nyt": 0,
    "idag": 0,
    "i dag": 0,
    "today": 0,
    "huomenna": 1,
    "imorgon": 1,
    "i morgon": 1,
    "tomorrow": 1,
    "ylihuomenna": 2,
    "iövermorgon": 2,
    "i övermorgon": 2,
    "eilen": -1,
    "igår": -1,
    "i går": -1,
    "yesterday": -1,
    "toissapäivänä": -2,
    "i förrgår": -2,
}
_WEEKDAYS = (
    ("ma", "maanantai", "maanantaina", "må", "mån", "måndag", "mon", "monday"),
    ("ti", "tiistai", "tiistaina", "tis", "tisdag", "tue", "tuesday"),
    ("ke", "keskiviikko", "keskiviikkona", "on", "ons", "onsdag", "wed", "wednesday"),
    ("to", "torstai", "torstaina", "tor", "tors", "torsdag", "thu", "thursday"),
    ("pe", "perjantai", "perjantaina", "fr", "fre", "fredag", "fri", "friday"),
    ("la", "lauantai", "lauantaina", "lö", "lör", "lördag", "sat", "saturday"),
    ("su", "sunnuntai", "sunnuntaina", "sö", "sön", "söndag", "sun", "sunday"),
)
_DAYS_OF_WEEK = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}
_DAYS_IN = {"": 1, "d": 1, "pv": 1, "v": 7, "vk": 7, "w": 7}
_MONTHS = {"kk", "mån", "m"}

_FINNISH = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.?\s*(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})\s*([a-zå]*)")
_WEEKDAY = re.compile(r"([a-zåäö]+)\s*\.?(?:\s+(\d.*))?")
_FARTHEST = 120  # years from today
_RECENT = 60  # days


def parse(text: str, today: date, *, past: bool = False) -> date:
    """Return the date that `text` means, seen from `today`.

    Understood: 24.11.2026, 24.11.26, 24.11., 2026-11-24, tänään/huomenna/eilen (also in Swedish and
    English), ma … su for the next such day after today, +14, -3, +2vk (weeks), +1kk (a calendar month,
    clamped to the month's end), and "ti 24.11." when that day is a Tuesday.

    A date without a year is the coming one, unless it was less than 60 days ago; with `past` (a contact,
    an arrival) it is the last one, and weekdays count backwards. Raises InvalidInput (field empty) with
    what is wrong.
    """
    written = " ".join(text.lower().split())
    if written in _WORDS:
        return today + timedelta(days=_WORDS[written])
    if match := _OFFSET.fullmatch(written):
        return _offset(match, today)
    if match := _ISO.fullmatch(written):
        return _checked(int(match[1]), int(match[2]), int(match[3]), today)
    if match := _FINNISH.fullmatch(written):
        return _finnish(match, today, past)
    if match := _WEEKDAY.fullmatch(written):
        return _weekday(match, today, past)
    raise _unknown()


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later (or earlier), clamped to the last day of that month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(months)


def _offset(match: re.Match[str], today: date) -> date:
    count = int(match[2]) * (-1 if match[1] == "-" else 1)
    if match[3] in _MONTHS and abs(count) <= _FARTHEST * 12:
        return add_months(today, count)
    if match[3] in _DAYS_IN:
        return today + timedelta(days=count * _DAYS_IN[match[3]])
    raise _unknown()


def _finnish(match: re.Match[str], today: date, past: bool) -> date:
    day, month = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3])
        return _checked(_century(year, today, past) if len(match[3]) == 2 else year, month, day, today)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise _impossible()
    candidates = [
        found for year in range(today.year - 1, today.year + 2) if (found := _day(year, month, day))
    ]
    if past:
        fitting = [found for found in candidates if found <= today][-1:]
    else:
        fitting = [found for found in candidates if (today - found).days < _RECENT][:1]
    if not fitting:  # 29.2. is in none of the years around
        raise _impossible()
    return fitting[0]


def _century(year: int, today: date, past: bool) -> int:
    latest = today.year if past else today.year + 20
    full = today.year - today.year % 100 + year
    return full - 100 if full > latest else full


def _weekday(match: re.Match[str], today: date, past: bool) -> date:
    wanted = _DAYS_OF_WEEK.get(match[1])
    if wanted is None:
        raise _unknown()
    if match[2]:
        found = parse(match[2], today, past=past)
        if found.weekday() != wanted:
            raise InvalidInput(
                "", _("The weekday and the date do not fit together."), _("Leave one of them out.")
            )
        return found
    if past:
        return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)
    return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)


def _checked(year: int, month: int, day: int, today: date) -> date:
    found = _day(year, month, day)
    if found is None or abs(year - today.year) > _FARTHEST:
        raise _impossible()
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _impossible() -> InvalidInput:
    return InvalidInput("", _("There is no such day."), _("Write the date as 24.11.2026."))


def _unknown() -> InvalidInput:
    return InvalidInput("", _("This is not a date."), _("Write 24.11., tomorrow, Mon or +14."))
