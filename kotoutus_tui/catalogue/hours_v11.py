"""Opening hours of version 11 in the own table: weekdays, and days that differ."""

from datetime import date, timedelta

from kotoutus_tui.catalogue.raw import Hours, Item, list_of, moment_of, table_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)
_LONGEST = 92  # days of one exception that are held, each as a day of its own


def hours(said: Item, today: date) -> Hours:
    """Return what `serviceHours` of a channel or of a way to it says from today on; the rest is counted."""
    found = Hours()
    for each in map(table_of, list_of(said.get("serviceHours"))):
        kind = each.get("serviceHourType")
        if kind == "DaysOfTheWeek" and each.get("validForNow", True):
            _week(found, each)
        elif kind == "Exceptional":
            _exception(found, each, today)
        else:
            found.unknown += 1
    found.sort()
    return found


def _week(found: Hours, said: Item) -> None:
    status = "OpenOnReservation" if said.get("isReservation") else "Open"
    slots = [table_of(each) for each in list_of(said.get("openingHour"))]
    if said.get("isAlwaysOpen") or not slots:
        for number in range(1, 8):
            found.slot("Closed" if said.get("isClosed") else status, "00:00", "23:59", weekday=number)
    for slot in slots:
        first, last = slot.get("dayFrom"), slot.get("dayTo") or slot.get("dayFrom")
        if first not in _WEEKDAYS or last != first:
            found.unknown += 1
            continue
        found.slot(status, slot.get("from"), slot.get("to"), weekday=_WEEKDAYS.index(first) + 1)


def _exception(found: Hours, said: Item, today: date) -> None:
    first = moment_of(said.get("validFrom"))
    last = moment_of(said.get("validTo")) or first
    if first is None or last is None or (last - first).days >= _LONGEST:
        found.unknown += 1
        return
    slots = [table_of(each) for each in list_of(said.get("openingHour"))]
    day, end = first.date(), last.date()
    while day <= end:
        if day >= today and said.get("isClosed"):
            found.slot("Closed", None, None, on_day=day)
        elif day >= today:
            for slot in slots:
                if (slot.get("dayFrom") or _WEEKDAYS[day.weekday()]) == _WEEKDAYS[day.weekday()]:
                    found.slot("Open", slot.get("from"), slot.get("to"), on_day=day)
        day += _DAY
