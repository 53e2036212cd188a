"""What the catalogue offers beside the own network: new, changed, in conflict, vanished, put away."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from kotoutus_tui.catalogue import alike, facts
from kotoutus_tui.catalogue.facts import PLACE_PREFIX, Facts
from kotoutus_tui.catalogue.merging import UNKNOWN, Fact, future_hours
from kotoutus_tui.catalogue.owned import Own, Owned, OwnedPlace
from kotoutus_tui.catalogue.records import Fetched, OrganisationRecord, ServiceRecord
from kotoutus_tui.partners.network import in_language

Kind = Literal["conflict", "new", "changed", "vanished", "archived", "same"]
KINDS: tuple[Kind, ...] = ("conflict", "new", "changed", "vanished", "archived")
NEW = "new"  # said of what is like one of ours and yet another


@dataclass(frozen=True)
class Item:
    """One organisation or service of the catalogue or of ours that it knows.

    `own` is ours, `record` theirs. `alike` are ours of the same name, while nobody has said whether it is
    one of them. `partner` is the key of the organisation of a service, None when the catalogue did not say.
    """

    key: str
    kind: Kind
    facts: Sequence[Fact] = ()
    own: Owned | None = None
    record: OrganisationRecord | ServiceRecord | None = None
    partner: str | None = None
    partner_name: str = ""
    alike: Sequence[Owned] = ()
    places: Mapping[str, OwnedPlace] = field(default_factory=dict[str, OwnedPlace])

    @property
    def is_service(self) -> bool:
        """Whether it is a service; else it is an organisation."""
        return self.key.startswith("service:")

    @property
    def external_id(self) -> str:
        """The catalogue's id."""
        return self.key.partition(":")[2]

    @property
    def name(self) -> str:
        """Its name here, else there, in the language in use."""
        named = self.own.facts if self.own is not None else {each.name: each.theirs for each in self.facts}
        return in_language(named["name_fi"], named["name_sv"], named["name_en"])

    @property
    def joins(self) -> bool:
        """Whether ours was not yet known to be theirs."""
        return self.own is not None and self.own.external_id is None

    @property
    def returns(self) -> bool:
        """Whether it had gone from the catalogue and is there again."""
        return self.record is not None and self.own is not None and self.own.vanished_on is not None

    @property
    def theirs(self) -> Facts:
        """What the catalogue says now."""
        return {each.name: each.theirs for each in self.facts}

    @property
    def open(self) -> Sequence[Fact]:
        """The facts in which there is something to decide or to take."""
        return [each for each in self.facts if each.open]


@dataclass(frozen=True)
class Preview:
    """All that was compared; `items` in the order in which they are offered."""

    fetched: Fetched
    own: Own = field(default_factory=Own)
    items: Sequence[Item] = ()

    @property
    def offered(self) -> Sequence[Item]:
        """What there is to take or to leave."""
        return [each for each in self.items if each.kind != "same"]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many of each kind are offered."""
        return Counter(each.kind for each in self.offered)

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """The items by their keys."""
        return {each.key: each for each in self.items}

    @cached_property
    def partner_ids(self) -> Mapping[str, UUID]:
        """Our organisations by the keys that services name them with."""
        known = {f"organisation:{each.external_id}": each.id for each in self.own.organisations}
        known |= {f"organisation:{key}": own for key, own in self.own.merged.items()}
        return known | {each.key: each.own.id for each in self.items if not each.is_service and each.own}


def compare(fetched: Fetched, own: Own, today: date, same: Mapping[str, str] | None = None) -> Preview:
    """Return what the catalogue offers; `same` says which of ours an item is, by its key, or NEW."""
    said = same or {}
    organisations = _Organisations(fetched.organisations, own, said)
    items = [organisations.item(each) for each in fetched.organisations]
    known = {each.external_id: each.own for each in items}
    services = _Services(own, organisations, known, said, today)
    items += [services.item(each) for each in fetched.services]
    items += services.gone(fetched)
    order = {kind: number for number, kind in enumerate((*KINDS, "same"))}
    # Partners come before their services, so that one sees whose they are.
    items.sort(key=lambda each: (order[each.kind], each.is_service))
    return Preview(fetched, own, items)


class _Organisations:
    """Finds ours for an organisation of the catalogue: by its id, its business id, or as somebody said."""

    def __init__(self, records: Sequence[OrganisationRecord], own: Own, said: Mapping[str, str]) -> None:
        self._said = said
        self.names = {each.external_id: each.name_fi for each in records}
        self._by_id = {each.id: each for each in own.organisations}
        self._merged = {key: self._by_id[one] for key, one in own.merged.items() if one in self._by_id}
        self._linked = {each.external_id: each for each in own.organisations if each.external_id}
        free = [each for each in own.organisations if not each.external_id]
        # Parts of one organisation share its business id: then it tells none from the other.
        theirs = Counter(each.business_id for each in records)
        ours = Counter(each.facts["business_id"] for each in own.organisations)
        self._by_business_id = {
            number: each
            for each in free
            if (number := each.facts["business_id"]) and ours[number] == 1 and theirs[number] == 1
        }
        self._by_name = alike.by_name(free)

    def own(self, record: OrganisationRecord) -> Owned | None:
        """Return ours, if it is known."""
        found = self._linked.get(record.external_id) or self._merged.get(record.external_id)
        return found or self._chosen(record) or self._by_business_id.get(record.business_id or "")

    def item(self, record: OrganisationRecord) -> Item:
        """Compare one."""
        key, own = f"organisation:{record.external_id}", self.own(record)
        found = _facts(facts.of_organisation(record), own, own.facts if own else {})
        if own is None:
            like = () if self._said.get(key) == NEW else alike.of_name(self._by_name, record)
            return Item(key, "new", found, record=record, alike=like)
        # What became one with another has the facts of that one.
        merged = record.external_id in self._merged and record.external_id not in self._linked
        kind = "same" if merged else _kind(found, joins=own.external_id is None)
        return Item(key, kind, found, own, record)

    def by_key(self, external_id: str) -> Owned | None:
        """Return ours for the catalogue's id, whether or not the organisation was fetched."""
        return self._linked.get(external_id) or self._merged.get(external_id)

    def _chosen(self, record: OrganisationRecord) -> Owned | None:
        said = self._said.get(f"organisation:{record.external_id}", NEW)
        return self._by_id.get(UUID(said)) if said != NEW else None


class _Services:
    """Finds ours for a service of the catalogue: by its id, or as somebody said of two of one name."""

    def __init__(
        self,
        own: Own,
        partners: _Organisations,
        known: Mapping[str, Owned | None],
        said: Mapping[str, str],
        today: date,
    ) -> None:
        self._partners, self._known, self._said, self._today = partners, known, said, today
        self._services = own.services
        self._by_id = {str(each.id): each for each in own.services}
        self._linked = {each.external_id: each for each in own.services if each.external_id}
        self._places: dict[UUID, list[OwnedPlace]] = {}
        for place in own.places:
            self._places.setdefault(place.organisation_id, []).append(place)
        free: dict[UUID, list[Owned]] = {}
        for each in own.services:
            if not each.external_id:
                free.setdefault(each.organisation_id, []).append(each)
        self._by_name = {organisation: alike.by_name(services) for organisation, services in free.items()}
        self._organisations = {each.id: each for each in own.organisations}

    def item(self, record: ServiceRecord) -> Item:
        """Compare one."""
        key = f"service:{record.external_id}"
        own = self._linked.get(record.external_id) or self._by_id.get(self._said.get(key, ""))
        partner = self._partner(record)
        theirs = facts.of_service(record)
        theirs["hours"] = future_hours(theirs["hours"], self._today)
        there = own.organisation_id if own else partner.id if partner else None
        places = self._places_of(there, theirs, own)
        found = _facts(theirs, own, self._mine(own, places) if own else {}, self._today)
        name = self._name_of(record.organisation_id, own)
        whose = f"organisation:{record.organisation_id}"
        if own is None:
            like: Sequence[Owned] = ()
            if partner is not None and self._said.get(key) != NEW:
                like = alike.of_name(self._by_name.get(partner.id, {}), record)
            return Item(key, "new", found, None, record, whose, name, like, places)
        back = own.vanished_on is not None
        kind = "same" if own.state == "ended" else _kind(found, joins=own.external_id is None or back)
        return Item(key, kind, found, own, record, whose, name, (), places)

    def gone(self, fetched: Fetched) -> list[Item]:
        """Return those of the catalogue's services that it put away or, after a whole run, tells no more."""
        there = {each.external_id for each in fetched.services}
        whole = fetched.whole and not fetched.missing
        items: list[Item] = []
        for own in self._services:
            known = own.external_id and (own.origin == "ptv" or own.told is not None)
            if not known or own.external_id in there or own.vanished_on or own.state == "ended":
                continue
            kind: Kind | None = "archived" if own.external_id in fetched.archived else None
            if kind or whole:
                name = self._name_of("", own)
                items.append(
                    Item(f"service:{own.external_id}", kind or "vanished", own=own, partner_name=name)
                )
        return items

    def _partner(self, record: ServiceRecord) -> Owned | None:
        return self._known.get(record.organisation_id) or self._partners.by_key(record.organisation_id)

    def _name_of(self, external_id: str, own: Owned | None) -> str:
        if own is not None and own.organisation_id in self._organisations:
            named = self._organisations[own.organisation_id].facts
            return in_language(named["name_fi"], named["name_sv"], named["name_en"])
        return self._partners.names.get(external_id, "")

    def _places_of(
        self, organisation: UUID | None, theirs: Facts, own: Owned | None
    ) -> dict[str, OwnedPlace]:
        """Return our places by the names under which theirs are facts: by their id, else by the address."""
        ours = self._places.get(organisation, []) if organisation else []
        found = {each.fact_name: each for each in ours if each.external_id}
        free = {
            alike.address(each.facts): each
            for each in ours
            if not each.external_id and each.facts.get("street")
        }
        for name, place in theirs.items():
            if name.startswith(PLACE_PREFIX) and name not in found and alike.address(place) in free:
                found[name] = free[alike.address(place)]
        names = {*theirs, *(own.told or {} if own else {})}
        return {name: place for name, place in found.items() if name in names}

    def _mine(self, own: Owned, places: Mapping[str, OwnedPlace]) -> Facts:
        mine = dict(own.facts)
        mine["hours"] = future_hours(list(own.hours.values()), self._today)
        mine |= {name: place.facts for name, place in places.items() if own.id in place.services}
        return mine


def _facts(theirs: Facts, own: Owned | None, mine: Facts, today: date = date.min) -> list[Fact]:
    told = own.told if own is not None else None
    if told is None:
        return [Fact(name, UNKNOWN, mine.get(name), theirs[name]) for name in theirs]
    if told.get("hours"):
        told["hours"] = future_hours(told["hours"], today)
    gone = [name for name in told if name.startswith(PLACE_PREFIX) and name not in theirs]
    return [Fact(name, _base(told, name), mine.get(name), theirs.get(name)) for name in [*theirs, *gone]]


def _base(told: Facts, name: str) -> Any:
    # A place it did not tell of may be one of ours at the same address.
    return told.get(name, UNKNOWN if name.startswith(PLACE_PREFIX) else None)


def _kind(found: Iterable[Fact], *, joins: bool) -> Kind:
    states = {each.state for each in found}
    if "conflict" in states:
        return "conflict"
    return "changed" if joins or "taken" in states else "same"
