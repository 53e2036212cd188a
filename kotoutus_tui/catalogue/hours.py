"""Opening hours of version 12 in the own table: weekdays, days that differ, and holidays by their names."""

from datetime import date, timedelta
from typing import Any

from kotoutus_tui.catalogue.raw import Hours, Item, list_of, table_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_LONGEST = 92  # days of one exception that are held, each as a day of its own


def hours(said: Any, today: date) -> Hours:
    """Return what `serviceHours` says from today on; odd weeks and periods are counted, not held."""
    found, told = Hours(), table_of(said)
    for each in map(table_of, list_of(told.get("hours"))):
        _KINDS.get(str(each.get("type")), _uncounted)(found, each, today)
    holidays = table_of(told.get("holidayServiceHours"))
    for each in map(table_of, list_of(holidays.get("holidays"))):
        _holiday(found, each, today)
    found.sort()
    return found


def _weekly(found: Hours, said: Item, _today: date) -> None:
    for number, name in enumerate(_WEEKDAYS, 1):
        for slot in _slots(said, name):
            if slot.get("repetition", "Weekly") != "Weekly":
                found.unknown += 1
            else:
                found.slot(str(slot.get("openingStatus")), slot.get("start"), slot.get("end"), weekday=number)


def _always(found: Hours, said: Item, _today: date) -> None:
    for number in range(1, 8):
        found.slot(str(said.get("openingStatus", "Open")), "00:00", "23:59", weekday=number)


def _exception(found: Hours, said: Item, today: date) -> None:
    days = _days(said)
    if days is None or len(days) > _LONGEST:
        found.unknown += 1
        return
    for day in days:
        if day >= today:
            for slot in _slots(said, _WEEKDAYS[day.weekday()]):
                found.slot(str(slot.get("openingStatus")), slot.get("start"), slot.get("end"), on_day=day)


def _uncounted(found: Hours, _said: Item, _today: date) -> None:
    found.unknown += 1


_KINDS = {
    "WeeklyUntilFurtherNoticeServiceHour": _weekly,
    "ContinuousAlwaysValidServiceHour": _always,
    "ExceptionalDateRangeServiceHour": _exception,
}


def _slots(said: Item, weekday: str) -> list[Item]:
    week = table_of(said.get("weeklyHours"))
    return [table_of(slot) for slot in list_of(table_of(week.get(weekday)).get("hours"))]


def _days(said: Item) -> list[date] | None:
    try:
        first, last = date.fromisoformat(said["fromDate"][:10]), date.fromisoformat(said["toDate"][:10])
    except (KeyError, TypeError, ValueError):
        return None
    return [first + number * _DAY for number in range(min((last - first).days + 1, _LONGEST + 1))]


def _holiday(found: Hours, said: Item, today: date) -> None:
    name = "".join(letter for letter in str(said.get("holidayName")).casefold() if letter.isalpha())
    days = [day for year in (today.year, today.year + 1) if (day := _holidays(year).get(name)) is not None]
    if not days:
        found.unknown += 1
    for day in days:
        if day >= today:
            for slot in map(table_of, list_of(said.get("hours"))):
                found.slot(str(slot.get("openingStatus")), slot.get("start"), slot.get("end"), on_day=day)


_OTHER_NAMES = {
    "boxingday": "seconddayofchristmas", "ststephensday": "seconddayofchristmas", "whitsunday": "pentecost",
    "whitsun": "pentecost", "newyear": "newyearsday", "vappu": "mayday", "laborday": "mayday",
    "labourday": "mayday", "epiphanyday": "epiphany", "midsummersday": "midsummerday",
    "midsummersummereve": "midsummereve", "allsaints": "allsaintsday", "easterday": "eastersunday",
    "secondchristmasday": "seconddayofchristmas", "ascension": "ascensionday",
}  # fmt: skip


def _holidays(year: int) -> dict[str, date]:
    from holidays.countries.finland import Finland

    # What the library has for a year; the eves that are no holidays follow from them.
    days = {
        "".join(letter for letter in name.casefold() if letter.isalpha()): day
        for day, joined in Finland(years=year, language="en_US").items()
        for name in joined.split("; ")
    }
    easter = days["eastersunday"]
    days |= {
        "maundythursday": easter - 3 * _DAY, "holysaturday": easter - _DAY, "eastersaturday": easter - _DAY,
        "newyearseve": date(year, 12, 31), "mayeve": date(year, 4, 30), "maydayeve": date(year, 4, 30),
    }  # fmt: skip
    return days | {other: days[name] for other, name in _OTHER_NAMES.items() if name in days}
