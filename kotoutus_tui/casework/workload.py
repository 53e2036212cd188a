"""What each counsellor carries: clients weighed by points, over the working time they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# The team's own numbers until the lead sets others; a complexity counts for each of its three steps.
POINTS: Mapping[str, int] = {
    "phase_arriving": 2,
    "phase_new": 4,
    "phase_assessment": 4,
    "phase_plan": 3,
    "phase_after_plan": 1,
    "interpreter": 1,
    "household_of_four": 1,
    "complexity": 2,
    "deadline_in_30_days": 1,
}
_LARGE_HOUSEHOLD = 4
_MOST_DEADLINES = 2  # more of them in one month are seldom as many visits


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What a client is weighed by: keys, codes and numbers, no name. `excluded` may not have the client."""

    client_id: UUID
    own_counsellor: str | None
    phase: str
    service_language: str | None
    interpreter_needed: bool
    household_id: UUID | None
    household_size: int | None
    deadlines: int
    complexity: int
    locked: bool
    excluded: Sequence[str]
    assigned_on: date | None
    moved_in_a_year: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """A counsellor with the percent of a full-time week and the languages of work; `away` from today on."""

    login: str
    name: str
    percent: int
    languages: frozenset[str]
    away: bool


@dataclass(frozen=True)
class Carried:
    """What one counsellor carries; `height` is points per full-time post, None without working time."""

    colleague: Colleague
    clients: int = 0
    points: int = 0
    interpreted: int = 0
    new: int = 0
    deadlines: int = 0

    @property
    def height(self) -> float | None:
        """Points per full-time post."""
        return 100 * self.points / self.colleague.percent if self.colleague.percent else None


@dataclass(frozen=True)
class Workload:
    """The team as it is now; `clients` is empty for a counsellor, who sees numbers only."""

    colleagues: Sequence[Colleague]
    carried: Sequence[Carried]
    points: Mapping[str, int]
    clients: Sequence[ClientFacts] = field(default=(), repr=False)

    @property
    def without_counsellor(self) -> int:
        """How many clients have nobody yet."""
        return sum(client.own_counsellor is None for client in self.clients)


@dataclass(frozen=True)
class Trend:
    """Clients of one counsellor on the last twelve Mondays, the oldest first; plans `ending` in 90 days."""

    ending: int
    weeks: Sequence[int]

    @property
    def change(self) -> int:
        """How many more clients than twelve weeks ago."""
        return self.weeks[-1] - self.weeks[0] if self.weeks else 0


async def trends(db: "Database") -> Mapping[str, Trend]:
    """Return how the number of clients has changed, by login."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute("select * from api.team_trend()")).fetchall()
    return {login: Trend(ending, weeks) for login, ending, weeks in rows}


def weigh(client: ClientFacts, points: Mapping[str, int]) -> int:
    """Return the points of a client, at least one."""
    total = points.get(f"phase_{client.phase}", 0) + client.complexity * points["complexity"]
    total += points["interpreter"] if client.interpreter_needed else 0
    total += points["household_of_four"] if (client.household_size or 1) >= _LARGE_HOUSEHOLD else 0
    total += min(client.deadlines, _MOST_DEADLINES) * points["deadline_in_30_days"]
    return max(1, total)


async def read(db: "Database", *, lead: bool) -> Workload:
    """Return the workload; a lead gets every client's facts too, which is logged as a list."""
    async with db.reading_fast() as connection:
        async with connection.cursor(row_factory=class_row(_Person)) as cursor:
            await cursor.execute(_COLLEAGUES, [clock.today()] * 3)
            colleagues = [person.colleague() for person in await cursor.fetchall()]
        rows = await (await connection.execute(_POINTS, [clock.today()])).fetchall()
        points = {**POINTS, **dict(rows)}
        if not lead:
            counted = await (await connection.execute("select * from api.team_counts()")).fetchall()
            return Workload(colleagues, _counts(colleagues, counted), points)
        async with connection.cursor(row_factory=class_row(ClientFacts)) as cursor:
            await cursor.execute("select * from api.workload_facts() order by client_id")
            clients = await cursor.fetchall()
    await db.call("log_use", "list", "workload", len(clients))
    return Workload(colleagues, carry(colleagues, clients, points), points, clients)


def carry(
    colleagues: Sequence[Colleague], clients: Sequence[ClientFacts], points: Mapping[str, int]
) -> list[Carried]:
    """Return what each colleague carries of these clients, in the order of the colleagues."""
    by_login: dict[str | None, list[ClientFacts]] = {}
    for client in clients:
        by_login.setdefault(client.own_counsellor, []).append(client)
    return [
        Carried(
            colleague,
            len(own := by_login.get(colleague.login, [])),
            sum(weigh(client, points) for client in own),
            sum(client.interpreter_needed for client in own),
            sum(client.phase == "new" for client in own),
            sum(client.deadlines for client in own),
        )
        for colleague in colleagues
    ]


@dataclass(frozen=True)
class _Person:
    login: str
    name: str
    percent: int
    languages: Sequence[str]
    away: bool

    def colleague(self) -> Colleague:
        return Colleague(self.login, self.name, self.percent, frozenset(self.languages), self.away)


def _counts(colleagues: Sequence[Colleague], rows: Sequence[tuple[str, str, int, int]]) -> list[Carried]:
    return [
        Carried(
            colleague,
            sum(many for login, _phase, _spoken, many in rows if login == colleague.login),
            0,
            sum(spoken for login, _phase, spoken, _many in rows if login == colleague.login),
            sum(many for login, phase, _spoken, many in rows if (login, phase) == (colleague.login, "new")),
        )
        for colleague in colleagues
    ]


_POINTS = """
select distinct on (factor) factor, points from app.workload_point
 where valid_from <= %s order by factor, valid_from desc
"""
_COLLEAGUES = """
select s.login, s.name,
       coalesce((select w.percent from app.working_time w
                  where w.login = s.login and w.valid_from <= %s
                  order by w.valid_from desc limit 1), 100) as percent,
       array(select l.language::text from app.staff_language l
              where l.login = s.login and l.removed_at is null order by l.language) as languages,
       exists (select from app.absence a where a.login = s.login and a.removed_at is null
                  and %s between a.from_on and a.to_on and a.to_on > %s) as away
  from app.staff s
 where s.role = 'counsellor' and s.active
 order by s.name, s.login
"""
