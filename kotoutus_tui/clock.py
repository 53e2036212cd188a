"""The one clock: nothing else in the application asks the system for the time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """Return this instant, aware and in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the calendar day in Helsinki, where the office and its deadlines are."""
    return datetime.now(HELSINKI).date()


def moment_of(day: date) -> datetime:
    """Return when something of a day happened whose hour is not known: noon in Helsinki, now for today."""
    return now() if day >= today() else datetime.combine(day, time(12), HELSINKI)
