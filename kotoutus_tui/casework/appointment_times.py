"""When an appointment may be: the hours at which the clock changes, and how far away a day may lie."""

from datetime import UTC, date, datetime, time, timedelta

from kotoutus_tui import clock
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

LONGEST = 12 * 60  # minutes
_DAYS_BACK, _DAYS_AHEAD = 366, 3 * 366


def moment(day: date, at: time) -> datetime:
    """Return a time of a day in Helsinki as an aware moment; raises InvalidInput for `day` or `time`.

    The hour from 3 to 4 of the two Sundays on which the clock changes is refused: it is there twice or
    never, and calendars disagree about it.
    """
    away = (day - clock.today()).days
    if not -_DAYS_BACK <= away <= _DAYS_AHEAD:
        raise InvalidInput("day", _("The day is too far away."), _("Write the year too, as 24.11.2026."))
    found = datetime.combine(day, at, HELSINKI)
    check(found, found)
    return found


def check(starts_at: datetime, ends_at: datetime) -> None:
    """Raise InvalidInput for `time` when the clock skips or doubles the hour it begins or ends in."""
    if any(_changes_at(each) for each in (starts_at, ends_at)):
        raise InvalidInput("time", _("The clock is changed at that hour."), _("Choose another time."))


def end_of(starts_at: datetime, minutes: int) -> datetime:
    """Return the moment so many minutes later, by the clock that runs and not the one on the wall."""
    return (starts_at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(HELSINKI)


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments at which the first day begins and the last one is over, in Helsinki."""
    return (
        datetime.combine(first, time(), HELSINKI),
        datetime.combine(last + timedelta(days=1), time(), HELSINKI),
    )


def _changes_at(at: datetime) -> bool:
    local = at.astimezone(HELSINKI)
    # An hour that is there twice has two offsets; one that is not there comes back changed.
    doubled = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    wall = at.replace(tzinfo=None) if at.tzinfo is HELSINKI else local.replace(tzinfo=None)
    skipped = at.astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None) != wall
    return doubled or skipped
