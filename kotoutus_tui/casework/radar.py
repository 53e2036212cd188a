"""The radar: what is due by law and by own tasks, day by day, for all clients a person may list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

PAGE = 100  # rows read at a time
TASK = "task"
GROUPS = ("overdue", "today", "week", "month", "quarter", "snoozed")
_FARTHEST = 90  # days ahead


@dataclass(frozen=True)
class RadarQuery:
    """What is shown; `group` is one of GROUPS or empty for everything that is not snoozed.

    `days` says how far ahead everything reaches. `section` is a citation such as 22 § 1 mom. 681/2023,
    `counsellor` a login; `rule` a code of a rule or `task`.
    """

    group: str = ""
    client_id: UUID | None = None
    counsellor: str | None = None
    section: str | None = None
    rule: str | None = None
    days: int = _FARTHEST

    def with_group(self, group: str) -> "RadarQuery":
        """Return the same query for another group."""
        return replace(self, group=group)


@dataclass(frozen=True)
class RadarRow:
    """One thing that is due. An own task has the rule `task`, its title, and no section.

    `subject` tells deadlines of one rule apart, `basis` is what deadline_basis.explanation reads.
    `snooze_reason` is known only while the client is open.
    """

    client_id: UUID
    name: str
    rule: str
    subject: str
    title: str | None
    section: str
    due_on: date
    statutory: bool
    basis: dict[str, Any] | None
    snoozed_until: date | None
    counsellor_name: str | None
    snooze_id: UUID | None
    snooze_reason: str | None

    @property
    def key(self) -> str:
        """What tells the row apart from all others."""
        return f"{self.client_id} {self.rule} {self.subject}"

    @property
    def is_task(self) -> bool:
        """Whether it is somebody's own task and no deadline of a rule."""
        return self.rule == TASK


@dataclass(frozen=True)
class RadarCounts:
    """How many are in each group, and in the query as a whole."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    month: int = 0
    quarter: int = 0
    snoozed: int = 0
    total: int = 0

    def of(self, group: str) -> int:
        """Return the count of one of GROUPS."""
        return getattr(self, group)


async def page(db: "Database", query: RadarQuery, offset: int, limit: int) -> Sequence[RadarRow]:
    """Return what is due from `offset` on, the earliest first and by name within a day."""
    deadlines, tasks, values = _parts(query)
    statement: LiteralString = (
        "with page as (select x.*, row_number() over () as place from (("  # noqa: S608 (constants of this module alone)
        + _DEADLINES + deadlines + ") union all (" + _TASKS + tasks
        + ") order by due_on, sort_name, client_id, rule, subject limit %(limit)s offset %(offset)s) x) "
        + _SHOWN
    )  # fmt: skip
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(RadarRow)) as cursor,
    ):
        await cursor.execute(statement, values | {"limit": limit, "offset": offset})
        return await cursor.fetchall()


async def counts(db: "Database", query: RadarQuery) -> RadarCounts:
    """Return how many are in each group of the query, whichever group it shows, and how many it shows."""
    deadlines, tasks, values = _parts(replace(query, group="any"))
    shown: LiteralString = _GROUP_SQL[query.group]
    statement: LiteralString = (
        "select "  # noqa: S608 (constants of this module alone)
        + _COUNTS
        + ", count(*) filter (where "
        + shown
        + ") as total from (select d.due_on, d.snoozed_until from app.deadline d where "
        + deadlines
        + " union all select t.due_on, null from app.task t"
        " join app.client c on c.id = t.client_id where " + tasks + ") x"
    )
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(RadarCounts)) as cursor,
    ):
        await cursor.execute(statement, values)
        return await cursor.fetchone() or RadarCounts()


async def place(db: "Database", query: RadarQuery, key: str) -> int | None:
    """Return where the row with this key stands in the query, from 0; None when it is not there."""
    client, _blank, rest = key.partition(" ")
    rule, _blank, subject = rest.partition(" ")
    deadlines, tasks, values = _parts(query)
    rows: LiteralString = "(" + _DEADLINES + deadlines + ") union all (" + _TASKS + tasks + ")"
    statement: LiteralString = (
        "with x as (" + rows + "), it as (select * from x"  # noqa: S608 (constants of this module alone)
        " where client_id = %(at)s and rule = %(at_rule)s and subject = %(at_subject)s)"
        " select count(*) from x, it where (x.due_on, x.sort_name, x.client_id, x.rule, x.subject)"
        " < (it.due_on, it.sort_name, it.client_id, it.rule, it.subject) having exists (select from it)"
    )  # fmt: skip
    values |= {"at": UUID(client), "at_rule": rule, "at_subject": subject}
    async with db.reading_fast() as connection:
        row = await (await connection.execute(statement, values)).fetchone()
    return row[0] if row else None


async def sections(db: "Database", query: RadarQuery) -> Sequence[tuple[str, int]]:
    """Return the sections of law there is something due by, with how many, by section."""
    deadlines, _tasks, values = _parts(replace(query, section=None))
    statement: LiteralString = (
        "select d.section, count(*) from app.deadline d where "  # noqa: S608 (constants of this module alone)
        + deadlines
        + " group by 1 order by 1"
    )
    async with db.reading_fast() as connection:
        return await (await connection.execute(statement, values)).fetchall()


async def counsellors(db: "Database") -> Sequence[tuple[str, str]]:
    """Return login and name of the counsellors there are."""
    async with db.reading_fast() as connection:
        found = await connection.execute(
            "select login, name from app.staff where role = 'counsellor' and active order by name"
        )
        return await found.fetchall()


_AWAKE: LiteralString = "(x.snoozed_until is null or x.snoozed_until <= %(today)s)"
_BETWEEN: dict[str, LiteralString] = {
    "": "x.due_on <= %(today)s + %(days)s::int",
    "overdue": "x.due_on < %(today)s",
    "today": "x.due_on = %(today)s",
    "week": "x.due_on between %(today)s + 1 and %(today)s + 7",
    "month": "x.due_on between %(today)s + 8 and %(today)s + 30",
    "quarter": "x.due_on between %(today)s + 31 and %(today)s + 90",
}
_GROUP_SQL: dict[str, LiteralString] = {
    **{group: within + " and " + _AWAKE for group, within in _BETWEEN.items()},
    "snoozed": "x.snoozed_until > %(today)s",
    "any": "(x.due_on <= %(today)s + %(days)s::int or x.snoozed_until > %(today)s)",
}


def _listed(parts: Sequence[LiteralString]) -> LiteralString:
    joined: LiteralString = ", ".join(parts)
    return joined


def _counted(group: LiteralString) -> LiteralString:
    return "count(*) filter (where " + _GROUP_SQL[group] + ") as " + group


_COUNTS: LiteralString = _listed(
    [_counted(g) for g in ("overdue", "today", "week", "month", "quarter", "snoozed")]
)
_DEADLINES: LiteralString = (
    "select d.client_id, c.sort_name, c.name, d.rule, d.subject, null as title, d.section, d.due_on,"
    " d.statutory, d.basis, d.snoozed_until, d.own_counsellor"
    " from app.deadline d join app.client c on c.id = d.client_id where "
)
_TASKS: LiteralString = (
    "select t.client_id, c.sort_name, c.name, 'task', t.id::text, t.title, '', t.due_on,"
    " false, null, null, c.own_counsellor from app.task t join app.client c on c.id = t.client_id where "
)
_SHOWN: LiteralString = (
    "select p.client_id, p.name, p.rule, p.subject, p.title, p.section, p.due_on, p.statutory, p.basis,"
    " p.snoozed_until, s.name as counsellor_name, z.id as snooze_id, z.reason as snooze_reason"
    " from page p left join app.staff s on s.login = p.own_counsellor"
    " left join lateral (select z.id, z.reason from app.snooze z where p.snoozed_until is not null"
    " and z.client_id = p.client_id and z.rule = p.rule and z.subject = p.subject and z.due_on = p.due_on"
    " and z.removed_at is null order by z.until desc limit 1) z on true order by p.place"
)


def _parts(query: RadarQuery) -> tuple[LiteralString, LiteralString, dict[str, Any]]:
    """Return the conditions of deadlines and of tasks, and their values."""
    group = _GROUP_SQL[query.group]
    deadlines: list[LiteralString] = [group.replace("x.", "d.")]
    tasks: list[LiteralString] = ["t.done_at is null and t.cancelled_at is null and c.phase <> 'closed'"]
    # A task is never snoozed: its day is changed on the timeline.
    tasks.append(_BETWEEN.get(query.group, _BETWEEN[""]).replace("x.", "t."))
    values: dict[str, Any] = {"today": clock.today(), "days": query.days}
    if query.group == "snoozed" or query.section is not None or query.rule not in (None, TASK):
        tasks.append("false")
    if query.client_id is not None:
        deadlines.append("d.client_id = %(client)s")
        tasks.append("t.client_id = %(client)s")
        values["client"] = query.client_id
    if query.counsellor:
        deadlines.append("d.own_counsellor = %(counsellor)s")
        tasks.append("c.own_counsellor = %(counsellor)s")
        values["counsellor"] = query.counsellor
    if query.section is not None:
        deadlines.append("d.section = %(section)s")
        values["section"] = query.section
    if query.rule is not None:
        deadlines.append("d.rule = %(rule)s")
        values["rule"] = query.rule
    both: LiteralString = " and "
    return both.join(deadlines), both.join(tasks), values
