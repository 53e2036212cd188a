"""How old it is that somebody found a service's data right."""

from datetime import date
from typing import Literal

Freshness = Literal["fresh", "ageing", "stale"]
AGEING_DAYS, STALE_DAYS = 183, 365


def freshness(verified_on: date | None, today: date) -> Freshness:
    """Return fresh for half a year, stale after a year and when it was never checked."""
    if verified_on is None or (days := (today - verified_on).days) >= STALE_DAYS:
        return "stale"
    return "ageing" if days >= AGEING_DAYS else "fresh"


def is_due(verified_on: date | None, today: date) -> bool:
    """Return whether the partner should be called."""
    return freshness(verified_on, today) != "fresh"
