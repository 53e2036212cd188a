"""The tables of HSDS 3.1 that are used here: columns, what must be there, and who refers to whom.

The official descriptor lacks the `id` of service_capacity and unit, so the package has one of its own.
"""

from dataclasses import dataclass, field
from typing import Any

VERSION = "3.1"
Tables = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Table:
    """A table: its file, columns in order, those that must not be empty, and those that refer to a table."""

    file: str
    columns: tuple[str, ...]
    needed: frozenset[str] = frozenset()
    refers: dict[str, str] = field(default_factory=dict[str, str])


def _table(file: str, columns: str, needed: str = "", **refers: str) -> Table:
    return Table(f"{file}.csv", ("id", *columns.split()), frozenset(("id", *needed.split())), refers)


TABLES: dict[str, Table] = {
    "organization": _table(
        "organizations", "name alternate_name description email website legal_status parent_organization_id",
        "name description", parent_organization_id="organization",
    ),
    "organization_identifier": _table(
        "organization_identifiers", "organization_id identifier_scheme identifier_type identifier",
        "organization_id identifier_type identifier", organization_id="organization",
    ),
    "service": _table(
        "services",
        "organization_id name alternate_name description status interpretation_services application_process "
        "fees_description eligibility_description assured_date last_modified",
        "organization_id name status", organization_id="organization",
    ),
    "location": _table(
        "locations", "location_type organization_id name latitude longitude", "location_type",
        organization_id="organization",
    ),
    "address": _table(
        "addresses",
        "location_id address_1 city region state_province postal_code country address_type",
        "address_1 city state_province postal_code country address_type", location_id="location",
    ),
    "service_at_location": _table(
        "service_at_locations", "service_id location_id", "service_id location_id",
        service_id="service", location_id="location",
    ),
    "contact": _table(
        "contacts", "organization_id service_id name title email", "", organization_id="organization",
        service_id="service",
    ),
    "phone": _table(
        "phones", "organization_id service_id contact_id number type", "number",
        organization_id="organization", service_id="service", contact_id="contact",
    ),
    "schedule": _table(
        "schedules",
        "service_id valid_from valid_to timezone freq interval byday opens_at closes_at description", "",
        service_id="service",
    ),
    "language": _table(
        "languages", "service_id phone_id name code", "", service_id="service", phone_id="phone"
    ),
    "required_document": _table(
        "required_documents", "service_id document", "", service_id="service"
    ),
    "service_area": _table("service_areas", "service_id name", "", service_id="service"),
    "unit": _table("units", "name", "name"),
    "service_capacity": _table(
        "service_capacity", "service_id unit_id available description updated",
        "service_id unit_id available updated", service_id="service", unit_id="unit",
    ),
    "taxonomy": _table("taxonomies", "name description", "name description"),
    "taxonomy_term": _table(
        "taxonomy_terms", "code name description taxonomy_id", "name description", taxonomy_id="taxonomy"
    ),
    "attribute": _table(
        "attributes", "link_id taxonomy_term_id link_type link_entity value",
        "link_id taxonomy_term_id link_entity", taxonomy_term_id="taxonomy_term",
    ),
}  # fmt: skip

# The parts of a service or an organisation in JSON: the name of the list there, and its table.
PARTS: dict[str, str] = {
    "services": "service", "service_at_locations": "service_at_location", "addresses": "address",
    "contacts": "contact", "phones": "phone", "schedules": "schedule", "languages": "language",
    "required_documents": "required_document", "service_areas": "service_area",
    "service_capacities": "service_capacity", "organization_identifiers": "organization_identifier",
    "attributes": "attribute", "locations": "location",
}  # fmt: skip
ONE: dict[str, str] = {
    "organization": "organization", "location": "location", "unit": "unit",
    "taxonomy_term": "taxonomy_term",
}  # fmt: skip


def descriptor(language: str) -> dict[str, Any]:
    """Return what datapackage.json says of the tables; `language` is that of the texts."""
    return {
        "profile": "tabular-data-package",
        "name": "human_services_data",
        "version": VERSION,
        "language": language,
        "resources": [_resource(name, table) for name, table in TABLES.items()],
    }


def _resource(name: str, table: Table) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {"name": column, "type": "string", "constraints": {"required": column in table.needed}}
        for column in table.columns
    ]
    return {
        "name": name, "path": table.file, "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8",
        "schema": {
            "fields": fields,
            "primaryKey": "id",
            "foreignKeys": [
                {"fields": column, "reference": {"resource": other, "fields": "id"}}
                for column, other in table.refers.items()
            ],
        },
    }  # fmt: skip
