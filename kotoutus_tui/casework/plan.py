"""A client's plans: versions with their goals, measures and services, and the reviews that were held.

The client must have been opened; without an opening there is nothing to see.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

KINDS = ("integration", "household")
TERMS = ("long", "plan")
GOAL_STATES = ("open", "reached", "dropped")
MEASURE_KINDS = ("measure", "service")
MEASURE_STATES = ("planned", "under_way", "done", "dropped")


@dataclass(frozen=True)
class Goal:
    """A goal; `term` is one of TERMS, `state` one of GOAL_STATES."""

    id: UUID
    plan_id: UUID
    term: str
    goal: str
    state: str


@dataclass(frozen=True)
class Measure:
    """A measure or a service, justified against the goal it serves (19 § 3 mom. 681/2023)."""

    id: UUID
    plan_id: UUID
    goal_id: UUID
    kind: str
    title: str
    justification: str
    provider: str | None
    starts_on: date | None
    ends_on: date | None
    state: str


@dataclass(frozen=True)
class Review:
    """A review that was held, and the day agreed for the next one."""

    id: UUID
    plan_id: UUID | None
    held_on: date
    participation: str | None
    progress: str | None
    obstacles: str | None
    changes: str | None
    next_review_on: date | None


@dataclass(frozen=True)
class Version:
    """A version of a plan: a draft until it is drawn up; `guided_on` is the guidance to a service of it."""

    id: UUID
    kind: str
    number: int
    drawn_on: date | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    next_review_on: date | None
    guided_on: date | None
    own_words: str | None
    parties: str | None
    county_participates: bool
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it was not drawn up yet."""
        return self.drawn_on is None

    def measures_of(self, goal: Goal) -> list[Measure]:
        """Return the measures and services that serve a goal."""
        return [each for each in self.measures if each.goal_id == goal.id]


@dataclass(frozen=True)
class Plans:
    """All versions, the newest first within a kind, and all reviews, the newest first."""

    versions: tuple[Version, ...] = ()
    reviews: tuple[Review, ...] = ()

    def of(self, kind: str) -> list[Version]:
        """Return the versions of one kind, the newest first."""
        return [each for each in self.versions if each.kind == kind]

    def draft(self, kind: str) -> Version | None:
        """Return the version that is being drafted."""
        return next((each for each in self.of(kind) if each.is_draft), None)

    def in_force(self, kind: str) -> Version | None:
        """Return the latest version that was drawn up."""
        return next((each for each in self.of(kind) if not each.is_draft), None)

    def find(self, version_id: UUID) -> Version | None:
        """Return the version with this id."""
        return next((each for each in self.versions if each.id == version_id), None)

    @property
    def next_review_on(self) -> date | None:
        """The day agreed for the next review of the integration plan: what was agreed last counts."""
        plan = self.in_force("integration")
        if plan is None:
            return None
        later = [each for each in self.reviews if plan.drawn_on is None or each.held_on >= plan.drawn_on]
        return next((each.next_review_on for each in later if each.next_review_on), plan.next_review_on)


@dataclass
class _Parts:
    goals: dict[UUID, list[Goal]] = field(default_factory=dict[UUID, list[Goal]])
    measures: dict[UUID, list[Measure]] = field(default_factory=dict[UUID, list[Measure]])


async def plans(db: "Database", client_id: UUID) -> Plans:
    """Return everything about the client's plans."""
    parts = _Parts()
    async with db.reading_fast() as connection:
        for row in await (await connection.execute(_GOALS, [client_id])).fetchall():
            goal = Goal(*row)
            parts.goals.setdefault(goal.plan_id, []).append(goal)
        for row in await (await connection.execute(_MEASURES, [client_id])).fetchall():
            measure = Measure(*row)
            parts.measures.setdefault(measure.plan_id, []).append(measure)
        versions = await (await connection.execute(_VERSIONS, [client_id])).fetchall()
        reviews = await (await connection.execute(_REVIEWS, [client_id])).fetchall()
    return Plans(
        tuple(
            Version(
                *row,
                goals=tuple(parts.goals.get(row[0], ())),
                measures=tuple(parts.measures.get(row[0], ())),
            )
            for row in versions
        ),
        tuple(Review(*row) for row in reviews),
    )


_GOALS = """
select id, plan_id, term, goal, state from app.plan_goal
 where client_id = %s and removed_at is null order by term, id
"""
_MEASURES = """
select id, plan_id, goal_id, kind, title, justification, provider, starts_on, ends_on, state
  from app.plan_measure where client_id = %s and removed_at is null order by id
"""
_VERSIONS = """
select id, kind, number, drawn_on, signed_on, starts_on, ends_on, next_review_on, guided_on, own_words,
       parties, county_participates
  from app.plan where client_id = %s and removed_at is null order by kind desc, number desc
"""
_REVIEWS = """
select id, plan_id, held_on, participation, progress, obstacles, changes, next_review_on
  from app.plan_review where client_id = %s and removed_at is null order by held_on desc, id desc
"""
