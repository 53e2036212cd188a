"""A digest of an event, the same for what we send and for what Outlook says it holds."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from kotoutus_tui.clock import HELSINKI

_ZONES: dict[str, tzinfo] = {"UTC": UTC, "FLE Standard Time": HELSINKI, "Europe/Helsinki": HELSINKI}


def mark_of(event: Mapping[str, Any]) -> str:
    """Return the digest of what we push of an event: title, times, place, privacy and how it repeats.

    What a person adds in Outlook, such as a category or a reminder, is not in it.
    """
    place: Mapping[str, Any] = event.get("location") or {}
    known: list[object] = [
        event.get("subject") or "",
        moment(event["start"]).isoformat(),
        moment(event["end"]).isoformat(),
        place.get("displayName") or "",
        event.get("sensitivity"),
        event.get("showAs"),
        _rule(event.get("recurrence")),
    ]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:32]


def moment(value: Mapping[str, str]) -> datetime:
    """Return the moment of a dateTimeTimeZone, in UTC."""
    there = datetime.fromisoformat(value["dateTime"][:19])
    return there.replace(tzinfo=_ZONES.get(value.get("timeZone") or "UTC", UTC)).astimezone(UTC)


def _rule(recurrence: Mapping[str, Any] | None) -> object:
    if not recurrence:
        return None
    pattern, span = recurrence["pattern"], recurrence["range"]
    # Graph fills in what does not apply, so only what tells one rule from another is read.
    kind = pattern.get("type")
    return [
        kind,
        pattern.get("interval"),
        sorted(pattern.get("daysOfWeek") or []) if kind == "weekly" else [],
        pattern.get("dayOfMonth") if kind == "absoluteMonthly" else 0,
        span.get("startDate"),
        span.get("numberOfOccurrences"),
    ]
