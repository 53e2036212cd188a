"""The whole network as rows by table, for files that are written and for what files bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from psycopg.rows import dict_row

from kotoutus_tui.partners.network import in_language

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from kotoutus_tui.database import Database

Facts = dict[str, Any]


@dataclass
class Snapshot:
    """Rows that are not removed, by the names of their columns; ended services are among them.

    `given` has each pair of service and place, True where it stands, False where it was taken away.
    `merged` says into which organisation or service another one went.
    """

    organisations: dict[UUID, Facts] = field(default_factory=dict[UUID, Facts])
    services: dict[UUID, Facts] = field(default_factory=dict[UUID, Facts])
    places: dict[UUID, Facts] = field(default_factory=dict[UUID, Facts])
    given: dict[tuple[UUID, UUID], bool] = field(default_factory=dict[tuple[UUID, UUID], bool])
    hours: dict[UUID, list[Facts]] = field(default_factory=dict[UUID, list[Facts]])
    contacts: dict[UUID, Facts] = field(default_factory=dict[UUID, Facts])
    merged: Mapping[UUID, UUID] = field(default_factory=dict[UUID, UUID])
    merged_files: Mapping[str, UUID] = field(default_factory=dict[str, UUID])

    def places_of(self, service_id: UUID) -> Sequence[Facts]:
        """Return where a service is given."""
        return [
            self.places[place]
            for (service, place), stands in self.given.items()
            if service == service_id and stands and place in self.places
        ]


async def read(db: "Database", *, contacts: bool = True) -> Snapshot:
    """Return the network; without `contacts` nobody's name is read."""
    found = Snapshot()
    async with db.reading_fast() as connection:
        found.organisations = _by_id(await _rows(connection, _ORGANISATIONS))
        found.services = _by_id(await _rows(connection, _SERVICES))
        found.places = _by_id(await _rows(connection, _PLACES))
        for row in await _rows(connection, _GIVEN):
            found.given[row["service_id"], row["place_id"]] = row["stands"]
        for row in await _rows(connection, _HOURS):
            found.hours.setdefault(row["service_id"], []).append(row)
        if contacts:
            found.contacts = _by_id(await _rows(connection, _CONTACTS))
        merged = await _rows(connection, _MERGED)
    found.merged = {row["id"]: row["merged_into"] for row in merged}
    found.merged_files = {row["external_id"]: row["merged_into"] for row in merged if row["external_id"]}
    return found


def text_of(row: Mapping[str, Any], name: str, language: str | None = None) -> str:
    """Return a text that a row has in three languages, such as its `name`; empty when there is none."""
    texts = [row.get(f"{name}_{code}") or "" for code in ("fi", "sv", "en")]
    if language is None:
        return in_language(*texts)
    return {"sv": texts[1], "en": texts[2]}.get(language) or texts[0]


def _by_id(rows: Sequence[Facts]) -> dict[UUID, Facts]:
    return {row["id"]: row for row in rows}


async def _rows(connection: "AsyncConnection[Any]", statement: LiteralString) -> list[Facts]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        return await (await cursor.execute(statement)).fetchall()


_ORGANISATIONS: LiteralString = """
select id, kind, name_fi, name_sv, name_en, business_id, web, phone, email, valid_from, valid_to,
       predecessor_id, origin, external_id
  from app.organisation where removed_at is null and merged_into is null order by created_at, id
"""
_SERVICES: LiteralString = """
select id, organisation_id, name_fi, name_sv, name_en, summary_fi, summary_sv, summary_en, words, area,
       spoken, interpreted, written, who_may_come, what_to_bring, cost, by_appointment, capacity,
       waiting_days, next_start_on, capacity_stated_on, state, verified_on, origin, external_id, updated_at
  from app.service where removed_at is null and merged_into is null order by created_at, id
"""
_PLACES: LiteralString = """
select id, organisation_id, name, street, postal_code, town, easting, northing, external_id
  from app.place where removed_at is null order by created_at, id
"""
_GIVEN: LiteralString = "select service_id, place_id, removed_at is null as stands from app.service_place"
_HOURS: LiteralString = """
select id, service_id, weekday, on_day, opens, closes
  from app.service_hours where removed_at is null order by service_id, weekday nulls last, on_day, opens, id
"""
_CONTACTS: LiteralString = """
select id, organisation_id, service_id, name, title, phone, email, languages, confirmed_on
  from app.partner_contact where removed_at is null order by created_at, id
"""
_MERGED: LiteralString = """
select id, external_id, merged_into from app.organisation where merged_into is not null
union all
select id, external_id, merged_into from app.service where merged_into is not null
"""
