"""When a patternedRecurrence of Graph takes place, worked out from its own words alone."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from kotoutus_tui.demo.graph.answers import Refused

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def check(recurrence: Any, start: datetime) -> None:
    """Refuse what Graph refuses in a recurrence of an event that starts then."""
    pattern: dict[str, Any] = recurrence.get("pattern") or {}
    span: dict[str, Any] = recurrence.get("range") or {}
    if pattern.get("type") not in ("daily", "weekly", "absoluteMonthly") or pattern.get("interval", 0) < 1:
        raise Refused(400, "ErrorInvalidRequest", "The pattern is not valid.")
    if pattern["type"] == "weekly" and not pattern.get("daysOfWeek"):
        raise Refused(400, "ErrorPropertyValidationFailure", "daysOfWeek is needed.")
    if pattern["type"] == "absoluteMonthly" and not pattern.get("dayOfMonth"):
        raise Refused(400, "ErrorPropertyValidationFailure", "dayOfMonth is needed.")
    if span.get("type") != "numbered" or not 1 <= span.get("numberOfOccurrences", 0) <= 999:
        raise Refused(400, "ErrorPropertyValidationFailure", "The range is not valid.")
    if span.get("startDate") != start.date().isoformat():
        raise Refused(400, "ErrorPropertyValidationFailure", "The range must start with the event.")


def days(recurrence: Any) -> list[date]:
    """Return the days of all occurrences."""
    span = recurrence["range"]
    found = _days(recurrence["pattern"], date.fromisoformat(span["startDate"]))
    return [next(found) for _number in range(span["numberOfOccurrences"])]


def _days(pattern: Any, first: date) -> Iterator[date]:
    every = pattern["interval"]
    if pattern["type"] == "daily":
        while True:
            yield first
            first += timedelta(days=every)
    if pattern["type"] == "weekly":
        begins = _DAYS.index(pattern.get("firstDayOfWeek", "sunday"))
        week = first - timedelta(days=(first.weekday() - begins) % 7)
        wanted = {_DAYS.index(each) for each in pattern["daysOfWeek"]}
        while True:
            for number in range(7):
                day = week + timedelta(days=number)
                if day >= first and day.weekday() in wanted:
                    yield day
            week += timedelta(weeks=every)
    month = first.year * 12 + first.month - 1
    while True:
        # A month that lacks the day has the occurrence on its last one.
        last = calendar.monthrange(month // 12, month % 12 + 1)[1]
        yield date(month // 12, month % 12 + 1, min(pattern["dayOfMonth"], last))
        month += every
