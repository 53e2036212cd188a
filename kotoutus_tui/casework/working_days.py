"""The working day after a due day that is none, by 5 § of the Act on computing time limits 150/1930."""

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_SATURDAY = 5


def next_working_day(day: date) -> date | None:
    """Return the first working day after `day`, or None when `day` is a working day itself.

    No working days are Saturdays, Sundays, public holidays and the eves of Christmas and Midsummer.
    """
    if is_working_day(day):
        return None
    while not is_working_day(day):
        day += _DAY
    return day


def is_working_day(day: date) -> bool:
    """Tell whether an authority is at work on that day by 5 § 150/1930."""
    return day.weekday() < _SATURDAY and day not in _free_days(day.year)


@lru_cache(maxsize=256)
def _free_days(year: int) -> frozenset[date]:
    from holidays.countries.finland import Finland

    # The library counts both eves among its days.
    return frozenset(Finland(years=year))
