"""The guidance log: advice given to city staff, partners, companies and residents, without their names."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

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

ASKERS = ("city_unit", "partner", "company", "resident", "other")
TOPICS = (
    "residence_permit", "housing", "work", "entrepreneurship", "studies", "language_courses", "family_school",
    "health_social", "benefits", "integration_services", "interpreting", "other",
)  # fmt: skip
OUTCOMES = ("answered", "guided_on", "appointment", "to_be_found_out")


class Company(Table, table=True):
    """A company whose international employees are advised."""

    id: UUID = key()
    name: str = line(TECHNICAL, needed=True)
    business_id: str | None = line(TECHNICAL)
    contact: str | None = line(STAFF)
    phone: str | None = line(STAFF)
    email: str | None = line(STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class GuidanceEntry(Table, table=True):
    """One piece of advice: who asked by kind, about what, how long; never who the person was."""

    __table_args__ = (
        CheckConstraint(f"asker in {ASKERS}", name="asker"),
        CheckConstraint(f"topic in {TOPICS}", name="topic"),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),
        CheckConstraint("minutes between 1 and 600", name="minutes"),
        Index("ix_guidance_entry_day", "given_on"),
    )

    id: UUID = key()
    given_on: date = required(TECHNICAL)
    asker: str = line(TECHNICAL, needed=True)
    company_id: UUID | None = column(TECHNICAL, foreign_key="app.company.id")
    topic: str = line(TECHNICAL, needed=True)
    language: str = line(TECHNICAL, needed=True)
    minutes: int = required(TECHNICAL)
    outcome: str = line(TECHNICAL, needed=True)
    note: str | None = prose(TECHNICAL)
    operation_id: UUID | None = column(TECHNICAL)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()
