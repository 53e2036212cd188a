"""Companies with international employees: their record, how many come when, what is still to be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

CONTACT_DAYS = 365  # after that a contact person's data is to be confirmed or deleted


@dataclass(frozen=True)
class Step:
    """A step of settling in; `done_by` is the name of who said so."""

    id: UUID
    arrival_id: UUID
    code: str
    owner: str
    due_on: date
    done_on: date | None
    done_by: str | None


@dataclass(frozen=True)
class Arrival:
    """People who come in one month: how many, by which papers, never who."""

    id: UUID
    company_id: UUID
    month: date
    people: int
    route: str
    language: str | None
    families: bool
    steps: Sequence[Step] = ()

    @property
    def progress(self) -> tuple[int, int]:
        """How many steps are done, of how many."""
        return sum(step.done_on is not None for step in self.steps), len(self.steps)


@dataclass(frozen=True)
class Company:
    """A company; `entries` counts the advice of the last year, `late` steps that are overdue."""

    id: UUID
    name: str
    business_id: str | None
    contact: str | None
    phone: str | None
    email: str | None
    contact_confirmed_on: date | None
    entries: int
    next_month: date | None
    late: int
    arrivals: Sequence[Arrival] = ()

    def contact_is_old(self, today: date) -> bool:
        """Whether the contact person's data was not confirmed for a year."""
        if not (self.contact or self.phone or self.email):
            return False
        confirmed = self.contact_confirmed_on
        return confirmed is None or (today - confirmed).days > CONTACT_DAYS


async def companies(db: "Database", today: date) -> Sequence[Company]:
    """Return the companies by name, without their arrivals."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Company)) as cursor:
        await cursor.execute(_COMPANIES + " order by lower(c.name), c.id", {"today": today})
        return await cursor.fetchall()


async def company(db: "Database", company_id: UUID, today: date) -> Company:
    """Return a company with its arrivals, the latest month first; raises NotFound."""
    values = {"today": today, "id": company_id}
    async with db.reading_fast() as connection:
        async with connection.cursor(row_factory=class_row(Company)) as cursor:
            found = await (await cursor.execute(_COMPANIES + " and c.id = %(id)s", values)).fetchone()
        async with connection.cursor(row_factory=class_row(Arrival)) as cursor:
            arrivals = await (await cursor.execute(_ARRIVALS, values)).fetchall()
        async with connection.cursor(row_factory=class_row(Step)) as cursor:
            steps = await (await cursor.execute(_STEPS, values)).fetchall()
    if found is None:
        raise gone()
    of: dict[UUID, list[Step]] = {}
    for step in steps:
        of.setdefault(step.arrival_id, []).append(step)
    return replace(
        found, arrivals=tuple(replace(each, steps=tuple(of.get(each.id, ()))) for each in arrivals)
    )


_COMPANIES: LiteralString = """
select c.id, c.name, c.business_id, c.contact, c.phone, c.email, c.contact_confirmed_on,
       (select count(*) from app.guidance_entry g
         where g.company_id = c.id and g.removed_at is null and g.given_on > %(today)s - 365) as entries,
       (select min(a.month) from app.company_arrival a
         where a.company_id = c.id and a.removed_at is null
           and a.month >= date_trunc('month', %(today)s::timestamp)) as next_month,
       (select count(*) from app.company_step s join app.company_arrival a on a.id = s.arrival_id
         where a.company_id = c.id and a.removed_at is null and s.removed_at is null and s.done_on is null
           and s.due_on < %(today)s) as late
  from app.company c
 where c.removed_at is null"""
_ARRIVALS: LiteralString = """
select id, company_id, month, people, route, language, families from app.company_arrival
 where company_id = %(id)s and removed_at is null order by month desc, id"""
_STEPS: LiteralString = """
select s.id, s.arrival_id, s.code, s.owner, s.due_on, s.done_on, coalesce(p.name, s.done_by) as done_by
  from app.company_step s
  join app.company_arrival a on a.id = s.arrival_id and a.company_id = %(id)s and a.removed_at is null
  left join app.staff p on p.login = s.done_by
 where s.removed_at is null order by s.due_on, s.id"""
