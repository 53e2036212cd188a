"""When a service is open: weekly hours, days that differ, and Finnish holidays; times are Helsinki's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.partners.network import Hours

_LOOK_AHEAD = 60  # days
_DAY = timedelta(days=1)
_NAMES = (
    ("ma", "må", "mån", "mon"), ("ti", "tis", "tue"), ("ke", "on", "ons", "wed"), ("to", "tors", "thu"),
    ("pe", "fr", "fre", "fri"), ("la", "lö", "lör", "sat"), ("su", "sö", "sön", "sun"),
)  # fmt: skip
_DAYS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
_PART = re.compile(
    r"([a-zåäö]+)(?:\s*[-–]\s*([a-zåäö]+))?\s+(\d{1,2})(?:[.:](\d\d))?\s*[-–]\s*(\d{1,2})(?:[.:](\d\d))?"
)
Weekly = tuple[int, str, str]


@dataclass(frozen=True)
class Opening:
    """Open now until `until`, or closed until `opens`; neither means that no hours are known."""

    until: datetime | None = None
    opens: datetime | None = None


def opening(hours: Sequence[Hours], now: datetime) -> Opening:
    """Return whether it is open at `now`, and until when or from when."""
    here = now.astimezone(HELSINKI)
    for ahead in range(_LOOK_AHEAD):
        for opens, closes in _spans(hours, here.date() + ahead * _DAY):
            if opens <= here < closes:
                return Opening(until=closes)
            if opens > here:
                return Opening(opens=opens)
    return Opening()


def read_weekly(text: str) -> list[Weekly]:
    """Return weekday, opening and closing of "ma-pe 9-16, la 10-14.30"; raises InvalidInput."""
    found: list[Weekly] = []
    for part in re.split(r"[,;]", text.casefold()):
        if part.strip():
            found += _part(part.strip())
    return sorted(found)


def read_clock(text: str) -> str:
    """Return "09:00" for 9, 9.00 and 09:00; raises InvalidInput."""
    match = re.fullmatch(r"(\d{1,2})(?:[.:](\d\d))?", text.strip())
    if match is None:
        raise _wrong_clock()
    return _clock(match[1], match[2])


def _part(part: str) -> list[Weekly]:
    match = _PART.fullmatch(part)
    first = _DAYS.get(match[1]) if match else None
    last = _DAYS.get(match[2]) if match and match[2] else first
    if match is None or first is None or last is None or last < first:
        raise InvalidInput(
            "", _("“{part}” is no weekday with hours.").format(part=part), _("Write it like: Mon–Fri 9–16.")
        )
    opens, closes = _clock(match[3], match[4]), _clock(match[5], match[6])
    if closes <= opens:
        raise InvalidInput("", _("It closes before it opens."), _("Write the earlier time first."))
    return [(day, opens, closes) for day in range(first, last + 1)]


def _clock(hour: str, minute: str | None) -> str:
    if int(hour) > 23 or int(minute or 0) > 59:
        raise _wrong_clock()
    return f"{int(hour):02}:{int(minute or 0):02}"


def _wrong_clock() -> InvalidInput:
    return InvalidInput("", _("That is no time of day."), _("Write it like 9 or 9.30."))


def _spans(hours: Sequence[Hours], day: date) -> list[tuple[datetime, datetime]]:
    own = [each for each in hours if each.on_day == day]
    if not own and not _is_holiday(day):
        own = [each for each in hours if each.weekday == day.isoweekday()]
    return sorted((_at(day, each.opens), _at(day, each.closes)) for each in own if each.opens and each.closes)


def _at(day: date, clock: str | None) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock or "00:00"), HELSINKI)


def _is_holiday(day: date) -> bool:
    from holidays.countries.finland import Finland

    return day in _YEARS.setdefault(day.year, frozenset(Finland(years=day.year)))


_YEARS: dict[int, frozenset[date]] = {}
