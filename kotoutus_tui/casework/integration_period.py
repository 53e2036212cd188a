"""How long a client's integration period is, counted from the first integration plan."""

from dataclasses import dataclass
from datetime import date

from kotoutus_tui.dates import add_months

# Plans drawn by this day follow 12 § of act 1386/2010, later ones 23 § of act 681/2023.
_LAST_DAY_OF_OLD_ACT = date(2024, 12, 31)
_OLD_ACT_MONTHS = 36
_NEW_ACT_MONTHS = 24


@dataclass(frozen=True)
class IntegrationPeriod:
    """The first and the last day of a period and the section of law its length comes from.

    `basic_end` is where the basic period ended, when the period was extended.
    """

    start: date
    end: date
    law: str
    basic_end: date | None = None

    def share_passed(self, day: date) -> float:
        """Return how much of the period has passed on `day`: 0 before it, 1 after it."""
        whole = (self.end - self.start).days
        return min(1.0, max(0.0, (day - self.start).days / whole)) if whole else 1.0


def integration_period(first_plan_drawn_on: date) -> IntegrationPeriod:
    """Return the basic period of a plan first drawn on this day, without extensions.

    Three years for plans drawn by 31.12.2024 (12 § 1386/2010), two years from 1.1.2025 (23 § 681/2023).
    The period ends on the same day of the month as it began, or on that month's last day.
    """
    if first_plan_drawn_on <= _LAST_DAY_OF_OLD_ACT:
        months, law = _OLD_ACT_MONTHS, "12 § 1386/2010"
    else:
        months, law = _NEW_ACT_MONTHS, "23 § 681/2023"
    return IntegrationPeriod(first_plan_drawn_on, add_months(first_plan_drawn_on, months), law)
