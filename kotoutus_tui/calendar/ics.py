"""Appointments as an iCalendar file for Outlook: the same appointments make the same bytes.

Private, busy, without organiser, attendees, description or alarm; ids that tell nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from kotoutus_tui.calendar.entry import Entry
from kotoutus_tui.calendar.series import Arranged, arrange, weekdays
from kotoutus_tui.calendar.titles import shows_place, title
from kotoutus_tui.calendar.zone import VTIMEZONE, is_unclear, local

if TYPE_CHECKING:
    from icalendar import Event

_OURS = UUID("6f0d2a56-3c0c-5a52-9d1a-0b9c1e9b7c11")
_PRODUCT = "-//City of Joensuu//kotoutus-tui//EN"


def uid(row: UUID) -> str:
    """Return the lasting id of an appointment or a series outside the database."""
    return str(uuid5(_OURS, str(row)))


def units(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return what goes to Outlook together: single appointments, and the occurrences of each series."""
    together: dict[UUID, list[Entry]] = {}
    for each in sorted(entries, key=lambda entry: (entry.starts_at, entry.id)):
        together.setdefault(each.series.id if each.series else each.id, []).append(each)
    return list(together.values())


def as_ics(entries: Sequence[Entry], template: str, name: str = "") -> tuple[bytes, int]:
    """Return the file and how many appointments it holds; cancelled ones are not in it.

    Nothing is returned for nothing: an empty file is refused by programs that read it. A series belongs in
    whole, since its rule speaks of all its occurrences. A `name` is for a calendar that is subscribed to.
    """
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    for key, value in (("prodid", _PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        _add(calendar, key, value)
    if name:
        _add(calendar, "x-wr-calname", name)
        _add(calendar, "x-published-ttl", "PT1H")
        _add(calendar, "refresh-interval", timedelta(hours=1), {"value": "DURATION"})
    events: list[Event] = []
    count = 0
    for unit in units(entries):
        kept = [each for each in unit if not each.cancelled]
        count += len(kept)
        if kept and (series := unit[0].series):
            events += _series(arrange(series, unit), kept, template)
        else:
            events += [_single(each, template) for each in kept]
    if not events:
        return b"", 0
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical(), count


def _series(arranged: Arranged, kept: Sequence[Entry], template: str) -> "list[Event]":
    events: list[Event] = []
    if arranged.pattern is not None:
        series, pattern = arranged.series, arranged.pattern
        start = local(series.starts_at)
        whole = _event(
            pattern,
            template,
            uid(series.id),
            start,
            start + (local(pattern.ends_at) - local(pattern.starts_at)),
        )
        rule: dict[str, object] = {
            "freq": series.frequency.upper(),
            "interval": series.every,
            "count": series.times,
        }
        if series.frequency == "weekly":
            rule["byday"] = list(weekdays(series))
        _add(whole, "rrule", rule)
        whole.pop("sequence")
        _add(whole, "sequence", max(each.sequence for each in kept))
        _stamp(whole, max(each.updated_at for each in kept))
        if arranged.left_out:
            _add(whole, "exdate", list(arranged.left_out))
        events.append(whole)
        for each in arranged.changed:
            other = _event(each, template, uid(series.id), local(each.starts_at), local(each.ends_at))
            _add(other, "recurrence-id", local(each.original_start or each.starts_at))
            events.append(other)
    return events + [_single(each, template) for each in arranged.alone]


def _single(entry: Entry, template: str) -> "Event":
    start, end = entry.starts_at, entry.ends_at
    # A local time in the hour of the clock change would be read in two or three ways.
    unclear = is_unclear(start) or is_unclear(end)
    return _event(
        entry, template, uid(entry.id),
        start.astimezone(UTC) if unclear else local(start), end.astimezone(UTC) if unclear else local(end),
    )  # fmt: skip


def _event(entry: Entry, template: str, uid_: str, start: datetime, end: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    for name, value in (
        ("uid", uid_), ("summary", title(entry, template)), ("dtstart", start), ("dtend", end),
        ("sequence", entry.sequence), ("class", "PRIVATE"), ("transp", "OPAQUE"),
        ("x-microsoft-cdo-busystatus", "BUSY"),
    ):  # fmt: skip
        _add(event, name, value)
    _stamp(event, entry.updated_at)
    if entry.room and shows_place(entry, template):
        _add(event, "location", entry.room)
    return event


def _stamp(event: "Event", moment: datetime) -> None:
    for name in ("dtstamp", "last-modified"):
        event.pop(name, None)
        _add(event, name, moment.astimezone(UTC).replace(microsecond=0))


def _add(component: Any, name: str, value: object, parameters: dict[str, str] | None = None) -> None:
    # The library's own types of this method are unknown.
    component.add(name, value, parameters)
