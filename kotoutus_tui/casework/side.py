"""What stands beside a client's timeline: tasks, referrals without an answer, goals and the household."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.clock import HELSINKI

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class OpenTask:
    """Something to be done by `due_on`."""

    id: UUID
    title: str
    due_on: date


@dataclass(frozen=True)
class Coming:
    """An appointment to come; `starts_at` is in Helsinki time."""

    id: UUID
    kind: str
    starts_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A referral without an answer; `text` is to whom and what for, `since` the day it was sent.

    `id` is its entry on the timeline; `has_steps` says that it is among those under way.
    """

    id: UUID
    text: str
    since: date
    has_steps: bool = False


@dataclass(frozen=True)
class UnderWay:
    """A referral that something may still come of; `state` is one of referrals.states, `since` its day."""

    id: UUID
    receiver: str
    state: str
    since: date


@dataclass(frozen=True)
class Agreed:
    """A measure or service of the plan in force that is not over; `state` is planned or under_way."""

    id: UUID
    title: str
    state: str
    ends_on: date | None


@dataclass(frozen=True)
class Member:
    """Somebody the client lives with; `relation` is to the household's reference person.

    `name` is empty for a client of another counsellor.
    """

    id: UUID
    name: str
    relation: str
    is_guardian: bool


@dataclass(frozen=True)
class Side:
    """Everything beside the timeline.

    Goals are those of the plan in force that are not reached yet, long-term ones first; without a plan
    they are what was written as goals, the newest first.
    """

    tasks: list[OpenTask] = field(default_factory=list[OpenTask])
    coming: list[Coming] = field(default_factory=list[Coming])
    referrals: list[Waiting] = field(default_factory=list[Waiting])
    under_way: list[UnderWay] = field(default_factory=list[UnderWay])
    goals: list[str] = field(default_factory=list[str])
    measures: list[Agreed] = field(default_factory=list[Agreed])
    household: list[Member] = field(default_factory=list[Member])


async def side(db: "Database", client_id: UUID) -> Side:
    """Return what stands beside the timeline; empty without an opening, but for one's own clients' tasks."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_SIDE, {"client": client_id})).fetchall()
    found = Side()
    for what, row_id, text, day, more, guardian in rows:
        if what == "task":
            found.tasks.append(OpenTask(row_id, text, day))
        elif what == "appointment":
            starts_at = datetime.fromisoformat(text).replace(tzinfo=HELSINKI)
            found.coming.append(Coming(row_id, more, starts_at))
        elif what == "referral":
            found.referrals.append(Waiting(row_id, text, day, guardian))
        elif what == "under_way":
            found.under_way.append(UnderWay(row_id, text, more, day))
        elif what == "goal":
            found.goals.append(text)
        elif what == "measure":
            found.measures.append(Agreed(row_id, text, more, day))
        else:
            found.household.append(Member(row_id, text or "", more, guardian))
    return found


_SIDE = """
with plan as (
    select p.id from app.plan p
     where p.client_id = %(client)s and p.kind = 'integration' and p.drawn_on is not null
       and p.removed_at is null
     order by p.number desc limit 1),
standing as (
    select e.id, e.kind, e.occurred_at, coalesce(k.body, e.body) as body
      from app.event e
      left join lateral (
            select k.body from app.event k
             where k.refers_to = e.id and k.kind = 'correction'
               and not exists (select from app.event x where x.refers_to = k.id and x.kind = 'withdrawal')
             order by k.entered_at desc, k.id desc limit 1) k on true
     where e.client_id = %(client)s and e.kind in ('referral', 'goal')
       and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal'))
(select 'task', id, title, due_on, null, false
   from app.task
  where client_id = %(client)s and done_at is null and cancelled_at is null
  order by due_on, id)
union all
(select 'appointment', a.id, to_char(a.starts_at at time zone 'Europe/Helsinki', 'YYYY-MM-DD"T"HH24:MI'),
        null, a.kind, false
   from app.appointment a join app.appointment_client p on p.appointment_id = a.id
  where p.client_id = %(client)s and p.removed_at is null and a.cancelled_at is null and a.ends_at > now()
  order by a.starts_at, a.id limit 3)
union all
(select 'referral', s.id, s.body, (s.occurred_at at time zone 'Europe/Helsinki')::date, null,
        exists (select from app.referral r where r.event_id = s.id and r.removed_at is null)
   from standing s
  where s.kind = 'referral' and coalesce(
        (select r.state in ('sent', 'received') from app.referral r
          where r.event_id = s.id and r.removed_at is null limit 1),
        not exists (
        select from app.event a
         where a.refers_to = s.id and a.kind = 'referral_answer'
           and not exists (select from app.event x where x.refers_to = a.id and x.kind = 'withdrawal')))
  order by s.occurred_at, s.id)
union all
(select 'under_way', r.id, r.receiver, (r.state_at at time zone 'Europe/Helsinki')::date, r.state, false
   from app.referral r
  where r.client_id = %(client)s and r.removed_at is null
    and r.state in ('draft', 'sent', 'received', 'waiting', 'accepted', 'started')
  order by r.state_at desc, r.id)
union all
(select 'goal', s.id, s.body, null, null, false
   from standing s where s.kind = 'goal' and not exists (select from plan)
  order by s.occurred_at desc, s.id desc limit 8)
union all
(select 'goal', g.id, g.goal, null, null, false
   from app.plan_goal g join plan on plan.id = g.plan_id
  where g.removed_at is null and g.state = 'open' order by g.term, g.id)
union all
(select 'measure', m.id, m.title, m.ends_on, m.state, false
   from app.plan_measure m join plan on plan.id = m.plan_id
  where m.removed_at is null and m.state in ('planned', 'under_way') order by m.state desc, m.id)
union all
(select 'member', m.id, coalesce(c.name, m.person), null, m.relation, m.is_guardian
   from app.household_member own
   join app.household_member m on m.household_id = own.household_id and m.id <> own.id
   left join app.client c on c.id = m.client_id
  where own.client_id = %(client)s and own.valid_to is null and own.removed_at is null
    and m.valid_to is null and m.removed_at is null
  order by m.id)
"""
