"""What a run read, before it is put into the words of the own network."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

from kotoutus_tui.catalogue.records import HoursRecord, OrganisationRecord, ServiceRecord

Item = dict[str, Any]


@dataclass
class Raw:
    """Things by their keys, as the catalogue wrote them; `why` tells for what a service was chosen."""

    services: dict[str, Item] = field(default_factory=dict[str, Item])
    why: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    organisations: dict[str, Item] = field(default_factory=dict[str, Item])
    channels: dict[str, Item] = field(default_factory=dict[str, Item])
    connections: list[Item] = field(default_factory=list[Item])
    archived: set[str] = field(default_factory=set[str])
    towns: dict[str, str] = field(default_factory=dict[str, str])
    moments: list[datetime] = field(default_factory=list[datetime])

    def saw(self, items: Iterable[Item], name: str = "publishedAt") -> None:
        """Note when things were published, as far as that is told."""
        self.moments += [moment for item in items if (moment := moment_of(item.get(name))) is not None]


@dataclass
class Told:
    """Records made of what was read, and how many values were of kinds this program does not know."""

    organisations: list[OrganisationRecord] = field(default_factory=list[OrganisationRecord])
    services: list[ServiceRecord] = field(default_factory=list[ServiceRecord])
    unknown: dict[str, int] = field(default_factory=dict[str, int])

    def count(self, kind: str, many: int = 1) -> None:
        """Count values of an unknown kind."""
        if many:
            self.unknown[kind] = self.unknown.get(kind, 0) + many


@dataclass
class Hours:
    """Opening hours as far as the own table holds them; the rest is counted."""

    records: list[HoursRecord] = field(default_factory=list[HoursRecord])
    drop_in: bool = False
    reserved: bool = False
    unknown: int = 0

    @property
    def by_appointment(self) -> bool:
        """Whether one can come by appointment alone."""
        return self.reserved and not self.drop_in

    def sort(self) -> None:
        """Put weekdays before days, each in its order, and drop what is said twice."""
        ordered = dict.fromkeys(self.records)
        self.records = sorted(
            ordered, key=lambda each: (each.on_day or date.min, each.weekday or 0, each.opens or "")
        )

    def slot(self, status: str, opens: Any, closes: Any, **when: Any) -> None:
        """Add hours of a weekday or of a day: Open, OpenOnReservation or Closed."""
        start, end = clock_of(opens), clock_of(closes)
        if status == "Closed":
            if "on_day" in when:
                self.records.append(HoursRecord(**when))
            return
        if status not in ("Open", "OpenOnReservation") or start is None or end is None or end <= start:
            self.unknown += 1
            return
        self.reserved |= status == "OpenOnReservation"
        self.drop_in |= status == "Open"
        self.records.append(HoursRecord(**when, opens=start, closes=end))


def first_hours(found: Iterable[tuple[Hours, bool]], told: Told) -> Hours:
    """Return the hours of the first place that has any, else of the first other channel; the rest is counted.

    Each comes with whether it is a place. Other hours of a second place are one value that is not held.
    """
    chosen: Hours | None = None
    for hours, is_place in sorted(found, key=lambda each: not each[1]):
        told.count("hours", hours.unknown)
        if hours.records and chosen is None:
            chosen = hours
        elif hours.records and is_place and chosen is not None and hours.records != chosen.records:
            told.count("hours")
    return chosen or Hours()


def moment_of(text: Any) -> datetime | None:
    """Return a moment in UTC; None for nothing and for what is no moment."""
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def clock_of(text: Any) -> str | None:
    """Return "09:00" of 09:00 and 09:00:00; midnight at the end of a day is 23:59."""
    parts = text.split(":") if isinstance(text, str) else []
    if len(parts) < 2 or not all(part.isdecimal() for part in parts[:2]):
        return None
    hour, minute = int(parts[0]), int(parts[1])
    if (hour, minute) == (24, 0):
        return "23:59"
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def text_of(value: Any) -> str | None:
    """Return a text that says something."""
    return value.strip() or None if isinstance(value, str) else None


def list_of(value: Any) -> list[Any]:
    """Return a list, an empty one for nothing."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def table_of(value: Any) -> Item:
    """Return a table, an empty one for nothing."""
    return cast("Item", value) if isinstance(value, dict) else {}


def spoken(codes: Iterable[Any], told: Told) -> str | None:
    """Return codes of languages with blanks between; those that no list of languages has are counted."""
    from kotoutus_tui.partners.languages import names

    known = set(names().values())
    found = [_LANGUAGES.get(code, code) for code in map(str, codes)]
    told.count("language", sum(code not in known for code in found))
    return " ".join(dict.fromkeys(code for code in found if code in known)) or None


# Where the catalogue and the list of languages name one language otherwise.
_LANGUAGES = {
    "sgn": "fse",
    "sgn-FI": "fse",
    "fi-sgn": "fse",
    "zh-Hans": "zh",
    "nb": "no",
    "tl": "fil",
    "sh": "sr",
}
