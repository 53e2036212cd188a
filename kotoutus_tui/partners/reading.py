"""Reads the network, and one service with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.errors import gone
from kotoutus_tui.partners.network import Contact, Hours, Network, Organisation, Place, Service

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from kotoutus_tui.database import Database

Row = TypeVar("Row")


@dataclass(frozen=True)
class Whole:
    """One service with its organisation as it is called today, those before it, places, hours, contacts."""

    service: Service
    organisation: Organisation
    former: Sequence[Organisation]
    places: Sequence[Place]
    hours: Sequence[Hours]
    contacts: Sequence[Contact]


async def network(db: "Database") -> Network:
    """Return all organisations, services that are not ended, and where they are given."""
    async with db.reading_fast() as connection:
        organisations = await _rows(connection, Organisation, _ORGANISATIONS)
        services = await _rows(connection, Service, _SERVICES + " and s.state <> 'ended'")
        places = await _rows(connection, Place, _PLACES)
        merged = await _merged(connection)
        before: dict[UUID, list[str]] = {}
        for into, *names in await (await connection.execute(_NAMES_BEFORE)).fetchall():
            before.setdefault(into, []).extend(name for name in names if name)
    at: dict[UUID, list[Place]] = {}
    for place in places:
        at.setdefault(place.service_id, []).append(place)
    return Network({each.id: each for each in organisations}, services, at, merged, before)


async def service(db: "Database", service_id: UUID) -> Whole:
    """Return one service, ended ones too, or the one it was merged into; raises NotFound."""
    only = {"id": service_id}
    async with db.reading_fast() as connection:
        found = await _rows(connection, Service, _SERVICES + _THIS, only)
        if not found:
            raise gone()
        only = {"id": found[0].id}
        organisations = await _rows(connection, Organisation, _ORGANISATIONS)
        places = await _rows(connection, Place, _PLACES + " and x.service_id = %(id)s", only)
        hours = await _rows(connection, Hours, _HOURS, only)
        contacts = await _rows(connection, Contact, _CONTACTS, only)
        merged = await _merged(connection)
    network = Network({each.id: each for each in organisations}, merged=merged)
    organisation = network.current(found[0].organisation_id, clock.today())
    return Whole(found[0], organisation, network.former(organisation), places, hours, contacts)


async def _merged(connection: "AsyncConnection[Any]") -> dict[UUID, list[Organisation]]:
    found: dict[UUID, list[Organisation]] = {}
    targets = await (await connection.execute(_MERGED_INTO)).fetchall()
    gone_rows = await _rows(connection, Organisation, _MERGED)
    for each, (into,) in zip(gone_rows, targets, strict=True):
        found.setdefault(into, []).append(each)
    return found


async def _rows(
    connection: "AsyncConnection[Any]",
    kind: type[Row],
    statement: LiteralString,
    values: dict[str, UUID] | None = None,
) -> list[Row]:
    async with connection.cursor(row_factory=class_row(kind)) as cursor:
        return await (await cursor.execute(statement, values)).fetchall()


_ORGANISATIONS: LiteralString = """
select id, kind, name_fi, name_sv, name_en, business_id, web, phone, email, valid_from, valid_to,
       predecessor_id, version
  from app.organisation where removed_at is null and merged_into is null
"""
_MERGED: LiteralString = """
select id, kind, name_fi, name_sv, name_en, business_id, web, phone, email, valid_from, valid_to,
       predecessor_id, version
  from app.organisation where removed_at is null and merged_into is not null order by updated_at, id
"""
_MERGED_INTO: LiteralString = """
select merged_into from app.organisation
 where removed_at is null and merged_into is not null order by updated_at, id
"""
_NAMES_BEFORE: LiteralString = """
select merged_into, name_fi, name_sv, name_en from app.service
 where removed_at is null and merged_into is not null order by updated_at, id
"""
_THIS: LiteralString = """
   and s.id = (select coalesce(merged_into, id) from app.service where id = %(id)s)
"""
_SERVICES: LiteralString = """
select s.id, coalesce(o.merged_into, o.id) as organisation_id, s.name_fi, s.name_sv, s.name_en,
       s.summary_fi, s.summary_sv, s.summary_en, s.words, s.area, s.spoken, s.interpreted, s.written,
       s.who_may_come, s.what_to_bring, s.cost, s.by_appointment, s.capacity, s.waiting_days,
       s.next_start_on, s.capacity_stated_on, s.state, s.verified_on,
       coalesce(p.name, s.verified_by) as verified_by, s.version, s.vanished_on
  from app.service s
  join app.organisation o on o.id = s.organisation_id
  left join app.staff p on p.login = s.verified_by
 where s.removed_at is null and (o.removed_at is null or o.merged_into is not null)
"""
_PLACES: LiteralString = """
select p.id, x.service_id, p.organisation_id, p.name, p.street, p.postal_code, p.town, p.easting, p.northing
  from app.service_place x join app.place p on p.id = x.place_id
 where x.removed_at is null and p.removed_at is null
"""
_HOURS: LiteralString = """
select id, service_id, weekday, on_day, opens, closes
  from app.service_hours where service_id = %(id)s and removed_at is null
 order by weekday nulls last, on_day, opens
"""
_CONTACTS: LiteralString = """
select c.id, c.organisation_id, c.service_id, c.name, c.title, c.phone, c.email, c.languages, c.confirmed_on
  from app.partner_contact c join app.service s on s.id = %(id)s
 where c.organisation_id = s.organisation_id and (c.service_id is null or c.service_id = s.id)
   and c.removed_at is null
 order by c.service_id is null, c.name, c.id
"""
