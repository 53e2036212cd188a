"""Days as people write them."""

from datetime import date

from kotoutus_tui import clock
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _


def read_day(text: str, field: str = "day") -> date:
    """Return the day written as 24.11.2026, 24.11. (this year) or 2026-11-24; raises InvalidInput."""
    words = text.strip()
    try:
        if "-" in words:
            return date.fromisoformat(words)
        day, month, *year = [int(part) for part in words.rstrip(".").split(".")]
        return date(year[0] if year else clock.today().year, month, day)
    except ValueError as error:
        raise InvalidInput(field, _("This is not a day."), _("Write it as 24.11.2026.")) from error
