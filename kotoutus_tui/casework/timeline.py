"""What a client's timeline shows: who the client is, what happened and what is to be done.

The client must have been opened (`opening.open_client`); without an opening the timeline is empty.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.integration_period import IntegrationPeriod, integration_period
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# What people filter by; corrections and withdrawals are shown with the event they change.
SHOWN_KINDS = (
    "note",
    "contact",
    "no_show",
    "interview",
    "assessment",
    "plan",
    "review",
    "goal",
    "service",
    "referral",
    "referral_answer",
    "appointment",
    "decision",
    "transfer",
    "reception",
    "task",
)


@dataclass(frozen=True)
class Header:
    """Who the client is; `languages` are pairs of language and level, `colleagues` who edit just now.

    `reviews` are the days on which the plan was reviewed. Interruptions are pairs of days, extensions
    pairs of months and ground.
    """

    client_id: UUID
    name: str
    phase: str
    own_counsellor: str | None
    service_language: str | None
    interpreter_needed: bool
    protected: bool
    responsible_authority: str
    review_due: date | None
    period_start: date | None
    period_end: date | None
    first_plan_drawn_on: date | None
    first_plan_signed_on: date | None
    interruptions: list[list[date | None]]
    extensions: list[list[str]]
    languages: list[list[str | None]]
    reviews: list[date]
    colleagues: list[str]

    @property
    def period(self) -> IntegrationPeriod | None:
        """The integration period as recorded by hand, else as the law counts it from the first plan."""
        by_law = self._by_law()
        if not (self.period_start and self.period_end):
            return by_law
        if by_law and (self.interruptions or self.extensions or by_law.end == self.period_end):
            return by_law
        law = by_law.law if by_law and by_law.start == self.period_start else ""
        extended = by_law.end if law and by_law and by_law.end < self.period_end else None
        return IntegrationPeriod(self.period_start, self.period_end, law, extended)

    def _by_law(self) -> IntegrationPeriod | None:
        if self.first_plan_drawn_on is None:
            return None
        from kotoutus_tui.casework.facts import Extension, Interruption

        return integration_period(
            self.first_plan_drawn_on, self.first_plan_signed_on,
            interruptions=[Interruption(start, end) for start, end in self.interruptions if start],
            extensions=[Extension(int(months), ground=ground) for months, ground in self.extensions],
            today=clock.today(),
        )  # fmt: skip


@dataclass(frozen=True)
class TimelineEvent:
    """One event; `body` is the text in force, `original` what stood there first when it was corrected.

    Moments are aware. A withdrawn event stays, with `withdrawn_at` and the reason. `answered` is whether
    a referral has an answer, `deputy_for` whose place the author took.
    """

    id: UUID
    kind: str
    occurred_at: datetime
    entered_at: datetime
    channel: str | None
    minutes: int | None
    body: str
    author: str
    deputy_for: str | None
    refers_to: UUID | None
    answered: bool
    original: str | None
    correction_reason: str | None
    corrected_by: str | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Where the event stands; give it to `page` as `before` to go on from here."""
        return self.occurred_at, self.id


@dataclass(frozen=True)
class Correction:
    """A text that was put in force for an event, and why."""

    body: str
    reason: str
    author: str
    entered_at: datetime


@dataclass(frozen=True)
class Window:
    """Some events and how many there are of these kinds in all."""

    events: list[TimelineEvent]
    total: int


async def header(db: "Database", client_id: UUID) -> Header:
    """Return who the client is; raises NotFound when this person cannot list the client."""
    from psycopg.rows import class_row

    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Header)) as cursor:
        found = await (await cursor.execute(_HEADER, {"client": client_id})).fetchone()
    if found is None:
        raise gone()
    return found


async def page(
    db: "Database",
    client_id: UUID,
    kinds: Collection[str] = (),
    before: tuple[datetime, UUID] | None = None,
    limit: int = 100,
    skip: int = 0,
) -> list[TimelineEvent]:
    """Return at most `limit` events, newest first, of these kinds (none given: all), from `before` on.

    `skip` leaves out that many more from there.
    """
    return (await window(db, client_id, kinds, before, limit, skip)).events


async def window(
    db: "Database",
    client_id: UUID,
    kinds: Collection[str] = (),
    before: tuple[datetime, UUID] | None = None,
    limit: int = 100,
    skip: int = 0,
) -> Window:
    """Return the same events as `page` and the number of all of these kinds."""
    from psycopg.rows import class_row

    moment, event = before or (None, None)
    values = {"client": client_id, "kinds": list(kinds or SHOWN_KINDS)}
    values |= {"moment": moment, "event": event, "limit": limit, "skip": skip}
    rows = class_row(TimelineEvent)
    async with db.reading_fast() as connection, connection.cursor(row_factory=rows) as cursor:
        events = await (await cursor.execute(_PAGE, values)).fetchall()
        count = await (await connection.execute(_COUNT, values)).fetchone()
    return Window(events, count[0] if count else 0)


async def corrections(db: "Database", event_id: UUID) -> list[Correction]:
    """Return every correction of an event that stands, the newest first."""
    from psycopg.rows import class_row

    rows = class_row(Correction)
    async with db.reading_fast() as connection, connection.cursor(row_factory=rows) as cursor:
        return await (await cursor.execute(_CORRECTIONS, {"event": event_id})).fetchall()


async def position(
    db: "Database", client_id: UUID, kinds: Collection[str], place: tuple[datetime, UUID]
) -> int:
    """Return how many events of these kinds are newer than this place."""
    values = {"client": client_id, "kinds": list(kinds or SHOWN_KINDS)}
    values |= {"moment": place[0], "event": place[1]}
    async with db.reading_fast() as connection:
        row = await (await connection.execute(_NEWER, values)).fetchone()
    return row[0] if row else 0


async def position_of_day(db: "Database", client_id: UUID, kinds: Collection[str], day: date) -> int:
    """Return how many events of these kinds happened after `day`, a day in Finland."""
    after = datetime.combine(day + timedelta(days=1), time(), HELSINKI)
    return await position(db, client_id, kinds, (after, UUID(int=0)))


_HEADER = """
select c.id as client_id, c.name, c.phase, s.name as own_counsellor, c.service_language, c.interpreter_needed,
       c.protected, c.responsible_authority, c.review_due, c.period_start, c.period_end,
       d.first_plan_drawn_on,
       (select p.signed_on from app.plan p where p.client_id = c.id and p.kind = 'integration'
           and p.removed_at is null and p.drawn_on = d.first_plan_drawn_on limit 1) as first_plan_signed_on,
       array(select array[i.from_on, i.to_on] from app.interruption i
              where i.client_id = c.id and i.removed_at is null order by i.from_on) as interruptions,
       array(select array[x.months::text, x.ground::text] from app.extension x
              where x.client_id = c.id and x.removed_at is null order by x.decided_on) as extensions,
       array(select array[l.language::text, l.level::text] from app.client_language l
              where l.client_id = c.id and l.removed_at is null order by l.id) as languages,
       array(select distinct (e.occurred_at at time zone 'Europe/Helsinki')::date from app.event e
              where e.client_id = c.id and e.kind = 'review' and not exists (
                    select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal')) as reviews,
       array(select p_s.name::text from app.presence p join app.staff p_s on p_s.login = p.login
              where p.client_id = c.id and p.login <> session_user and p.editing is not null
                and p.seen_at > now() - interval '2 minutes' order by p_s.name) as colleagues
  from app.client c
  left join app.staff s on s.login = c.own_counsellor
  left join app.client_detail d on d.client_id = c.id
 where c.id = %(client)s
"""

# The corrections are looked up for the events of the page alone, not for those skipped.
_PAGE = """
with e as materialized (
    select id, kind, occurred_at, entered_at, channel, minutes, body, author, deputy_for, refers_to
      from app.event
     where client_id = %(client)s and kind = any (%(kinds)s)
       and (%(moment)s::timestamptz is null or (occurred_at, id) < (%(moment)s, %(event)s::uuid))
     order by occurred_at desc, id desc
    offset %(skip)s limit %(limit)s)
select e.id, e.kind, e.occurred_at, e.entered_at, e.channel, e.minutes, coalesce(k.body, e.body) as body,
       coalesce(s.name, e.author) as author, coalesce(d.name, e.deputy_for) as deputy_for, e.refers_to,
       e.kind = 'referral' and coalesce(
           (select r.state not in ('sent', 'received') from app.referral r
             where r.event_id = e.id and r.removed_at is null limit 1),
           exists (
           select from app.event a where a.refers_to = e.id and a.kind = 'referral_answer' and not exists (
                  select from app.event x where x.refers_to = a.id and x.kind = 'withdrawal'))) as answered,
       case when k.id is not null then e.body end as original,
       k.reason as correction_reason, k.author as corrected_by,
       w.entered_at as withdrawn_at, w.reason as withdrawal_reason
  from e
  left join app.staff s on s.login = e.author
  left join app.staff d on d.login = e.deputy_for
  left join lateral (
        select k.id, k.body, k.reason, coalesce(k_s.name, k.author) as author
          from app.event k left join app.staff k_s on k_s.login = k.author
         where k.refers_to = e.id and k.kind = 'correction'
           and not exists (select from app.event x where x.refers_to = k.id and x.kind = 'withdrawal')
         order by k.entered_at desc, k.id desc limit 1) k on true
  left join lateral (
        select w.entered_at, w.reason from app.event w
         where w.refers_to = e.id and w.kind = 'withdrawal' order by w.entered_at limit 1) w on true
 order by e.occurred_at desc, e.id desc
"""

_CORRECTIONS = """
select k.body, coalesce(k.reason, '') as reason, coalesce(s.name, k.author) as author, k.entered_at
  from app.event k left join app.staff s on s.login = k.author
 where k.refers_to = %(event)s and k.kind = 'correction'
   and not exists (select from app.event x where x.refers_to = k.id and x.kind = 'withdrawal')
 order by k.entered_at desc, k.id desc
"""

_COUNT = "select count(*) from app.event where client_id = %(client)s and kind = any (%(kinds)s)"

_NEWER = _COUNT + " and (occurred_at, id) > (%(moment)s, %(event)s::uuid)"
