"""How long a client's integration period is, counted from the first integration plan."""

from dataclasses import dataclass
from datetime import date


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


def integration_period(first_plan_drawn_on: date, signed_on: date | None = None) -> IntegrationPeriod:
    """Return the basic period of a plan first drawn on this day, without extensions.

    Three years from signing for plans drawn by 31.12.2024 (12 § 1386/2010), two years from drawing from
    1.1.2025 (23 § 681/2023); by the rules in force, which a later reform may change. Without `signed_on`
    both count from the day of drawing. Raises SetupError when a rule file has an error.
    """
    # The rules are read on first use: most lists show periods that are stored.
    from kotoutus_tui.casework.deadlines import Facts, Plan, period

    found = period(Facts(plans=(Plan(first_plan_drawn_on, signed_on),)), first_plan_drawn_on)
    if found is None:
        raise ValueError(first_plan_drawn_on)
    return IntegrationPeriod(found.start, found.end, found.law)
