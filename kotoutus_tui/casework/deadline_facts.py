"""What the database knows of clients, as the facts that deadlines are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString, cast
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.facts import Extension, Facts, Interruption, Plan, Review
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

# The statement whose rows `known_of` reads; needs `clients`, a list of ids.
FACTS: LiteralString = """
select c.id, c.phase, c.responsible_authority, c.review_due, c.period_start, c.period_end,
       case when c.phase <> 'arriving'
            then least(c.assigned_on, (c.created_at at time zone 'Europe/Helsinki')::date) end,
       c.interviewed_on, d.birth_date, d.ground_of_entry, d.first_permit_on, d.municipality_since,
       d.first_plan_drawn_on, s.learned_on, s.requested_on, s.assessment_started_on,
       s.assessment_finished_on, s.plan_needed, s.family_of_refugee, s.trafficking_victim,
       s.unaccompanied, s.guardian_since, s.closed_on,
       (select json_agg(json_build_array(k.kind, k.valid_until)) from app.client_document k
         where k.client_id = c.id and k.removed_at is null and k.valid_until is not null),
       (select min(i.held_on) from app.interview i where i.client_id = c.id and i.removed_at is null),
       (select json_agg(json_build_array(p.drawn_on, p.signed_on, p.starts_on, p.ends_on, p.next_review_on,
                                         p.guided_on, (p.created_at at time zone 'Europe/Helsinki')::date)
                        order by p.number)
          from app.plan p where p.client_id = c.id and p.kind = 'integration' and p.removed_at is null),
       (select json_agg(json_build_array(r.held_on, r.next_review_on)) from app.plan_review r
         where r.client_id = c.id and r.removed_at is null),
       (select json_agg(json_build_array(i.from_on, i.to_on, i.reason)) from app.interruption i
         where i.client_id = c.id and i.removed_at is null),
       (select json_agg(json_build_array(x.months, x.decided_on, x.ground)) from app.extension x
         where x.client_id = c.id and x.removed_at is null),
       (select json_agg(k.year) from app.compensation_claim k
         where k.client_id = c.id and k.removed_at is null),
       (select json_agg((e.occurred_at at time zone 'Europe/Helsinki')::date)
          from app.event e
         where e.client_id = c.id and e.kind = 'review'
           and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal')),
       (select json_agg((a.interpreter_cancel_by at time zone 'Europe/Helsinki')::date)
          from app.appointment_client p join app.appointment a on a.id = p.appointment_id
         where p.client_id = c.id and p.removed_at is null and a.cancelled_at is null
           and a.interpreter_cancel_by is not null and a.starts_at > clock_timestamp()),
       (select json_object_agg(w.rule, json_build_array(w.due_on, w.basis)) from app.deadline w
         where w.client_id = c.id and w.rule in ('review', 'period_end') and w.subject = '')
  from app.client c
  left join app.client_detail d on d.client_id = c.id
  left join app.client_status s on s.client_id = c.id
 where c.id = any(%(clients)s)
"""

# A card shows the permit and is renewed by itself, so it counts only where no permit is recorded.
_PERMITS = (("residence_permit", "right_registration"), ("residence_card",))
# Notes of a deadline whose day a person chose.
_BY_HAND = ("agreed", "by_hand", "without_plan")
_PASSPORTS = (("passport", "travel_document"),)


@dataclass(frozen=True)
class Known:
    """The facts of one client, and the days of lists that somebody wrote by hand.

    A day by hand is one that the rules did not give: `review` and `period_end` of the client's row, where
    they differ from the deadline that was counted last.
    """

    client_id: UUID
    phase: str
    facts: Facts
    review_by_hand: date | None
    period_by_hand: tuple[date | None, date] | None


async def known(connection: "AsyncConnection[Any]", client_id: UUID) -> Known:
    """Return what is known of one client; raises NotFound for one whom this person cannot list."""
    row = await (await connection.execute(FACTS, {"clients": [client_id]})).fetchone()
    if row is None:
        raise gone()
    return known_of(row, clock.today())


async def known_in(session: "AsyncSession", client_id: UUID) -> Known:
    """Return what is known of one client, as the caller's transaction sees it."""
    await session.flush()
    connection = await session.connection()
    found = await connection.exec_driver_sql(FACTS, {"clients": [client_id]})
    return known_of(found.one(), clock.today())


async def facts_of(db: "Database", client_id: UUID) -> Facts:
    """Return what a client's deadlines are counted from; raises NotFound as `known`."""
    async with db.reading_fast() as connection:
        return (await known(connection, client_id)).facts


def known_of(row: Sequence[Any], today: date) -> Known:
    """Return what a row of FACTS says, seen from `today`."""
    (
        client_id, phase, authority, review_due, period_start, period_end, client_since, interviewed_on,
        birth_date, ground, first_permit_on, municipality_since, first_plan_on, learned_on, requested_on,
        started_on, finished_on, plan_needed, family, trafficked, unaccompanied, guardian_since, closed_on,
        documents, interview_on, plan_rows, review_rows, interruptions, extensions, claims,
        told_reviews, cancel_by, counted,
    ) = row  # fmt: skip
    plans = _plans(plan_rows or (), first_plan_on)
    reviews = _reviews(review_rows or (), told_reviews or ())
    by_hand = cast(dict[str, Sequence[Any]], counted or {})
    review_by_hand = review_due if _is_by_hand(by_hand.get("review"), review_due) else None
    if plan_rows or review_rows:
        review_by_hand = None
    period_by_hand = None
    if not (plan_rows or interruptions or extensions) and _is_by_hand(by_hand.get("period_end"), period_end):
        period_by_hand = (period_start, period_end)
    facts = Facts(
        birth_date=birth_date,
        ground_of_entry=ground,
        first_permit_on=first_permit_on,
        municipality_since=municipality_since,
        learned_on=learned_on,
        requested_on=requested_on,
        client_since=client_since,
        assessment_started_on=_earliest(started_on, interview_on, interviewed_on),
        assessment_finished_on=finished_on,
        plan_needed=plan_needed,
        drafting_started_on=_earliest(*(_day(p[6]) for p in plan_rows or ())),
        plans=plans,
        guided_on=max((day for p in plan_rows or () if (day := _day(p[5]))), default=None),
        reviews=reviews,
        next_review_on=_agreed_review(plan_rows or ()) or review_by_hand,
        interruptions=tuple(Interruption(_sure(i[0]), _day(i[1]), i[2]) for i in interruptions or ()),
        extensions=tuple(Extension(x[0], _day(x[1]), x[2]) for x in extensions or ()),
        responsible_authority=authority,
        trafficking_victim=bool(trafficked),
        unaccompanied_minor=bool(unaccompanied),
        guardian_since=guardian_since,
        permit_until=_latest_of(documents or (), _PERMITS),
        passport_until=_latest_of(documents or (), _PASSPORTS),
        interpreter_cancel_by=tuple(sorted({_sure(day) for day in cancel_by or ()})),
        quota_family=bool(family),
        compensation_claimed_years=tuple(claims or ()),
        closed_on=(closed_on or today) if phase == "closed" else None,
    )
    return Known(client_id, phase, facts, review_by_hand, period_by_hand)


def _plans(rows: Sequence[Sequence[Any]], first_plan_on: date | None) -> tuple[Plan, ...]:
    drawn = [Plan(_day(p[0]), _day(p[1]), _day(p[2]), _day(p[3])) for p in rows if p[0] or p[1]]
    first = min((day for plan in drawn if (day := plan.drawn_on or plan.signed_on)), default=None)
    # A first plan that another municipality drew up, or from before this program, is known by its day alone.
    if first_plan_on and (first is None or first_plan_on < first):
        return (Plan(first_plan_on, first_plan_on), *drawn)
    return tuple(drawn)


def _reviews(rows: Sequence[Sequence[Any]], told: Sequence[str]) -> tuple[Review, ...]:
    reviews = [Review(_sure(r[0]), _day(r[1])) for r in rows]
    days = {review.held_on for review in reviews}
    # A review told only on the timeline was held all the same.
    return (*reviews, *(Review(day) for day in sorted({_sure(day) for day in told} - days)))


def _agreed_review(rows: Sequence[Sequence[Any]]) -> date | None:
    in_force = [p for p in rows if p[0] or p[1]]
    return _day(in_force[-1][4]) if in_force else None


def _latest_of(documents: Sequence[Sequence[Any]], kinds: Sequence[Sequence[str]]) -> date | None:
    for alike in kinds:
        days = [_sure(day) for kind, day in documents if kind in alike]
        if days:
            return max(days)
    return None


def _is_by_hand(counted: Sequence[Any] | None, day: date | None) -> bool:
    if day is None:
        return False
    if counted is None or _day(counted[0]) != day:
        return True
    notes = cast(dict[str, list[dict[str, Any]]], counted[1] or {}).get("notes", [])
    return any(note["kind"] in _BY_HAND for note in notes)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _day(text: object) -> date | None:
    return date.fromisoformat(cast(str, text)) if text else None


def _sure(text: object) -> date:
    return date.fromisoformat(cast(str, text))
