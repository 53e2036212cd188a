"""The integration plan: versions, goals, measures and services justified against a goal, and reviews."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from models.base import (
    STAFF,
    TECHNICAL,
    Moment,
    Table,
    by_database,
    column,
    key,
    line,
    moment,
    prose,
    required,
    version,
)
from models.client_status import yes_no

PLAN_KINDS = ("integration", "household")
GOAL_TERMS = ("long", "plan")
GOAL_STATES = ("open", "reached", "dropped")
MEASURE_KINDS = ("measure", "service")
MEASURE_STATES = ("planned", "under_way", "done", "dropped")


class Plan(Table, table=True):
    """A version of a plan; it is a draft until `drawn_on` is set, and a later number takes its place."""

    __table_args__ = (
        CheckConstraint(f"kind in {PLAN_KINDS}", name="kind"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        Index(
            "uq_plan_number",
            "client_id",
            "kind",
            "number",
            unique=True,
            postgresql_where=text("removed_at is null"),
        ),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    kind: str = line(6, needed=True, default="integration", column={"server_default": text("'integration'")})
    number: int = required(6)
    drawn_on: date | None = column(6)
    signed_on: date | None = column(6)
    starts_on: date | None = column(6)
    ends_on: date | None = column(6)
    next_review_on: date | None = column(6)
    guided_on: date | None = column(6)
    own_words: str | None = prose(6)
    parties: str | None = prose(6)
    county_participates: bool = yes_no(6)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class PlanGoal(Table, table=True):
    """A long-term goal or one for the time of the plan."""

    __table_args__ = (
        CheckConstraint(f"term in {GOAL_TERMS}", name="term"),
        CheckConstraint(f"state in {GOAL_STATES}", name="state"),
        Index("ix_plan_goal_plan", "plan_id"),
        Index("ix_plan_goal_client", "client_id"),
    )

    id: UUID = key()
    plan_id: UUID = required(TECHNICAL, foreign_key="app.plan.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    term: str = line(6, needed=True)
    goal: str = prose(6, needed=True)
    state: str = line(6, needed=True, default="open", column={"server_default": text("'open'")})
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class PlanMeasure(Table, table=True):
    """A measure or service; section 19(3) of the Act wants it justified against a goal of the plan."""

    __table_args__ = (
        CheckConstraint(f"kind in {MEASURE_KINDS}", name="kind"),
        CheckConstraint(f"state in {MEASURE_STATES}", name="state"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        Index("ix_plan_measure_plan", "plan_id"),
        Index("ix_plan_measure_client", "client_id"),
    )

    id: UUID = key()
    plan_id: UUID = required(TECHNICAL, foreign_key="app.plan.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    goal_id: UUID = required(TECHNICAL, foreign_key="app.plan_goal.id")
    kind: str = line(6, needed=True)
    title: str = line(6, needed=True)
    justification: str = prose(6, needed=True)
    provider: str | None = line(6)
    starts_on: date | None = column(6)
    ends_on: date | None = column(6)
    state: str = line(6, needed=True, default="planned", column={"server_default": text("'planned'")})
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class PlanReview(Table, table=True):
    """A review of the plan: participation, progress, obstacles, changes and the next date."""

    __table_args__ = (
        CheckConstraint("next_review_on > held_on", name="order"),
        Index("ix_plan_review_client", "client_id", "held_on"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    plan_id: UUID | None = column(TECHNICAL, foreign_key="app.plan.id")
    held_on: date = required(6)
    participation: str | None = prose(6)
    progress: str | None = prose(6)
    obstacles: str | None = prose(6)
    changes: str | None = prose(6)
    next_review_on: date | None = column(6)
    operation_id: UUID | None = column(TECHNICAL)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()
