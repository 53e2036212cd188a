"""A client's referrals as they are read, with their steps, and counts without opening anybody.

The client must have been opened; without an opening there is nothing to see but the counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString, TypeVar
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui.casework.referrals.states import MOVES, is_open
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Row = TypeVar("Row")


@dataclass(frozen=True)
class Referral:
    """A referral; `receiver_kind` is a kind of partner, `goal` the text of the goal it serves.

    `state_at` is when it came into its state, `chase_on` the day to look after it. `instead_of` is the
    referral that was declined or full before it; `full` says that the service has no room now.
    """

    id: UUID
    service_id: UUID | None
    receiver: str
    receiver_kind: str
    purpose: str | None
    goal_id: UUID | None
    goal: str | None
    state: str
    state_at: datetime
    chase_on: date | None
    chase_task_id: UUID | None
    decline_code: str | None
    outcome: str | None
    outcome_note: str | None
    instead_of: UUID | None
    event_id: UUID | None
    created_by: str
    full: bool

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return is_open(self.state)

    @property
    def next_states(self) -> tuple[str, ...]:
        """The steps that may follow."""
        return MOVES[self.state]


@dataclass(frozen=True)
class Step:
    """A change of state; `undone` says that it was taken back, `takes_back` that it takes one back."""

    was: str | None
    becomes: str
    decline_code: str | None
    outcome: str | None
    at: datetime
    author: str
    takes_back: bool
    undone: bool


@dataclass(frozen=True)
class Count:
    """How many referrals of a client are in a state, since when, and the next day to look after one."""

    client_id: UUID
    name: str
    state: str
    many: int
    since: datetime
    chase_on: date | None


async def referrals(db: "Database", client_id: UUID) -> Sequence[Referral]:
    """Return the client's referrals: those that are open first, the latest change first."""
    return await _rows(db, Referral, _REFERRALS + _ORDER, {"client": client_id})


async def referral(db: "Database", client_id: UUID, referral_id: UUID) -> Referral:
    """Return one referral; raises NotFound."""
    given = {"client": client_id, "id": referral_id}
    found = await _rows(db, Referral, _REFERRALS + " and r.id = %(id)s", given)
    if not found:
        raise gone()
    return found[0]


async def steps(db: "Database", referral_id: UUID) -> Sequence[Step]:
    """Return the steps of a referral, the first one first."""
    return await _rows(db, Step, _STEPS, {"id": referral_id})


async def overview(db: "Database") -> Sequence[Count]:
    """Return counts by client and state, of all clients in one's list, by name."""
    return await _rows(db, Count, _OVERVIEW, {})


async def of_service(db: "Database", service_id: UUID) -> dict[str, int]:
    """Return how many referrals of the whole team to a service are under way, by state."""
    async with db.reading_fast() as connection:
        found = await connection.execute("select state, many from api.service_referrals(%s)", [service_id])
        return dict(await found.fetchall())


async def _rows(
    db: "Database", kind: type[Row], statement: LiteralString, values: dict[str, UUID]
) -> list[Row]:
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(kind)) as cursor:
        return await (await cursor.execute(statement, values)).fetchall()


_REFERRALS: LiteralString = """
select r.id, r.service_id, r.receiver, r.receiver_kind, r.purpose, r.goal_id, g.goal, r.state, r.state_at,
       r.chase_on, r.chase_task_id, r.decline_code, r.outcome, r.outcome_note, r.instead_of, r.event_id,
       coalesce(p.name, r.created_by) as created_by, coalesce(s.capacity = 0, false) as "full"
  from app.referral r
  left join app.plan_goal g on g.id = r.goal_id
  left join app.service s on s.id = r.service_id
  left join app.staff p on p.login = r.created_by
 where r.client_id = %(client)s and r.removed_at is null
"""
_ORDER: LiteralString = """
 order by r.state in ('declined', 'done', 'dropped', 'no_contact', 'withdrawn'), r.state_at desc, r.id
"""
_STEPS: LiteralString = """
select s.was, s.becomes, s.decline_code, s.outcome, s.at, coalesce(p.name, s.author) as author,
       s.undoes is not null as takes_back,
       exists (select from app.referral_step u where u.undoes = s.id) as undone
  from app.referral_step s left join app.staff p on p.login = s.author
 where s.referral_id = %(id)s order by s.at, s.id
"""
_OVERVIEW: LiteralString = """
select o.client_id, c.name, o.state, o.many, o.since, o.chase_on
  from api.referral_overview() o join app.client c on c.id = o.client_id
 order by c.sort_name, o.client_id, o.state
"""
