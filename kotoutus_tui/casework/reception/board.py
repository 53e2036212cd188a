"""The arrivals this person takes part in, with their people and steps; the lead sees all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.reception.household import Arrival, Person, Step
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from kotoutus_tui.database import Database

Scope = Literal["board", "later", "finished", "cancelled"]
SCOPES: tuple[Scope, ...] = ("board", "later", "finished", "cancelled")
BOARD_DAYS = 60


async def arrivals(db: "Database", scope: Scope = "board") -> Sequence[Arrival]:
    """Return the arrivals of a scope by day.

    `board` has those of the next 60 days and those that came earlier and have open steps; `later` those after
    that; `finished` those with every step done; `cancelled` those that do not come. At most 500.
    """
    today = clock.today()
    values = {"today": today, "last": today + timedelta(days=BOARD_DAYS)}
    async with db.reading_fast() as connection:
        return await _read(connection, _ARRIVALS + _SCOPES[scope], values)


async def arrival(db: "Database", arrival_id: UUID) -> Arrival:
    """Return one arrival; raises NotFound when it is not there or this person takes no part in it."""
    async with db.reading_fast() as connection:
        found = await _read(connection, _ARRIVALS + "where a.id = %(id)s", {"id": arrival_id})
    if not found:
        raise gone()
    return found[0]


async def people_of_team(db: "Database") -> Sequence[tuple[str, str]]:
    """Return login and name of the counsellors and leads, for a choice of who is responsible."""
    statement = """select login, name from app.staff
                    where active and role in ('counsellor', 'lead') order by name, login"""
    async with db.reading_fast() as connection:
        return await (await connection.execute(statement)).fetchall()


async def _read(
    connection: "AsyncConnection[Any]", statement: LiteralString, values: Mapping[str, UUID | date]
) -> Sequence[Arrival]:
    async with connection.cursor(row_factory=class_row(Arrival)) as cursor:
        found = await (await cursor.execute(statement, values)).fetchall()
    if not found:
        return []
    ids = [each.id for each in found]
    async with connection.cursor(row_factory=class_row(Step)) as cursor:
        steps = await (await cursor.execute(_STEPS, [ids])).fetchall()
    async with connection.cursor(row_factory=class_row(Person)) as cursor:
        people = await (await cursor.execute(_PEOPLE, [ids])).fetchall()
    steps_of: dict[UUID, list[Step]] = {}
    people_of: dict[UUID, list[Person]] = {}
    for step in steps:
        steps_of.setdefault(step.arrival_id, []).append(step)
    for person in people:
        people_of.setdefault(person.arrival_id, []).append(person)
    return [
        replace(each, steps=tuple(steps_of.get(each.id, ())), people=tuple(people_of.get(each.id, ())))
        for each in found
    ]


_ARRIVALS: LiteralString = """
select a.id, a.label, a.arrives_on, a.source, a.place, a.persons, a.responsible,
       coalesce(s.name, a.responsible) as responsible_name, a.cancelled_at, a.cancelled_reason
  from app.arrival a
  left join app.staff s on s.login = a.responsible
"""
_OPEN_STEP: LiteralString = """exists (
    select from app.reception_step t
     where t.arrival_id = a.id and t.done_on is null and t.not_applicable_reason is null
       and t.removed_at is null)
"""
_SCOPES: dict[Scope, LiteralString] = {
    "board": "where a.cancelled_at is null and a.arrives_on <= %(last)s and (a.arrives_on >= %(today)s or "
    + _OPEN_STEP
    + ") order by a.arrives_on, a.label, a.id limit 500",
    "later": "where a.cancelled_at is null and a.arrives_on > %(last)s order by a.arrives_on, a.label, a.id"
    " limit 500",
    "finished": "where a.cancelled_at is null and a.arrives_on < %(today)s and not "
    + _OPEN_STEP
    + " order by a.arrives_on desc, a.label, a.id limit 500",
    "cancelled": "where a.cancelled_at is not null order by a.arrives_on desc, a.label, a.id limit 500",
}
_STEPS: LiteralString = """
select t.id, t.arrival_id, t.client_id, t.code, t.title, t.owner, t.responsible,
       coalesce(r.name, t.responsible) as responsible_name, t.due_on, t.blocked_by, t.done_on,
       coalesce(d.name, t.done_by) as done_by, t.not_applicable_reason
  from app.reception_step t
  left join app.staff r on r.login = t.responsible
  left join app.staff d on d.login = t.done_by
 where t.arrival_id = any(%s) and t.removed_at is null
 order by t.due_on, t.created_at, t.id
"""
_PEOPLE: LiteralString = """
select p.arrival_id, p.client_id, c.name, coalesce(c.protected, false) as protected
  from app.arrival_person p
  left join app.client c on c.id = p.client_id
 where p.arrival_id = any(%s) and p.removed_at is null
 order by p.created_at, p.client_id
"""
