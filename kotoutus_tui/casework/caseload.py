"""The caseload: a page of clients, live counts of what waits, and a glance at the latest events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.caseload_query import STATUSES, CaseloadQuery

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

PAGE = 100  # rows read at a time
_MOST_OWN = 2000
_OWN: LiteralString = (
    'select id from app.client where own_counsellor = session_user::text collate "default" limit %(most)s'
)


@dataclass(frozen=True)
class CaseloadRow:
    """One client as lists show it; `statuses` are codes of caseload_query.STATUSES.

    `next_title` is None for the lead until the client has been opened.
    """

    id: UUID
    name: str
    phase: str
    own_counsellor: str | None
    counsellor_name: str | None
    next_due: date | None
    next_title: str | None
    last_contact_on: date | None
    service_language: str | None
    interpreter_needed: bool
    period_start: date | None
    period_end: date | None
    statuses: list[str]

    def period_months(self) -> tuple[int, int] | None:
        """Return months of the integration period gone by and in all; None when it is not known."""
        if self.period_start is None or self.period_end is None:
            return None
        total = _months(self.period_start, self.period_end + timedelta(days=1))
        gone = _months(self.period_start, clock.today())
        return max(0, min(gone, total)), total


@dataclass(frozen=True)
class StatusCounts:
    """How many open clients have each status, and how many the whole query finds.

    `place` is where the client asked about stands in the query, from 0; None when it is not there.
    """

    new: int
    no_interview: int
    review_due: int
    no_contact: int
    referral_unanswered: int
    plan_ending: int
    protected: int
    total: int
    place: int | None = None

    def of(self, status: str) -> int:
        """Return the count of one of caseload_query.STATUSES."""
        return getattr(self, status)


@dataclass(frozen=True)
class Glimpse:
    """Kind, time and author of a recent event, without its content."""

    client_id: UUID
    kind: str
    occurred_at: datetime
    author: str


async def page(
    db: "Database", query: CaseloadQuery, offset: int, limit: int, *, own: bool = False
) -> Sequence[CaseloadRow]:
    """Return the clients from `offset` on that this person may list, in the order of the query.

    `own` leaves out those one sees as a deputy, unless the query asks for a counsellor.
    """
    where, values = _where(query, own=own)
    statement: LiteralString = (
        "with page as (select c.*, row_number() over (order by "  # noqa: S608 (constants of this module alone)
        + _ORDERS[query.sort]
        + ") as place from app.client c where "
        + where
        + " order by "
        + _ORDERS[query.sort]
        + " limit %(limit)s offset %(offset)s) "
        + _SHOWN
    )
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(CaseloadRow)) as cursor,
    ):
        await cursor.execute(statement, values | {"limit": limit, "offset": offset})
        return await cursor.fetchall()


async def counts(
    db: "Database", query: CaseloadQuery, at: UUID | None = None, *, own: bool = False
) -> StatusCounts:
    """Return the live counts of the strip, the total of the query and the place of the client `at` in it.

    One statement for all three; `own` as in `page`.
    """
    where, values = _where(query, own=own)
    whose = _whose(query, own=own)
    statement: LiteralString = _COUNTS + ", count(*) filter (where " + where + ") as total"
    if at is None:
        statement += " from app.client c where " + whose
    else:
        # How many stand before it: cheaper than numbering the rows.
        key = _KEYS[query.sort]
        statement += (
            ", case when bool_or(it.found) then count(*) filter (where "  # noqa: S608 (constants of this module alone)
            + where
            + " and ("
            + key
            + ") < (it.one, it.two, it.three)) end as place from app.client c left join (select "
            + key
            + ", ("
            + where
            + ") from app.client c where c.id = %(id)s) it (one, two, three, found) on true where "
            + whose
        )
        values |= {"id": at}
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(StatusCounts)) as cursor,
    ):
        await cursor.execute(statement, values)
        found = await cursor.fetchone()
    return found or StatusCounts(*[0] * (len(STATUSES) + 1))


async def own_ids(db: "Database") -> frozenset[UUID] | None:
    """Return every own client, closed ones too; None for more than a person can have."""
    async with db.reading_fast() as connection:
        found = await (await connection.execute(_OWN, {"most": _MOST_OWN + 1})).fetchall()
    return frozenset(row[0] for row in found) if len(found) <= _MOST_OWN else None


async def glance(db: "Database", client_ids: Sequence[UUID]) -> Sequence[Glimpse]:
    """Return the latest three events of each of up to 50 clients, newest first; kinds and times only."""
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(Glimpse)) as cursor,
    ):
        await cursor.execute("select * from api.glance(%s)", (list(client_ids),))
        return await cursor.fetchall()


def is_late(day: date) -> bool:
    """Whether a due date has passed."""
    return day < clock.today()


def local_day(moment: datetime) -> date:
    """Return the calendar day in Helsinki of an aware moment."""
    return moment.astimezone(clock.HELSINKI).date()


_STATUS_SQL: dict[LiteralString, LiteralString] = {
    "new": "(c.phase <> 'closed' and c.assigned_on > %(today)s - 14)",
    "no_interview": "(c.phase not in ('arriving', 'closed') and c.interviewed_on is null)",
    "review_due": "(c.phase <> 'closed' and c.review_due is not null and c.review_due <= %(today)s)",
    "no_contact": (
        "(c.phase not in ('arriving', 'closed')"
        " and coalesce(c.last_contact_on, c.assigned_on) < %(today)s - 30)"
    ),
    "referral_unanswered": "(c.phase <> 'closed' and c.referral_waiting_since is not null)",
    "plan_ending": (
        "(c.phase <> 'closed' and c.period_end is not null"
        " and c.period_end between %(today)s and %(today)s + 90)"
    ),
    "protected": "(c.phase <> 'closed' and c.protected)",
}
_ORDERS: dict[str, LiteralString] = {
    "next": "c.next_due nulls last, c.sort_name, c.id",
    "name": "c.sort_name, c.id",
    "contact": "c.last_contact_on nulls first, c.sort_name, c.id",
    "period": "c.period_end nulls last, c.sort_name, c.id",
}
# The same orders as values that can be compared: three for every order.
_KEYS: dict[str, LiteralString] = {
    "next": "coalesce(c.next_due, 'infinity'), c.sort_name, c.id",
    "name": "c.sort_name, c.id, 0",
    "contact": "coalesce(c.last_contact_on, '-infinity'), c.sort_name, c.id",
    "period": "coalesce(c.period_end, 'infinity'), c.sort_name, c.id",
}


def _listed(parts: Sequence[LiteralString]) -> LiteralString:
    joined: LiteralString = ", ".join(parts)
    return joined


_COUNTS: LiteralString = "select " + _listed(
    ["count(*) filter (where " + _STATUS_SQL[each] + ") as " + each for each in _STATUS_SQL]
)
# The statuses are an array in the order of STATUSES; titles are fetched for the rows of the page alone.
_SHOWN: LiteralString = (
    "select c.id, c.name, c.phase, c.own_counsellor, s.name as counsellor_name, c.next_due,"  # noqa: S608 (constants of this module alone)
    " t.title as next_title, c.last_contact_on, c.service_language, c.interpreter_needed,"
    " c.period_start, c.period_end, array_remove(array["
    + _listed(["case when " + _STATUS_SQL[status] + " then '" + status + "' end" for status in _STATUS_SQL])
    + "], null) as statuses from page c left join app.task t on t.id = c.next_task_id"
    " left join app.staff s on s.login = c.own_counsellor order by c.place"
)


def _whose(query: CaseloadQuery, *, own: bool) -> LiteralString:
    # Said as the policy says it, so that the index of one's own clients serves both.
    if query.counsellor:
        return "c.own_counsellor = %(counsellor)s"
    return 'c.own_counsellor = session_user::text collate "default"' if own else "true"


def _where(query: CaseloadQuery, *, own: bool) -> tuple[LiteralString, dict[str, Any]]:
    conditions: list[LiteralString] = [_STATUS_SQL[each] for each in STATUSES if each in query.statuses]
    values: dict[str, Any] = {"today": clock.today()}
    if query.phases:
        conditions.append("c.phase = any(%(phases)s)")
        values["phases"] = sorted(query.phases)
    else:
        conditions.append("c.phase <> 'closed'")
    if query.languages:
        conditions.append("c.service_language = any(%(languages)s)")
        values["languages"] = sorted(query.languages)
    if query.interpreter is not None:
        conditions.append("c.interpreter_needed = %(interpreter)s")
        values["interpreter"] = query.interpreter
    conditions.append(_whose(query, own=own))
    if query.counsellor:
        values["counsellor"] = query.counsellor
    if query.due_within is not None:
        conditions.append("c.next_due <= %(today)s + %(due_within)s::int")
        values["due_within"] = query.due_within
    if query.due_after is not None:
        conditions.append("c.next_due > %(today)s + %(due_after)s::int")
        values["due_after"] = query.due_after
    joined: LiteralString = " and ".join(conditions)
    return joined, values


def _months(start: date, end: date) -> int:
    whole = (end.year - start.year) * 12 + end.month - start.month
    return whole - (end.day < start.day)
