"""Months, quarters and years that reports are made of; free days would let two reports tell of one person."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

Kind = Literal["month", "quarter", "year"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "year": 12}
_CODE = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|[Qq]([1-4])))?")


@dataclass(frozen=True)
class Span:
    """A month, quarter or year by its first day."""

    kind: Kind
    first: date

    @property
    def last(self) -> date:
        """The last day."""
        return self.moved(1).first - timedelta(days=1)

    @property
    def code(self) -> str:
        """`2026`, `2026-Q4` or `2026-11`, as `parse` reads it."""
        if self.kind == "year":
            return f"{self.first.year}"
        if self.kind == "quarter":
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        """The same as people write it: `2026`, `4/2026 (quarter)`, `11/2026`."""
        if self.kind == "year":
            return str(self.first.year)
        if self.kind == "quarter":
            return _("quarter {number}/{year}").format(
                number=(self.first.month + 2) // 3, year=self.first.year
            )
        return f"{self.first.month}/{self.first.year}"

    def moved(self, steps: int) -> "Span":
        """Return the span so many later, or earlier."""
        months = self.first.year * 12 + self.first.month - 1 + steps * _MONTHS[self.kind]
        return Span(self.kind, date(months // 12, months % 12 + 1, 1))


def span_of(kind: Kind, day: date) -> Span:
    """Return the span of this kind that holds the day."""
    size = _MONTHS[kind]
    return Span(kind, date(day.year, (day.month - 1) // size * size + 1, 1))


def parse(code: str) -> Span:
    """Return the span of a code; raises InvalidInput for anything else."""
    found = _CODE.fullmatch(code.strip())
    if not found or not 1990 <= int(found[1]) <= 2200:
        raise InvalidInput(
            "span",
            _("This is no month, quarter or year."),
            _("Write a year, a quarter or a month: 2026, 2026-Q4 or 2026-11."),
        )
    year = int(found[1])
    if found[2]:
        return Span("month", date(year, int(found[2]), 1))
    if found[3]:
        return Span("quarter", date(year, int(found[3]) * 3 - 2, 1))
    return Span("year", date(year, 1, 1))
