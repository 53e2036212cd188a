"""HSDS tables as JSON: services with all that belongs to them, and back into tables."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from kotoutus_tui.partners.interchange.hsds_tables import ONE, PARTS, TABLES, VERSION, Tables

Lines = dict[str, list[tuple[int, dict[str, str]]]]
_NUMBERS = frozenset({"latitude", "longitude", "available", "interval"})
_DEEPEST = 12


def nested(tables: Tables, language: str) -> dict[str, Any]:
    """Return a page of services as the interface of HSDS answers it; `organizations` have no service."""
    nest = _Nest(tables)
    services = [nest.service(row) for row in tables["service"]]
    serving = {row["organization_id"] for row in tables["service"]}
    return {
        "version": VERSION, "language": language, "total_items": len(services), "total_pages": 1,
        "page_number": 1, "size": len(services), "first_page": True, "last_page": True,
        "empty": not services, "contents": services,
        "organizations": [
            nest.organisation(row) for row in tables["organization"] if row["id"] not in serving
        ],
    }  # fmt: skip


class _Nest:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._ids = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
        self._parts: dict[tuple[str, str, str], list[dict[str, str]]] = {}
        for name, rows in tables.items():
            for column in [each for each in TABLES[name].columns if each.endswith("_id")]:
                for row in rows:
                    if row.get(column):
                        self._parts.setdefault((name, column, row[column]), []).append(row)

    def service(self, row: dict[str, str]) -> dict[str, Any]:
        """Return a service with its organisation, places, hours, languages, contacts and capacity."""
        own = row["id"]
        organisation = self._ids["organization"].get(row["organization_id"])
        whole = _cells(row) | {
            "organization": self.organisation(organisation) if organisation else None,
            "service_at_locations": [
                {"id": at["id"], "location": self._location(at["location_id"])}
                for at in self._of("service_at_location", "service_id", own)
            ],
            "contacts": [self._contact(each) for each in self._of("contact", "service_id", own)],
            "service_capacities": [
                _cells(each) | {"unit": _cells(self._ids["unit"][each["unit_id"]])}
                for each in self._of("service_capacity", "service_id", own)
            ],
            "attributes": self._attributes(own),
        }
        for part in ("schedules", "languages", "required_documents", "service_areas", "phones"):
            whole[part] = [_cells(each) for each in self._of(PARTS[part], "service_id", own)]
        return _filled(whole)

    def organisation(self, row: dict[str, str]) -> dict[str, Any]:
        """Return an organisation with its identifiers, phones, places and the contacts of no one service."""
        own = row["id"]
        contacts = self._of("contact", "organization_id", own)
        return _filled(
            _cells(row)
            | {
                "organization_identifiers": [
                    _cells(each) for each in self._of("organization_identifier", "organization_id", own)
                ],
                "phones": [_cells(each) for each in self._of("phone", "organization_id", own)],
                "contacts": [self._contact(each) for each in contacts if not each.get("service_id")],
                "locations": [
                    self._location(each["id"]) for each in self._of("location", "organization_id", own)
                ],
                "attributes": self._attributes(own),
            }
        )

    def _location(self, own: str) -> dict[str, Any]:
        addresses = [_cells(each) for each in self._of("address", "location_id", own)]
        return _filled(_cells(self._ids["location"][own]) | {"addresses": addresses})

    def _contact(self, row: dict[str, str]) -> dict[str, Any]:
        phones = [_cells(each) for each in self._of("phone", "contact_id", row["id"])]
        return _filled(_cells(row) | {"phones": phones, "attributes": self._attributes(row["id"])})

    def _attributes(self, own: str) -> list[dict[str, Any]]:
        return [
            _cells(each) | {"taxonomy_term": _cells(self._ids["taxonomy_term"][each["taxonomy_term_id"]])}
            for each in self._of("attribute", "link_id", own)
        ]

    def _of(self, table: str, column: str, own: str) -> list[dict[str, str]]:
        return self._parts.get((table, column, own), [])


def flat(found: Mapping[str, Any]) -> Lines:
    """Return the tables of a page of services; the number of a line is that of its service, from 1.

    What is of another form than HSDS is left out.
    """
    flattening = _Flattening()
    for table, listed in (("service", "contents"), ("organization", "organizations")):
        for number, each in enumerate(_objects(found.get(listed)), 1):
            flattening.take(number, table, each, {}, 0)
    return flattening.lines


class _Flattening:
    def __init__(self) -> None:
        self.lines: Lines = {name: [] for name in TABLES}
        self._seen: set[tuple[str, str]] = set()

    def take(
        self, number: int, table: str, row: Mapping[str, Any], above: Mapping[str, str], depth: int
    ) -> str:
        """Put an object and all within it into the tables; return its id."""
        if depth > _DEEPEST:
            return ""
        own = str(row.get("id") or f"{table}:{number}:{sum(map(len, self.lines.values()))}")
        cells = {"id": own, **above}
        for column in TABLES[table].columns:
            # A term stands inside of what it describes, without its taxonomy.
            value = row.get(column) if column != "taxonomy_id" else None
            if isinstance(value, str | int | float) and value != "":
                cells[column] = str(value)
        for name, part in ONE.items():
            for one in _objects([row.get(name)]):
                cells[f"{name}_id"] = self.take(number, part, one, {}, depth + 1)
        if (table, own) not in self._seen:
            self._seen.add((table, own))
            self.lines[table].append((number, cells))
        for name, part in PARTS.items():
            for each in _objects(row.get(name)):
                self.take(number, part, each, _whose(table, part, cells), depth + 1)
        return own


def _whose(table: str, part: str, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the references of a part to what it stands in."""
    own = cells["id"]
    if part == "attribute":
        return {"link_id": own, "link_entity": table}
    of = {f"{table}_id": own} if f"{table}_id" in TABLES[part].columns else {}
    if part == "contact" and table == "service":
        of["organization_id"] = cells.get("organization_id", "")
    return of


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for each in cast("list[Any]", value):
            if isinstance(each, dict):
                yield cast("dict[str, Any]", each)


def _cells(row: Mapping[str, str]) -> dict[str, Any]:
    return {name: _number(name, value) for name, value in row.items() if value}


def _number(name: str, value: str) -> Any:
    return float(value) if name in _NUMBERS and "." in value else int(value) if name in _NUMBERS else value


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [])}
