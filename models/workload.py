"""What a client weighs, how much time a counsellor has, and in which languages the team can work."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from models.base import (
    STAFF,
    TECHNICAL,
    Moment,
    SafeText,
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

FACTORS = (
    "phase_arriving",
    "phase_new",
    "phase_assessment",
    "phase_plan",
    "phase_after_plan",
    "interpreter",
    "household_of_four",
    "complexity",
    "deadline_in_30_days",
)


class WorkloadPoint(Table, table=True):
    """How many points a factor gives from a day on; the latest day that has come is in force."""

    __table_args__ = (
        CheckConstraint(f"factor in {FACTORS}", name="factor"),
        CheckConstraint("points between 0 and 20", name="points"),
        Index("uq_workload_point", "factor", "valid_from", unique=True),
    )

    id: UUID = key()
    factor: str = line(TECHNICAL, needed=True)
    points: int = required(TECHNICAL)
    valid_from: date = required(TECHNICAL)
    set_by: str = by_database("session_user", STAFF)
    set_at: datetime = moment()


class WorkingTime(Table, table=True):
    """A counsellor's share of a full-time week from a day on, in percent."""

    __table_args__ = (
        CheckConstraint("percent between 0 and 100", name="percent"),
        Index("uq_working_time", "login", "valid_from", unique=True),
    )

    id: UUID = key()
    login: str = line(STAFF, needed=True)
    percent: int = required(STAFF)
    valid_from: date = required(STAFF)
    set_by: str = by_database("session_user", STAFF)
    set_at: datetime = moment()


class StaffLanguage(Table, table=True):
    """A language a person of the staff can work in without an interpreter."""

    login: str = by_database("session_user", STAFF, sa_type=SafeText, primary_key=True)
    language: str = line(STAFF, needed=True, primary_key=True)
    set_by: str = by_database("session_user", STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)


class ClientWeight(Table, table=True):
    """What makes a client heavier than the phase tells, and whether the client must stay where they are."""

    __table_args__ = (
        CheckConstraint("complexity between 0 and 3", name="complexity"),
        CheckConstraint("not locked or lock_reason is not null", name="lock_reason"),
    )

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    complexity: int = required(6, default=0, column={"server_default": text("0")})
    locked: bool = yes_no(6)
    lock_reason: str | None = prose(6)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()
