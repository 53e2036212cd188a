"""The own network as it is compared with the catalogue: facts by name, and what the catalogue last said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from kotoutus_tui.catalogue import facts
from kotoutus_tui.catalogue.facts import PLACE, PLACE_PREFIX, Facts

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Owned:
    """An organisation or a service; `remote` holds what the catalogue last said and when that came.

    `changed_on` has the day of the last change by column, in ISO form; `hours` are the rows of its hours,
    as [weekday, day, opens, closes].
    """

    id: UUID
    organisation_id: UUID
    external_id: str | None
    origin: str
    remote: Any
    created_on: date
    changed_on: Mapping[str, str]
    facts: Facts
    state: str = "active"
    vanished_on: date | None = None
    verified_on: date | None = None
    hours: Mapping[UUID, list[Any]] = field(default_factory=dict[UUID, list[Any]])

    @property
    def told(self) -> Facts | None:
        """What the catalogue last said, by fact; None when it never said anything."""
        return dict(self.remote["values"]) if _is_told(self.remote) else None

    @property
    def days(self) -> Mapping[str, str]:
        """The day on which each of those facts was accepted, in ISO form."""
        return self.remote["days"] if _is_told(self.remote) else {}


@dataclass(frozen=True)
class OwnedPlace:
    """A place of an organisation; `services` are given there, `left` were taken from it."""

    id: UUID
    organisation_id: UUID
    external_id: str | None
    facts: Facts
    services: frozenset[UUID]
    left: frozenset[UUID] = frozenset()

    @property
    def fact_name(self) -> str:
        """The name under which it is a fact of its services."""
        return PLACE_PREFIX + (self.external_id or str(self.id))


@dataclass(frozen=True)
class Own:
    """All that is not removed; `merged` says which organisation a catalogue's id became by merging."""

    organisations: Sequence[Owned] = ()
    services: Sequence[Owned] = ()
    places: Sequence[OwnedPlace] = ()
    merged: Mapping[str, UUID] = field(default_factory=dict[str, UUID])


async def read(db: "Database", service_id: UUID | None = None) -> Own:
    """Return the own network, or one service of it with its organisation and the places of that."""
    only = {"id": service_id}
    async with db.reading_fast() as connection:
        organisations = [
            Owned(row[0], row[0], row[1], row[2], row[3], row[4], row[5], _facts(facts.ORGANISATION, row[6:]))
            for row in await (await connection.execute(_ORGANISATIONS, only)).fetchall()
        ]
        merged = dict(await (await connection.execute(_MERGED)).fetchall())
        hours: dict[UUID, dict[UUID, list[Any]]] = {}
        for row in await (await connection.execute(_HOURS, only)).fetchall():
            day = row[3].isoformat() if row[3] else None
            hours.setdefault(row[1], {})[row[0]] = [row[2], day, row[4], row[5]]
        services = [
            Owned(
                row[0], row[1], row[2], row[3], row[4], row[5], row[6], _facts(facts.SERVICE, row[10:]),
                row[7], row[8], row[9], hours.get(row[0], {}),
            )
            for row in await (await connection.execute(_SERVICES, only)).fetchall()
        ]  # fmt: skip
        places = [
            OwnedPlace(
                row[0], row[1], row[2], facts.telling(_facts(PLACE, row[5:])), frozenset(row[3]),
                frozenset(row[4]),
            )
            for row in await (await connection.execute(_PLACES, only)).fetchall()
        ]  # fmt: skip
    return Own(organisations, services, places, merged)


def _facts(names: Sequence[str], values: Sequence[Any]) -> Facts:
    return dict(zip(names, values, strict=True))


def _is_told(remote: Any) -> bool:
    return isinstance(remote, dict) and "values" in remote and "days" in remote


_ORGANISATIONS: LiteralString = """
select id, external_id, origin, remote, (created_at at time zone 'Europe/Helsinki')::date, changed_on,
       name_fi, name_sv, name_en, business_id, phone, email, web
  from app.organisation
 where removed_at is null and merged_into is null
   and (%(id)s::uuid is null or id = (
        select coalesce(o.merged_into, o.id)
          from app.service s join app.organisation o on o.id = s.organisation_id where s.id = %(id)s))
 order by created_at, id
"""
_MERGED: LiteralString = """
select external_id, merged_into
  from app.organisation where merged_into is not null and external_id is not null
"""
_SERVICES: LiteralString = """
select s.id, coalesce(o.merged_into, o.id), s.external_id, s.origin, s.remote,
       (s.created_at at time zone 'Europe/Helsinki')::date, s.changed_on, s.state, s.vanished_on,
       s.verified_on, s.name_fi, s.name_sv, s.name_en, s.summary_fi, s.summary_sv, s.summary_en, s.words,
       s.area, s.spoken, s.who_may_come, s.what_to_bring, s.cost, s.by_appointment
  from app.service s join app.organisation o on o.id = s.organisation_id
 where s.removed_at is null and (%(id)s::uuid is null or s.id = %(id)s)
 order by s.created_at, s.id
"""
_HOURS: LiteralString = """
select id, service_id, weekday, on_day, opens, closes
  from app.service_hours
 where removed_at is null and (%(id)s::uuid is null or service_id = %(id)s)
"""
_PLACES: LiteralString = """
select p.id, p.organisation_id, p.external_id,
       coalesce(array_agg(x.service_id) filter (where x.removed_at is null and x.place_id = p.id), '{}'),
       coalesce(array_agg(x.service_id) filter (where x.removed_at is not null), '{}'),
       p.name, p.street, p.postal_code, p.town, p.easting, p.northing
  from app.place p left join app.service_place x on x.place_id = p.id
 where p.removed_at is null
   and (%(id)s::uuid is null or p.organisation_id = (
        select s.organisation_id from app.service s where s.id = %(id)s))
 group by p.id order by p.created_at, p.id
"""
