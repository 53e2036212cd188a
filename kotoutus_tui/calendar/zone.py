"""Finnish time as Outlook reads it: rules instead of lists of days, no time that exists twice or never."""

from datetime import datetime, timedelta

from kotoutus_tui.clock import HELSINKI

# Outlook takes one rule for each half of the year; lists of days make it an hour late in summer.
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:STANDARD
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")


def local(moment: datetime) -> datetime:
    """Return an aware moment in Finnish time."""
    return moment.astimezone(HELSINKI)


def is_unclear(moment: datetime) -> bool:
    """Whether the local hour is one that programs read differently: 3 to 4 when the clock changes."""
    there = local(moment)
    last_sunday = (
        there.month in (3, 10) and there.weekday() == 6 and (there + timedelta(days=7)).month != there.month
    )
    return last_sunday and there.hour == 3
