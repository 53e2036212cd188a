"""The JSON of events as Graph takes them: private, busy, without text, attendees or anything of a client.

What a colleague reads is the title template's; the id of the appointment goes along as a digest of itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from kotoutus_tui.calendar import titles
from kotoutus_tui.calendar.entry import Entry, Series
from kotoutus_tui.calendar.ics import uid
from kotoutus_tui.calendar.series import DAYS, arrange, starts, weekdays
from kotoutus_tui.calendar.zone import is_unclear, local
from kotoutus_tui.outlook.marks import mark_of

# The name of an extended property of our own, under which Outlook keeps whose copy an event is.
PROPERTY = "String {7c0f6d52-5d7c-4d8e-9a53-6d1b1f0a2b11} Name casework_id"
ZONE = "FLE Standard Time"  # Finnish time, by the name that every Outlook knows
_DAYS: dict[str, str] = dict(
    zip(DAYS, ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), strict=True)
)
_LAST_DAY_OF_ALL_MONTHS = 28


@dataclass(frozen=True)
class Wanted:
    """An event that Outlook is to hold; `days` of a series maps the rule's moments to what they became.

    None stands for a day left out; days as the rule has them are not in it.
    """

    source_id: UUID
    body: dict[str, Any]
    starts_at: datetime
    ends_at: datetime
    with_client: bool
    days: Mapping[datetime, dict[str, Any] | None] = field(
        default_factory=dict[datetime, dict[str, Any] | None]
    )
    rule: Sequence[datetime] = ()

    @property
    def is_series(self) -> bool:
        """Whether it is a whole series."""
        return bool(self.rule)

    @property
    def mark(self) -> str:
        """The digest of what Outlook is to hold of it, a series' days apart."""
        return mark_of(self.body)


def wanted(entries: Sequence[Entry], template: str) -> list[Wanted]:
    """Return the events of an appointment, or of all days of a series, cancelled ones among `entries`."""
    kept = [each for each in entries if not each.cancelled]
    series = kept[0].series if kept else None
    if series is None or _is_unlike(series):
        return [_single(each, template) for each in kept]
    arranged = arrange(series, entries)
    singles = [_single(each, template) for each in arranged.alone]
    if arranged.pattern is None:
        return singles
    start = local(series.starts_at)
    end = start + (local(arranged.pattern.ends_at) - local(arranged.pattern.starts_at))
    body = _body(arranged.pattern, template, start, end) | {"recurrence": _recurrence(series)}
    days: dict[datetime, dict[str, Any] | None] = {
        moment.astimezone(UTC): None for moment in arranged.left_out
    }
    for each in arranged.changed:
        original = (each.original_start or each.starts_at).astimezone(UTC)
        days[original] = _body(each, template, local(each.starts_at), local(each.ends_at))
    peopled = any(each.people for each in kept)
    rule = [each.astimezone(UTC) for each in starts(series)]
    return [Wanted(series.id, body, start, end, peopled, days, rule), *singles]


def new(wanted: Wanted, generation: int) -> dict[str, Any]:
    """Return the body that makes an event; sent again for the same generation it makes no second one."""
    body = {name: value for name, value in wanted.body.items() if value != {"displayName": ""}}
    return body | {
        "transactionId": str(uuid5(UUID(uid(wanted.source_id)), str(generation))),
        "singleValueExtendedProperties": [{"id": PROPERTY, "value": uid(wanted.source_id)}],
    }


def regular_day(wanted: Wanted, when: datetime) -> dict[str, Any]:
    """Return what a day of a series is that nobody changed."""
    start = local(when)
    end = start + (local(wanted.ends_at) - local(wanted.starts_at))
    fields = {name: value for name, value in wanted.body.items() if name != "recurrence"}
    return fields | {"start": _time(start), "end": _time(end)}


def lookup(source_id: UUID) -> str:
    """Return the filter that finds our event of an appointment or a series."""
    return f"singleValueExtendedProperties/Any(ep: ep/id eq '{PROPERTY}' and ep/value eq '{uid(source_id)}')"


def _is_unlike(series: Series) -> bool:
    # In a month without the 31st Outlook takes the last day, the rule of a series here takes none.
    return series.frequency == "monthly" and local(series.starts_at).day > _LAST_DAY_OF_ALL_MONTHS


def _single(entry: Entry, template: str) -> Wanted:
    body = _body(entry, template, local(entry.starts_at), local(entry.ends_at))
    return Wanted(entry.id, body, entry.starts_at, entry.ends_at, bool(entry.people))


def _body(entry: Entry, template: str, start: datetime, end: datetime) -> dict[str, Any]:
    room = (entry.room or "") if titles.shows_place(entry, template) else ""
    return {
        "subject": titles.title(entry, template), "start": _time(start), "end": _time(end), "isAllDay": False,
        "sensitivity": "private", "showAs": "busy", "location": {"displayName": room},
    }  # fmt: skip


def _time(moment: datetime) -> dict[str, str]:
    # A local time in the hour of the clock change would be read in two or three ways.
    there, zone = (moment.astimezone(UTC), "UTC") if is_unclear(moment) else (local(moment), ZONE)
    return {"dateTime": f"{there:%Y-%m-%dT%H:%M:%S}", "timeZone": zone}


def _recurrence(series: Series) -> dict[str, Any]:
    start = local(series.starts_at)
    pattern: dict[str, Any] = {"interval": series.every}
    if series.frequency == "weekly":
        days = [_DAYS[each] for each in weekdays(series)]
        pattern |= {"type": "weekly", "daysOfWeek": days, "firstDayOfWeek": "monday"}
    elif series.frequency == "monthly":
        pattern |= {"type": "absoluteMonthly", "dayOfMonth": start.day}
    else:
        pattern |= {"type": "daily"}
    span = {
        "type": "numbered", "startDate": start.date().isoformat(), "numberOfOccurrences": series.times,
        "recurrenceTimeZone": ZONE,
    }  # fmt: skip
    return {"pattern": pattern, "range": span}
