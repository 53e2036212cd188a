"""Tables of HSDS as things of the own network; references that lead nowhere are noted and left out."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.partners.commands import check_business_id
from kotoutus_tui.partners.coordinates import to_metres
from kotoutus_tui.partners.interchange.hsds_json import Lines
from kotoutus_tui.partners.interchange.hsds_out import DAYS
from kotoutus_tui.partners.interchange.hsds_tables import TABLES
from kotoutus_tui.partners.interchange.incoming import Incoming, Record, whole_number
from kotoutus_tui.partners.languages import read_codes
from kotoutus_tui.partners.opening_hours import read_clock
from kotoutus_tui.partners.words import KINDS

_STATES = {"active": "active", "inactive": "paused", "temporarily closed": "paused", "defunct": "ended"}
_FINLAND = ((59, 71), (19, 32))  # degrees of latitude and longitude
Row = tuple[int, dict[str, str]]


def read(lines: Lines, language: str) -> Incoming:
    """Return what the tables say; texts are in `language`."""
    return _Reader(lines, language).read()


class _Reader:
    def __init__(self, lines: Lines, language: str) -> None:
        self._lines = lines
        self._found = Incoming("hsds", language)
        self._ids = {name: {cells.get("id", "") for _row, cells in rows} for name, rows in lines.items()}
        self._language = language

    def read(self) -> Incoming:
        """Read table by table, those first that others refer to."""
        for row, cells in self._rows("organization"):
            self._organisation(row, cells)
        services = {record.key: record for record in (self._service(*each) for each in self._rows("service"))}
        self._organisations = {record.key: record for record in self._found.organisations}
        self._contacts = {record.key: record for record in map(self._contact, self._rows("contact"))}
        self._reach()
        self._details(services)
        self._attributes(services)
        self._places()
        for row, cells in self._rows("service_at_location", "service_id", "location_id"):
            of = {"service": cells["service_id"], "place": cells["location_id"]}
            self._found.given.append(Record("service_at_location", row, cells["id"], of=of))
        for row, cells in self._rows("schedule"):
            if cells.get("service_id") in services:
                self._schedule(row, cells)
        return self._found

    def _rows(self, table: str, *needed: str) -> Iterator[Row]:
        """Return rows that have an id and the references they need; others are noted, once each."""
        seen: set[str] = set()
        for row, cells in self._lines.get(table, ()):
            own = cells.get("id", "")
            wrong = "" if own and own not in seen else "id"
            for column, other in TABLES[table].refers.items():
                there = cells.get(column, "")
                if there and there not in self._ids.get(other, ()):
                    reason = _("It refers to a row of {table} that is not in the file.").format(table=other)
                    self._found.remark(table, row, column, there, reason)
                    cells[column] = ""
            wrong = wrong or next((column for column in needed if not cells.get(column)), "")
            if wrong == "id":
                reason = _("The row has the id of another one.") if own else _("The row has no id.")
                self._found.remark(table, row, "id", own, reason)
            elif not wrong:
                seen.add(own)
                yield row, cells

    def _organisation(self, row: int, cells: Mapping[str, str]) -> None:
        record = Record("organization", row, cells["id"])
        self._named(record, cells)
        self._found.take(record, "email", "email", cells.get("email", ""))
        self._found.take(record, "website", "web", cells.get("website", "") or cells.get("url", ""))
        self._found.organisations.append(record)

    def _service(self, row: int, cells: Mapping[str, str]) -> Record:
        record = Record("service", row, cells["id"], of={"organisation": cells.get("organization_id", "")})
        self._named(record, cells)
        take = self._found.take
        take(record, "description", f"summary_{self._language}", cells.get("description", ""))
        take(record, "fees_description", "cost", cells.get("fees_description", "") or cells.get("fees", ""))
        take(record, "eligibility_description", "who_may_come", cells.get("eligibility_description", ""))
        if (status := cells.get("status", "")) and status not in _STATES:
            self._found.remark("service", row, "status", status, _("This is not a known status."))
        elif status:
            record.facts["state"] = _STATES[status]
        self._found.services.append(record)
        return record

    def _named(self, record: Record, cells: Mapping[str, str]) -> None:
        self._found.take(record, "name", f"name_{self._language}", cells.get("name", ""))
        if self._language != "fi":
            self._found.take(record, "alternate_name", "name_fi", cells.get("alternate_name", ""))

    def _contact(self, each: Row) -> Record:
        row, cells = each
        of = {"organisation": cells.get("organization_id", ""), "service": cells.get("service_id", "")}
        record = Record("contact", row, cells["id"], of=of)
        for column in ("name", "title", "email"):
            self._found.take(record, column, column, cells.get(column, ""))
        self._found.contacts.append(record)
        return record

    def _reach(self) -> None:
        """Take business ids and phone numbers."""
        take = self._found.take
        for record, _row, cells in self._of("organization_identifier", "organization_id"):
            if cells.get("identifier_type", "").casefold() in ("y-tunnus", "business id", "fi-pro", "tax_id"):
                take(record, "identifier", "business_id", cells.get("identifier", ""), check_business_id)
        for record, _row, cells in (*self._of("phone", "organization_id"), *self._of("phone", "contact_id")):
            if "phone" not in record.facts:
                take(record, "number", "phone", cells.get("number", "").strip('"'))

    def _details(self, services: Mapping[str, Record]) -> None:
        """Take what stands in tables beside a service."""
        take = self._found.take
        for table, column, name in (
            ("required_document", "document", "what_to_bring"), ("service_area", "name", "area"),
        ):  # fmt: skip
            for record, row, text in self._joined(table, column, services):
                take(Record(table, row, "", record.facts), column, name, text)
        codes: dict[str, list[str]] = {}
        for _row, cells in self._rows("language"):
            codes.setdefault(cells.get("service_id", ""), []).append(
                cells.get("code", "") or cells.get("name", "")
            )
        for key, spoken in codes.items():
            if key in services:
                take(services[key], "language", "spoken", " ".join(spoken), read_codes)
        for row, cells in self._rows("service_capacity"):
            if (record := services.get(cells.get("service_id", ""))) is not None:
                told = Record("service_capacity", row, "", record.facts)
                take(told, "available", "capacity", cells.get("available", ""), whole_number)
                take(told, "updated", "capacity_stated_on", cells.get("updated", ""), _day)

    def _joined(
        self, table: str, column: str, services: Mapping[str, Record]
    ) -> Iterator[tuple[Record, int, str]]:
        texts: dict[str, tuple[int, list[str]]] = {}
        for row, cells in self._rows(table):
            if text := cells.get(column, ""):
                texts.setdefault(cells.get("service_id", ""), (row, []))[1].append(text)
        for key, (row, parts) in texts.items():
            if key in services:
                yield services[key], row, ", ".join(parts)

    def _of(self, table: str, column: str) -> Iterator[tuple[Record, int, dict[str, str]]]:
        known = self._contacts if column == "contact_id" else self._organisations
        for row, cells in self._lines.get(table, ()):
            if (record := known.get(cells.get(column, ""))) is not None:
                yield record, row, cells

    def _attributes(self, services: Mapping[str, Record]) -> None:
        """Take what this program tells besides; a classification of somebody else's is left alone."""
        terms = {cells["id"]: cells for _row, cells in self._rows("taxonomy_term")}
        told: dict[tuple[str, str], list[str]] = {}
        for _row, cells in self._rows("attribute"):
            term, value = cells.get("link_type", ""), cells.get("value", "")
            if value and terms.get(cells.get("taxonomy_term_id", ""), {}).get("code") == term:
                told.setdefault((cells.get("link_id", ""), term), []).append(value)
        for (link, term), values in told.items():
            name, read = _TERMS.get(term, ("", None))
            record = services.get(link) or self._contacts.get(link) or self._organisations.get(link)
            if name and record is not None:
                self._found.take(record, term, name, " ".join(values), read)

    def _places(self) -> None:
        addresses = {each[1].get("location_id", ""): each for each in self._rows("address")}
        for row, cells in self._rows("location"):
            record = Record("location", row, cells["id"], of={"organisation": self._whose(cells)})
            self._found.take(record, "name", "name", cells.get("name", ""))
            number, address = addresses.get(cells["id"], (0, {}))
            told = Record("address", number, "", record.facts)
            for column, name in (("address_1", "street"), ("city", "town"), ("postal_code", "postal_code")):
                text = address.get(column, "")
                self._found.take(told, column, name, "" if text == "-" else text)
            self._coordinates(record, cells)
            self._found.places.append(record)

    def _whose(self, cells: Mapping[str, str]) -> str:
        """Return whose place it is: said by itself, or whose service is given there."""
        if own := cells.get("organization_id", ""):
            return own
        owners = {record.key: record.of["organisation"] for record in self._found.services}
        for _row, at in self._lines.get("service_at_location", ()):
            if at.get("location_id") == cells["id"] and owners.get(at.get("service_id", "")):
                return owners[at["service_id"]]
        return ""

    def _coordinates(self, record: Record, cells: Mapping[str, str]) -> None:
        texts = cells.get("latitude", ""), cells.get("longitude", "")
        if not all(texts):
            return
        try:
            degrees = [float(text) for text in texts]
        except ValueError:
            degrees = [0.0, 0.0]
        if all(least <= each <= most for each, (least, most) in zip(degrees, _FINLAND, strict=True)):
            record.facts["easting"], record.facts["northing"] = to_metres(*degrees)
        else:
            reason = _("The coordinates are not in Finland.")
            self._found.remark("location", record.row, "latitude", ", ".join(texts), reason)

    def _schedule(self, row: int, cells: Mapping[str, str]) -> None:
        opens, closes = (_clock(cells.get(column, "")) for column in ("opens_at", "closes_at"))
        of = {"service": cells["service_id"]}
        days = [day for day in cells.get("byday", "").upper().replace(" ", "").split(",") if day]
        weekly = cells.get("freq", "").upper() == "WEEKLY" and cells.get("interval", "") in ("", "1")
        only = cells.get("valid_from", "") if cells.get("valid_from") == cells.get("valid_to") else ""
        facts = {"opens": opens, "closes": closes}
        if weekly and days and opens and closes and all(day in DAYS for day in days):
            for day in days:
                both = {"weekday": DAYS.index(day) + 1, "on_day": None, **facts}
                self._found.hours.append(Record("schedule", row, cells["id"], both, of))
        elif only and not days and (opens is None) == (closes is None):
            try:
                both = {"weekday": None, "on_day": _day(only), **facts}
            except InvalidInput as error:
                self._found.remark("schedule", row, "valid_from", only, error.sentence)
            else:
                self._found.hours.append(Record("schedule", row, cells["id"], both, of))
        else:
            reason = _("These hours are of a kind that is not kept here.")
            self._found.remark("schedule", row, "freq", cells.get("freq", ""), reason)


def _clock(text: str) -> str | None:
    try:
        return read_clock(text[:5]) if text else None
    except InvalidInput:
        return None


def _kind(text: str) -> str:
    if text not in KINDS:
        raise InvalidInput("", _("This is not a known kind of partner."))
    return text


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise InvalidInput("", _("There is no such day.")) from None


_TERMS: dict[str, tuple[str, Callable[[str], Any] | None]] = {
    "kind": ("kind", _kind), "keyword": ("words", None), "interpreted": ("interpreted", read_codes),
    "written": ("written", read_codes), "spoken": ("languages", read_codes),
    "by_appointment": ("by_appointment", lambda text: text == "true"),
    "waiting_days": ("waiting_days", whole_number), "next_start_on": ("next_start_on", _day),
}  # fmt: skip
