"""One mailbox's default calendar: events, series and their changed days, as Exchange keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from kotoutus_tui.demo.graph import recurrence, times
from kotoutus_tui.demo.graph.answers import Refused

_WRITABLE = frozenset(
    {
        "subject", "start", "end", "location", "sensitivity", "showAs", "isAllDay", "recurrence",
        "categories", "isReminderOn", "reminderMinutesBeforeStart", "importance",
    }
)  # fmt: skip
_ONLY_NEW = frozenset({"transactionId", "singleValueExtendedProperties"})
_SENSITIVITIES = ("normal", "personal", "private", "confidential")
_SHOWN_AS = ("free", "tentative", "busy", "oof", "workingElsewhere", "unknown")


@dataclass
class Item:
    """An event or the master of a series; `changed` holds its other days, None for one that was deleted."""

    id: str
    fields: dict[str, Any]
    properties: dict[str, str] = field(default_factory=dict[str, str])
    transaction: str | None = None
    changed: dict[str, dict[str, Any] | None] = field(default_factory=dict[str, dict[str, Any] | None])
    stamp: int = 0


@dataclass(frozen=True)
class View:
    """What is seen in a calendar: an event, a master or one day of a series."""

    item: Item
    kind: str
    fields: dict[str, Any]
    day: date | None = None
    original: datetime | None = None

    @property
    def id(self) -> str:
        """The id, of a day made of the series' and its date."""
        return f"{self.item.id}.{self.day:%Y%m%d}" if self.day else self.item.id

    @property
    def start(self) -> datetime:
        """When it begins."""
        return times.read(self.fields["start"])

    @property
    def end(self) -> datetime:
        """When it ends."""
        return times.read(self.fields["end"])


@dataclass
class Mailbox:
    """Everything in the calendar, and every change with a number, for delta.

    Without `replays` it has forgotten each transactionId by the time that it comes again.
    """

    items: dict[str, Item] = field(default_factory=dict[str, Item])
    stamp: int = 0
    removed: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    posts: int = 0
    replays: bool = True

    def add(self, body: dict[str, Any]) -> View:
        """Make an event; one with the same transactionId is answered again and made no second time."""
        transaction = body.get("transactionId")
        for item in self.items.values():
            if self.replays and transaction and item.transaction == transaction:
                return whole(item)
        unknown = set(body) - _WRITABLE - _ONLY_NEW
        if unknown:
            raise Refused(400, "RequestBodyRead", f"The property '{min(unknown)}' does not exist.")
        fields = {name: value for name, value in body.items() if name in _WRITABLE}
        _check(fields)
        properties = {each["id"]: each["value"] for each in body.get("singleValueExtendedProperties", [])}
        item = Item(f"AAkALg{uuid4().hex}AAA=", fields, properties, transaction)
        self.items[item.id] = item
        self.posts += 1
        self._touch(item)
        return whole(item)

    def find(self, event_id: str) -> View:
        """Return the event, the master or the day of a series; refused when it is not there."""
        name, _dot, day = event_id.partition(".")
        item = self.items.get(name)
        found = None if item is None else whole(item)
        if item is not None and day:
            found = next((each for each in occurrences(item) if each.id == event_id), None)
        if found is None:
            raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")
        return found

    def change(self, view: View, body: dict[str, Any]) -> View:
        """Change an event; a change of the rule or the hours of a series forgets its changed days."""
        unknown = set(body) - _WRITABLE
        if unknown:
            raise Refused(400, "ErrorPropertyValidationFailure", f"'{min(unknown)}' cannot be changed.")
        fields = view.fields | body
        _check(fields)
        if view.day is None:
            if any(body.get(name, view.fields.get(name)) != view.fields.get(name) for name in _TIMES):
                view.item.changed = {}
            view.item.fields = fields
        else:
            if "recurrence" in body:
                raise Refused(400, "ErrorInvalidRequest", "An occurrence has no recurrence.")
            changed = View(view.item, "exception", fields, view.day, view.original)
            _refuse_crossing(changed)
            view.item.changed[view.day.isoformat()] = fields
        self._touch(view.item)
        return self.find(view.id)

    def remove(self, view: View) -> None:
        """Delete an event, a whole series or one day of it."""
        if view.day is None:
            del self.items[view.item.id]
            self.stamp += 1
            self.removed.append((self.stamp, view.item.id))
            return
        view.item.changed[view.day.isoformat()] = None
        self._touch(view.item)
        self.removed.append((self.stamp, view.id))

    def within(self, start: datetime, end: datetime) -> list[View]:
        """Return what takes place then, days of series among it, the earliest first."""
        found = (
            each
            for item in self.items.values()
            for each in (occurrences(item) if "recurrence" in item.fields else iter([whole(item)]))
        )
        return sorted((each for each in found if each.start < end and each.end > start), key=_by_start)

    def _touch(self, item: Item) -> None:
        self.stamp += 1
        item.stamp = self.stamp


_TIMES = ("start", "end", "recurrence")


def whole(item: Item) -> View:
    """Return an event or a master as it is seen."""
    return View(item, "seriesMaster" if "recurrence" in item.fields else "singleInstance", item.fields)


def occurrences(item: Item) -> Iterator[View]:
    """Return the days of a series that are left, in the order of its rule."""
    start, end = times.read(item.fields["start"]), times.read(item.fields["end"])
    length = end - start
    for day in recurrence.days(item.fields["recurrence"]):
        original = datetime.combine(day, start.time(), start.tzinfo)
        key = day.isoformat()
        if key not in item.changed:
            zone = item.fields["start"]["timeZone"]
            ends = (original.replace(tzinfo=None) + length).replace(tzinfo=original.tzinfo)
            fields = item.fields | {"start": times.write(original, zone), "end": times.write(ends, zone)}
            fields.pop("recurrence")
            yield View(item, "occurrence", fields, day, original)
        elif (fields := item.changed[key]) is not None:
            yield View(item, "exception", fields, day, original)


def _check(fields: dict[str, Any]) -> None:
    if "start" not in fields or "end" not in fields:
        raise Refused(400, "ErrorPropertyValidationFailure", "start and end are needed.")
    start, end = times.read(fields["start"]), times.read(fields["end"])
    if end < start or (end == start and not fields.get("isAllDay")):
        raise Refused(400, "ErrorCalendarEndDateIsEarlierThanStartDate", "The end is before the start.")
    if (
        fields.get("sensitivity", "normal") not in _SENSITIVITIES
        or fields.get("showAs", "busy") not in _SHOWN_AS
    ):
        raise Refused(400, "RequestBodyRead", "A value is not one of the enumeration.")
    if fields.get("recurrence"):
        recurrence.check(fields["recurrence"], start)


def _refuse_crossing(changed: View) -> None:
    day, mine, zone = changed.day or date.min, changed.start.date(), changed.start.tzinfo
    for each in occurrences(changed.item):
        other, there = each.day or date.min, each.start.astimezone(zone).date()
        if (other < day and mine <= there) or (other > day and mine >= there):
            raise Refused(
                400, "ErrorOccurrenceCrossingBoundary", "The occurrence is moved past its neighbour."
            )


def _by_start(view: View) -> tuple[datetime, str]:
    return view.start, view.id
