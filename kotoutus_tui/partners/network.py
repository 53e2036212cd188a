"""The network as it is read: organisations, services, places, hours and contact persons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kotoutus_tui.i18n import current_language


@dataclass(frozen=True)
class Organisation:
    """A partner; its name holds from a day to a day."""

    id: UUID
    kind: str
    name_fi: str
    name_sv: str | None
    name_en: str | None
    business_id: str | None
    web: str | None
    phone: str | None
    email: str | None
    valid_from: date | None
    valid_to: date | None
    predecessor_id: UUID | None
    version: int

    @property
    def name(self) -> str:
        """The name in the language in use, else in Finnish."""
        return in_language(self.name_fi, self.name_sv, self.name_en)


@dataclass(frozen=True)
class Place:
    """Where a service is given; coordinates are ETRS-TM35FIN metres."""

    id: UUID
    service_id: UUID
    organisation_id: UUID
    name: str | None
    street: str | None
    postal_code: str | None
    town: str | None
    easting: int | None = None
    northing: int | None = None


@dataclass(frozen=True)
class Hours:
    """Weekly hours of a weekday (1 is Monday), or those of one day that differs; no clock means closed."""

    id: UUID
    service_id: UUID
    weekday: int | None
    on_day: date | None
    opens: str | None
    closes: str | None


@dataclass(frozen=True)
class Contact:
    """A person at a partner, of one service or of all."""

    id: UUID
    organisation_id: UUID
    service_id: UUID | None
    name: str
    title: str | None
    phone: str | None
    email: str | None
    languages: str | None
    confirmed_on: date | None


@dataclass(frozen=True)
class Service:
    """What a partner does for whom; languages are codes with blanks between, times are days.

    `vanished_on` is since when the national catalogue tells of it no more.
    """

    id: UUID
    organisation_id: UUID
    name_fi: str
    name_sv: str | None
    name_en: str | None
    summary_fi: str | None
    summary_sv: str | None
    summary_en: str | None
    words: str | None
    area: str | None
    spoken: str | None
    interpreted: str | None
    written: str | None
    who_may_come: str | None
    what_to_bring: str | None
    cost: str | None
    by_appointment: bool
    capacity: int | None
    waiting_days: int | None
    next_start_on: date | None
    capacity_stated_on: date | None
    state: str
    verified_on: date | None
    verified_by: str | None
    version: int
    vanished_on: date | None = None

    @property
    def name(self) -> str:
        """The name in the language in use, else in Finnish."""
        return in_language(self.name_fi, self.name_sv, self.name_en)

    @property
    def summary(self) -> str:
        """What it is, in the language in use, else in Finnish."""
        return in_language(self.summary_fi or "", self.summary_sv, self.summary_en)

    @property
    def full(self) -> bool:
        """Whether it was last said that there is no room."""
        return self.capacity == 0


@dataclass(frozen=True)
class Network:
    """Everything that is not removed; `places` are by service.

    `merged` has the organisations that were merged into one, `names_before` the names of the services.
    """

    organisations: Mapping[UUID, Organisation] = field(default_factory=dict[UUID, Organisation])
    services: Sequence[Service] = ()
    places: Mapping[UUID, Sequence[Place]] = field(default_factory=dict[UUID, Sequence[Place]])
    merged: Mapping[UUID, Sequence[Organisation]] = field(default_factory=dict[UUID, Sequence[Organisation]])
    names_before: Mapping[UUID, Sequence[str]] = field(default_factory=dict[UUID, Sequence[str]])

    def current(self, organisation_id: UUID, today: date) -> Organisation:
        """Return the organisation, or who came after it when its time is over."""
        found = self.organisations[organisation_id]
        seen = {found.id}
        while found.valid_to is not None and found.valid_to < today:
            later = [
                each
                for each in self.organisations.values()
                if each.predecessor_id == found.id and each.id not in seen
            ]
            if not later:
                break
            found = min(later, key=lambda each: (each.valid_from or date.min, each.name_fi))
            seen.add(found.id)
        return found

    def former(self, organisation: Organisation) -> Sequence[Organisation]:
        """Return those whom the organisation came after, the last one first, and other names of its own."""
        found = [each for each in self.merged.get(organisation.id, ()) if each.name != organisation.name]
        while (before := self.organisations.get(organisation.predecessor_id or organisation.id)) is not None:
            if before.id == organisation.id or before in found:
                break
            found.append(before)
            organisation = before
        return found


def in_language(finnish: str, swedish: str | None, english: str | None) -> str:
    """Return the text in the language in use, else in Finnish."""
    return {"sv": swedish, "en": english}.get(current_language()) or finnish
