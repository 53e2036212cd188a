"""How long a client's integration period is, counted from the first integration plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kotoutus_tui.casework.facts import Extension, Interruption

Span = tuple[date, date]


@dataclass(frozen=True)
class IntegrationPeriod:
    """The first and the last day of a period and the section of law its length comes from.

    `basic_end` is where the basic period ended, when the period was extended; `interruptions` are the first
    and last days of those that count.
    """

    start: date
    end: date
    law: str
    basic_end: date | None = None
    interruptions: tuple[Span, ...] = ()

    def share_passed(self, day: date) -> float:
        """Return how much of the period has passed on `day`: 0 before it, 1 after it."""
        whole = (self.end - self.start).days
        return min(1.0, max(0.0, (day - self.start).days / whole)) if whole else 1.0


def integration_period(
    first_plan_drawn_on: date,
    signed_on: date | None = None,
    *,
    interruptions: "Sequence[Interruption]" = (),
    extensions: "Sequence[Extension]" = (),
    birth_date: date | None = None,
    today: date | None = None,
) -> IntegrationPeriod:
    """Return the period of a plan first drawn on this day, with its interruptions and extensions.

    Three years from signing for plans drawn by 31.12.2024 (12 § 1386/2010), two years from drawing from
    1.1.2025 (23 § 681/2023); by the rules in force, which a later reform may change. Without `signed_on`
    both count from the day of drawing. An interruption that goes on is counted until `today`, which it
    then needs. Raises SetupError when a rule file has an error.
    """
    # The rules are read on first use: most lists show periods that are stored.
    from kotoutus_tui.casework.deadlines import Facts, Plan, period

    facts = Facts(
        plans=(Plan(first_plan_drawn_on, signed_on),), birth_date=birth_date,
        interruptions=tuple(interruptions), extensions=tuple(extensions),
    )  # fmt: skip
    now = today or first_plan_drawn_on
    found = period(facts, now)
    if found is None:
        raise ValueError(first_plan_drawn_on)
    extended = any(addition.kind == "extension" for addition in found.working.additions)
    spans = ((each.from_on, each.to_on or max(now, each.from_on)) for each in interruptions)
    return IntegrationPeriod(
        found.start, found.end, found.law, found.basic_end if extended else None,
        tuple(span for span in spans if span[0] <= found.end and span[1] >= found.start),
    )  # fmt: skip
