"""A date, typed as people write it, with the day it means shown under it."""

from datetime import date

from kotoutus_tui import clock, dates
from kotoutus_tui.i18n import format_date, format_day
from screens.widgets.field import Field


class DateField(Field[date]):
    """Understands what `dates.parse` does; `past` for what has happened already (a contact, a birthday)."""

    def __init__(
        self, name: str, label: str, value: date | None = None, *, past: bool = False, required: bool = False
    ) -> None:
        super().__init__(name, label, format_date(value) if value else "", required=required)
        self._past = past

    def read(self, text: str) -> date:
        """Return the date."""
        return dates.parse(text, clock.today(), past=self._past)

    def meaning(self, value: date) -> str:
        """The day with its weekday and year, so that a wrong guess is seen at once."""
        return f"{format_day(value)}{value.year}"
