"""What a file would change in the network, fact by fact; things are found by id, business id or name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.i18n import _
from kotoutus_tui.partners.edits import Added, Edit
from kotoutus_tui.partners.folding import folded
from kotoutus_tui.partners.interchange.incoming import Facts, Incoming, Record, Remark
from kotoutus_tui.partners.interchange.snapshot import Snapshot

_NAMES = ("name_fi", "name_sv", "name_en")
_SUMMARIES = ("summary_fi", "summary_sv", "summary_en")
_TOLD = frozenset({"capacity", "waiting_days", "next_start_on"})


@dataclass
class Counts:
    """How many of a kind are new, changed and as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass
class Plan:
    """What reading a file in would do; `remarks` tell what of it is left out, row by row."""

    changes: list[Added | Edit] = field(default_factory=list[Added | Edit])
    organisations: Counts = field(default_factory=Counts)
    services: Counts = field(default_factory=Counts)
    contacts: Counts = field(default_factory=Counts)
    remarks: list[Remark] = field(default_factory=list[Remark])


def plan(incoming: Incoming, network: Snapshot) -> Plan:
    """Return what must be written so that the network says what the file says; nothing when it does.

    What the file does not tell stays, nothing is removed but weekly hours that others take the place of.
    """
    return _Planner(incoming, network).plan()


class _Planner:
    def __init__(self, incoming: Incoming, network: Snapshot) -> None:
        self._incoming, self._network = incoming, network
        self._found = Plan(remarks=list(incoming.remarks))
        self._organisations: dict[str, UUID] = {}  # by the id in the file
        self._services: dict[str, UUID] = {}
        self._places: dict[str, UUID] = {}
        self._owners = {each["id"]: each["organisation_id"] for each in network.services.values()}
        self._seen: set[UUID] = set()

    def plan(self) -> Plan:
        """Look each thing up and note what differs."""
        self._take_organisations()
        self._take_services()
        self._take_places()
        self._take_given()
        self._take_hours()
        self._take_contacts()
        self._found.remarks.sort(key=lambda remark: (remark.part, remark.row))
        return self._found

    def _take_organisations(self) -> None:
        rows = self._network.organisations
        lookup = _Lookup(rows, self._network)
        by_business_id = _by(rows, lambda row: [row["business_id"]])
        by_name = _by(rows, lambda row: [folded(row[name]) for name in _NAMES if row[name]])
        for record in self._incoming.organisations:
            found = lookup.find(record.key)
            if found is None and (number := record.facts.get("business_id")):
                found = next(iter(by_business_id.get(number, [])), None)
            if found is None and (names := _folded_names(record)):
                alike = list(dict.fromkeys(one for name in names for one in by_name.get(name, [])))
                if len(alike) > 1:
                    self._leave(record, "name", _("Several organisations here have this name."))
                    continue
                found = next(iter(alike), None)
            own = self._put(record, "organisation", rows, found, {"kind": "other"}, self._found.organisations)
            if own is not None:
                self._organisations[record.key] = own
                for name in _folded_names(record):
                    by_name.setdefault(name, [own])
                if number := record.facts.get("business_id"):
                    by_business_id.setdefault(number, [own])

    def _take_services(self) -> None:
        rows = self._network.services
        lookup = _Lookup(rows, self._network)
        by_name = _by(
            rows, lambda row: [(row["organisation_id"], folded(row[name])) for name in _NAMES if row[name]]
        )
        for record in self._incoming.services:
            organisation = self._organisations.get(record.of.get("organisation", ""))
            found = lookup.find(record.key)
            if found is None and organisation is not None:
                names = [by_name.get((organisation, name), []) for name in _folded_names(record)]
                found = next((one for several in names for one in several), None)
            if found is None and organisation is None:
                self._leave(record, "organization_id", _("It is not said whose service this is."))
                continue
            if found is not None:
                before = rows[found]
                if not any(record.facts.get(name, before[name]) != before[name] for name in _TOLD):
                    record.facts.pop("capacity_stated_on", None)
            needed = {"organisation_id": organisation} if organisation else {}
            own = self._put(record, "service", rows, found, needed, self._found.services)
            if own is not None:
                self._services[record.key] = own
                if found is None and organisation is not None:
                    self._owners[own] = organisation
                    for name in _folded_names(record):
                        by_name.setdefault((organisation, name), [own])

    def _take_places(self) -> None:
        rows = self._network.places
        lookup = _Lookup(rows, self._network)
        by_address = _by(rows, lambda row: [(row["organisation_id"], *_address(row))])
        for record in self._incoming.places:
            organisation = self._organisations.get(record.of.get("organisation", ""))
            found = lookup.find(record.key)
            if found is None and organisation is not None:
                found = next(iter(by_address.get((organisation, *_address(record.facts)), [])), None)
            if found is None and (organisation is None or not record.facts):
                self._leave(record, "organization_id", _("It is not said whose place this is."))
                continue
            own = self._put(record, "place", rows, found, {"organisation_id": organisation})
            if own is not None:
                self._places[record.key] = own
                by_address.setdefault((organisation, *_address(record.facts)), [own])

    def _take_given(self) -> None:
        given = dict(self._network.given)
        for record in self._incoming.given:
            service = self._services.get(record.of["service"])
            place = self._places.get(record.of["place"])
            if service is None or place is None or given.get((service, place)):
                continue  # why its service or place is left out is noted there
            if (service, place) in given:
                back = Edit("service_place", [service, place], {"removed_at": NOW}, {"removed_at": None})
                self._found.changes.append(back)
            else:
                values = {"service_id": service, "place_id": place}
                self._found.changes.append(Added("service_place", values))
            given[service, place] = True

    def _take_hours(self) -> None:
        told: dict[UUID, list[Facts]] = {}
        for record in self._incoming.hours:
            if (service := self._services.get(record.of["service"])) is not None:
                told.setdefault(service, []).append(record.facts)
        for service, rows in told.items():
            before = self._network.hours.get(service, [])
            wanted = {_hours(row) for row in rows}
            weekly = any(row["weekday"] for row in rows)
            for row in before:
                if _hours(row) in wanted:
                    wanted.discard(_hours(row))
                elif row["weekday"] and weekly:
                    self._found.changes.append(
                        Edit("service_hours", [row["id"]], {"removed_at": None}, {"removed_at": NOW})
                    )
            for weekday, on_day, opens, closes in sorted(wanted, key=str):
                values = {"weekday": weekday, "on_day": on_day, "opens": opens, "closes": closes}
                new = {"id": uuid4(), "service_id": service, **values}
                self._found.changes.append(Added("service_hours", new))

    def _take_contacts(self) -> None:
        rows = self._network.contacts
        lookup = _Lookup(rows, self._network)
        by_name = _by(rows, lambda row: [(row["organisation_id"], folded(row["name"]))])
        for record in self._incoming.contacts:
            service = self._services.get(record.of.get("service", "")) or self._service_named(record)
            organisation = self._organisations.get(record.of.get("organisation", ""))
            organisation = organisation or self._owners.get(service or uuid4())
            found = lookup.find(record.key)
            name = folded(record.facts.get("name", ""))
            if found is None and organisation is not None:
                found = next(iter(by_name.get((organisation, name), [])), None)
            if found is None and organisation is None:
                self._leave(record, "organization_id", _("It is not said whose contact person this is."))
                continue
            needed: Facts = {"organisation_id": organisation}
            if service is not None and self._owners.get(service) == organisation:
                needed["service_id"] = service
            own = self._put(record, "partner_contact", rows, found, needed, self._found.contacts)
            if own is not None:
                by_name.setdefault((organisation, name), [own])

    def _service_named(self, record: Record) -> UUID | None:
        organisation = self._organisations.get(record.of.get("organisation", ""))
        wanted = folded(record.of.get("service_name", ""))
        for row in self._network.services.values():
            names = [folded(row[name]) for name in _NAMES if row[name]]
            if wanted and row["organisation_id"] == organisation and wanted in names:
                return row["id"]
        return None

    def _put(
        self,
        record: Record,
        table: str,
        rows: Mapping[UUID, Facts],
        found: UUID | None,
        needed: Facts,
        counts: Counts | None = None,
    ) -> UUID | None:
        """Note what makes a thing as the file has it; return its id, None when it cannot be."""
        counts = counts or Counts()
        if found is None or found not in rows:
            if found in self._seen:  # a second row of the same new thing
                return found
            return self._add(record, table, needed, counts)
        if found in self._seen:
            return found
        self._seen.add(found)
        before = rows[found]
        after = {
            name: value
            for name, value in self._understood(record.facts, before).items()
            if value is not None and value != before.get(name)
        }
        if after:
            was = {name: before.get(name) for name in after}
            self._found.changes.append(Edit(table, [found], was, after))
            counts.changed += 1
        else:
            counts.same += 1
        return found

    def _add(self, record: Record, table: str, needed: Facts, counts: Counts) -> UUID | None:
        facts = {**needed, **{name: each for name, each in record.facts.items() if each is not None}}
        name = "name" if table == "partner_contact" else "name_fi"
        if table in ("organisation", "service"):
            facts.setdefault("name_fi", next((facts[one] for one in _NAMES if one in facts), None))
        if table != "place" and not facts.get(name):
            self._leave(record, "name", _("The name is missing, so the row is left out."))
            return None
        own = uuid4()
        if table != "partner_contact" and record.key and not record.key.startswith("name:"):
            facts["external_id"] = record.key[:200]
        if table in ("organisation", "service"):
            facts["origin"] = "file"
        self._found.changes.append(Added(table, {"id": own, **facts}))
        self._seen.add(own)
        counts.new += 1
        return own

    def _understood(self, facts: Facts, before: Facts) -> Facts:
        """Leave out names that are known in another language: they stand in for those that are missing."""
        known = {before.get(name) for name in _NAMES}
        texts = {before.get(f"summary_{code}") for code in ("fi", "sv", "en")}
        return {
            name: value
            for name, value in facts.items()
            if not (name in _NAMES and value in known)
            and not (name.startswith("summary_") and value in texts)
        }

    def _leave(self, record: Record, column: str, reason: str) -> None:
        self._found.remarks.append(Remark(record.part, record.row, column, "", reason))


class _Lookup:
    """Finds rows by the id a file has for them: their own, or the one they came with."""

    def __init__(self, rows: Mapping[UUID, Facts], network: Snapshot) -> None:
        self._rows, self._network = rows, network
        self._external = {row["external_id"]: own for own, row in rows.items() if row.get("external_id")}

    def find(self, key: str) -> UUID | None:
        """Return the row, or the one it was merged into."""
        plain = key.removeprefix("urn:uuid:")
        try:
            own = UUID(plain)
        except ValueError:
            own = None
        found = own if own in self._rows else self._network.merged.get(own) if own else None
        found = found or self._external.get(key) or self._network.merged_files.get(key)
        return found if found in self._rows else None


def _by(rows: Mapping[UUID, Facts], keys: Callable[[Facts], Sequence[Any]]) -> dict[Any, list[UUID]]:
    found: dict[Any, list[UUID]] = {}
    for own, row in rows.items():
        for key in dict.fromkeys(keys(row)):
            if key:
                found.setdefault(key, []).append(own)
    return found


def _folded_names(record: Record) -> Sequence[str]:
    return [folded(record.facts[name]) for name in _NAMES if record.facts.get(name)]


def _address(row: Mapping[str, Any]) -> Iterable[str]:
    return [folded(row.get(name) or "") for name in ("street", "town")]


def _hours(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["weekday"], row["on_day"], row["opens"], row["closes"]
