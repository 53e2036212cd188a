"""What a catalogue says, in the words of the own network, whichever version of its interface said it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class PlaceRecord:
    """Where a service is given; coordinates are ETRS-TM35FIN metres."""

    external_id: str
    name: str | None = None
    street: str | None = None
    postal_code: str | None = None
    town: str | None = None
    easting: int | None = None
    northing: int | None = None


@dataclass(frozen=True)
class HoursRecord:
    """Hours of a weekday (1 is Monday) or of one day; no clock means closed; clocks as "09:00"."""

    weekday: int | None = None
    on_day: date | None = None
    opens: str | None = None
    closes: str | None = None


@dataclass(frozen=True)
class OrganisationRecord:
    """An organisation; `kind` is one of the partner kinds when that can be told, else "other"."""

    external_id: str
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    business_id: str | None = None
    kind: str = "other"
    web: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class ServiceRecord:
    """A service; `spoken` holds language codes with blanks between, `why` what it was chosen for."""

    external_id: str
    organisation_id: str
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    summary_fi: str | None = None
    summary_sv: str | None = None
    summary_en: str | None = None
    words: str | None = None
    area: str | None = None
    spoken: str | None = None
    who_may_come: str | None = None
    what_to_bring: str | None = None
    cost: str | None = None
    by_appointment: bool = False
    places: Sequence[PlaceRecord] = ()
    hours: Sequence[HoursRecord] = ()
    why: Sequence[str] = ()
    published_at: datetime | None = None


@dataclass(frozen=True)
class Fetched:
    """One run of fetching: what was found and what could not be.

    `missing` names the parts that were not read: while there are any, nothing counts as vanished.
    `archived` holds keys the catalogue says it has put away. `newest` is the latest publication seen, from
    which the next run asks for changes once this one is taken in. `unknown` counts values of kinds that
    this program does not know, by kind.
    """

    run_id: str
    organisations: Sequence[OrganisationRecord] = ()
    services: Sequence[ServiceRecord] = ()
    whole: bool = True
    missing: Sequence[str] = ()
    archived: frozenset[str] = frozenset()
    newest: datetime | None = None
    unknown: Mapping[str, int] = field(default_factory=dict[str, int])
