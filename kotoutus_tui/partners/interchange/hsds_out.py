"""The network as the tables of HSDS, in one language; contact persons only when they are wanted."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from kotoutus_tui.i18n import language_name
from kotoutus_tui.partners import words
from kotoutus_tui.partners.coordinates import to_degrees
from kotoutus_tui.partners.interchange.hsds_tables import TABLES, Tables
from kotoutus_tui.partners.interchange.snapshot import Facts, Snapshot, text_of

OWN = UUID("5d0f6c52-5a55-5a5e-9f0d-2e1c6a3f9b70")  # the namespace of ids of rows that have none of their own
STATUS = {"active": "active", "paused": "temporarily closed", "ended": "defunct"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BUSINESS_ID = "FI-PRO"  # the Finnish business register in the list of org-id.guide
TAXONOMY, UNIT = uuid5(OWN, "taxonomy"), uuid5(OWN, "unit")
_COUNTRY, _UNKNOWN = "FI", "-"


def tables(network: Snapshot, language: str, *, contacts: bool) -> Tables:
    """Return every organisation, every service that is not ended, and what belongs to them."""
    return _Writer(network, language).all(contacts=contacts)


class _Writer:
    def __init__(self, network: Snapshot, language: str) -> None:
        self._network, self._language = network, language
        self._tables: Tables = {name: [] for name in TABLES}
        self._terms: set[str] = set()

    def all(self, *, contacts: bool) -> Tables:
        """Return the tables."""
        for organisation in self._network.organisations.values():
            self._organisation(organisation)
        services = [
            each
            for each in self._network.services.values()
            if each["state"] != "ended" and each["organisation_id"] in self._network.organisations
        ]
        for service in services:
            self._service(service)
        ids = {each["id"] for each in services}
        for place in self._network.places.values():
            if place["organisation_id"] in self._network.organisations:
                self._place(place)
        for (service_id, place_id), stands in self._network.given.items():
            if stands and service_id in ids and place_id in self._network.places:
                self._add(
                    "service_at_location", f"{service_id}:{place_id}",
                    service_id=service_id, location_id=place_id,
                )  # fmt: skip
        if contacts:
            for contact in self._network.contacts.values():
                self._contact(contact, ids)
        return self._tables

    def _organisation(self, row: Facts) -> None:
        own, name = row["id"], text_of(row, "name", self._language)
        before = row["predecessor_id"]
        self._add(
            "organization", own, name=name, alternate_name=self._other_name(row, name),
            description=words.kind_name(row["kind"], self._language), email=row["email"], website=row["web"],
            parent_organization_id=before if before in self._network.organisations else None,
        )  # fmt: skip
        self._attribute("organization", own, "kind", row["kind"])
        if row["business_id"]:
            self._add(
                "organization_identifier", f"{own}:business_id", organization_id=own,
                identifier_scheme=BUSINESS_ID, identifier_type="Y-tunnus", identifier=row["business_id"],
            )  # fmt: skip
        if row["phone"]:
            self._phone(row["phone"], organization_id=own)

    def _service(self, row: Facts) -> None:
        own, name = row["id"], text_of(row, "name", self._language)
        interpreted = ", ".join(
            language_name(code, self._language) for code in (row["interpreted"] or "").split()
        )
        self._add(
            "service", own, organization_id=row["organisation_id"], name=name,
            alternate_name=self._other_name(row, name), status=STATUS[row["state"]],
            description=text_of(row, "summary", self._language), interpretation_services=interpreted,
            application_process=words.by_appointment(self._language) if row["by_appointment"] else "",
            fees_description=row["cost"], eligibility_description=row["who_may_come"],
            assured_date=row["verified_on"], last_modified=row["updated_at"].isoformat(),
        )  # fmt: skip
        for code in (row["spoken"] or "").split():
            self._language_of(code, f"{own}:{code}", service_id=own)
        for term in ("interpreted", "written"):
            for code in (row[term] or "").split():
                self._attribute("service", own, term, code)
        for word in (row["words"] or "").split():
            self._attribute("service", own, "keyword", word)
        for term in ("by_appointment", "waiting_days", "next_start_on"):
            if row[term] is not None:
                self._attribute("service", own, term, str(row[term]).lower())
        if row["what_to_bring"]:
            self._add("required_document", f"{own}:bring", service_id=own, document=row["what_to_bring"])
        if row["area"]:
            self._add("service_area", f"{own}:area", service_id=own, name=row["area"])
        if row["capacity"] is not None:
            self._capacity(row)
        self._schedules(own)

    def _capacity(self, row: Facts) -> None:
        if not self._tables["unit"]:
            self._add("unit", UNIT, name=words.places_unit(self._language))
        told = row["capacity_stated_on"] or row["updated_at"].date()
        self._add(
            "service_capacity", f"{row['id']}:capacity", service_id=row["id"], unit_id=UNIT,
            available=row["capacity"], updated=f"{told.isoformat()}T00:00:00.000Z",
        )  # fmt: skip

    def _schedules(self, service_id: UUID) -> None:
        weekly: dict[tuple[str, str], list[int]] = {}
        for row in self._network.hours.get(service_id, ()):
            if row["on_day"] is not None:
                self._add(
                    "schedule", f"{service_id}:{row['on_day']}:{row['opens']}", service_id=service_id,
                    valid_from=row["on_day"], valid_to=row["on_day"], timezone="Europe/Helsinki",
                    opens_at=row["opens"], closes_at=row["closes"],
                    description="" if row["opens"] else words.closed(self._language),
                )  # fmt: skip
            elif row["opens"] and row["closes"]:
                weekly.setdefault((row["opens"], row["closes"]), []).append(row["weekday"])
        for (opens, closes), days in weekly.items():
            self._add(
                "schedule", f"{service_id}:weekly:{opens}-{closes}", service_id=service_id, freq="WEEKLY",
                interval="1", byday=",".join(DAYS[day - 1] for day in sorted(set(days))), opens_at=opens,
                closes_at=closes, timezone="Europe/Helsinki",
            )  # fmt: skip

    def _place(self, row: Facts) -> None:
        own, degrees = row["id"], (None, None)
        if row["easting"] is not None and row["northing"] is not None:
            degrees = to_degrees(row["easting"], row["northing"])
        self._add(
            "location", own, location_type="physical", organization_id=row["organisation_id"],
            name=row["name"], latitude=degrees[0], longitude=degrees[1],
        )  # fmt: skip
        if row["street"] or row["town"] or row["postal_code"]:
            self._add(
                "address", f"{own}:address", location_id=own, address_1=row["street"] or _UNKNOWN,
                city=row["town"] or _UNKNOWN, state_province=_UNKNOWN,
                postal_code=row["postal_code"] or _UNKNOWN, country=_COUNTRY, address_type="physical",
            )  # fmt: skip

    def _contact(self, row: Facts, services: Iterable[UUID]) -> None:
        own, service = row["id"], row["service_id"]
        if row["organisation_id"] not in self._network.organisations:
            return
        self._add(
            "contact", own, organization_id=row["organisation_id"],
            service_id=service if service in services else None, name=row["name"], title=row["title"],
            email=row["email"],
        )  # fmt: skip
        for code in (row["languages"] or "").split():
            self._attribute("contact", own, "spoken", code)
        if row["phone"]:
            self._phone(row["phone"], contact_id=own)

    def _phone(self, number: str, **of: UUID) -> None:
        self._add("phone", f"{next(iter(of.values()))}:phone", number=number, type="voice", **of)

    def _language_of(self, code: str, own: str, **of: object) -> None:
        self._add(
            "language", own, name=language_name(code, self._language), code=code.partition("_")[0], **of
        )

    def _attribute(self, table: str, own: UUID, term: str, value: str) -> None:
        term_id = uuid5(OWN, f"term:{term}")
        if term not in self._terms:
            if not self._terms:
                description = "What the network of an integration team tells besides"
                self._add("taxonomy", TAXONOMY, name="kotoutus-tui", description=description)
            self._terms.add(term)
            self._add("taxonomy_term", term_id, code=term, name=term, description=term, taxonomy_id=TAXONOMY)
        self._add(
            "attribute", f"{own}:{term}:{value}", link_id=own, taxonomy_term_id=term_id, link_type=term,
            link_entity=table, value=value,
        )  # fmt: skip

    def _other_name(self, row: Facts, name: str) -> str:
        return row["name_fi"] if row["name_fi"] != name else ""

    def _add(self, table: str, own: UUID | str, **cells: object) -> None:
        whole = {"id": own if isinstance(own, UUID) else uuid5(OWN, f"{table}:{own}"), **cells}
        self._tables[table].append(
            {name: "" if value is None else str(value) for name, value in whole.items()}
        )
