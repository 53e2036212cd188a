"""Reception of people who arrive in the municipality: households, steps, and what the State compensates."""

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
    required,
    version,
)

ARRIVAL_SOURCES = ("quota", "reception_centre", "family", "direct", "other")
STEP_OWNERS = (
    "counsellor",
    "lead",
    "housing",
    "county",
    "population_register",
    "kela",
    "police",
    "education",
    "employment_authority",
    "client",
    "other",
)


class Arrival(Table, table=True):
    """A household that arrives together; `label` names it without naming anybody."""

    __table_args__ = (
        CheckConstraint(f"source in {ARRIVAL_SOURCES}", name="source"),
        Index("ix_arrival_day", "arrives_on"),
    )

    id: UUID = key()
    label: str = line(9, needed=True)
    arrives_on: date = required(9)
    source: str = line(3, needed=True)
    place: str | None = line(9)
    persons: int | None = column(5)
    template: str = line(TECHNICAL, needed=True)
    responsible: str | None = line(STAFF)
    cancelled_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    cancelled_reason: str | None = line(9)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class ArrivalPerson(Table, table=True):
    """A client who arrives with the household, or was brought in by mistake and was taken out again."""

    __table_args__ = (Index("ix_arrival_person_client", "client_id"),)

    arrival_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.arrival.id")
    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()


class ReceptionStep(Table, table=True):
    """A step of the reception, for the household or for one person of it."""

    __table_args__ = (
        CheckConstraint(f"owner in {STEP_OWNERS}", name="owner"),
        CheckConstraint("done_on is null or not_applicable_reason is null", name="one_end"),
        Index("ix_reception_step_arrival", "arrival_id"),
        Index("ix_reception_step_client", "client_id"),
        Index(
            "ix_reception_step_open",
            "due_on",
            postgresql_where=text("done_on is null and not_applicable_reason is null and removed_at is null"),
        ),
    )

    id: UUID = key()
    arrival_id: UUID = required(TECHNICAL, foreign_key="app.arrival.id")
    client_id: UUID | None = column(TECHNICAL, foreign_key="app.client.id")
    code: str = line(9, needed=True)
    title: str | None = line(9)
    owner: str = line(9, needed=True)
    responsible: str | None = line(STAFF)
    due_on: date = required(9)
    blocked_by: UUID | None = column(TECHNICAL, foreign_key="app.reception_step.id")
    done_on: date | None = column(9)
    done_by: str | None = line(STAFF)
    not_applicable_reason: str | None = line(9)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class CompensationClaim(Table, table=True):
    """A claim for imputed compensation made to the State for one client and calendar year."""

    __table_args__ = (
        CheckConstraint("year between 2000 and 2100", name="year"),
        Index("ix_compensation_claim_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    year: int = required(9)
    old_law: bool = column(9, False, nullable=False, column={"server_default": text("false")})
    claimed_on: date = required(9)
    reference: str | None = line(9)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()
