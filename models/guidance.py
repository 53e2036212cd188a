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
from models.client_status import yes_no

ASKERS = ("city_unit", "partner", "company", "resident", "other")
TOPICS = (
    "residence_permit", "housing", "work", "entrepreneurship", "studies", "language_courses", "family_school",
    "health_social", "benefits", "integration_services", "interpreting", "other",
)  # fmt: skip
OUTCOMES = ("answered", "guided_on", "appointment", "to_be_found_out")
# What decides the papers of somebody who moves for work; a country would say more than is needed.
ROUTES = ("nordic", "eu", "permit")
SETTLING_OWNERS = (
    "company", "employee", "team", "population_register", "immigration_service", "other",
)  # fmt: skip
# The separators that a personal identity code has, or is given.
_PERSONAL_ID = "[0-9]{6} ?[-+A-FU-Ya-fu-y] ?[0-9]{3}[0-9A-Ya-y]"


class Company(Table, table=True):
    """A company whose international employees are advised."""

    id: UUID = key()
    name: str = line(TECHNICAL, needed=True)
    business_id: str | None = line(TECHNICAL)
    contact: str | None = line(STAFF)
    phone: str | None = line(STAFF)
    email: str | None = line(STAFF)
    contact_confirmed_on: date | None = column(STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class CompanyArrival(Table, table=True):
    """International employees who come to a company in one month: how many, never who."""

    __table_args__ = (
        CheckConstraint(f"route in {ROUTES}", name="route"),
        CheckConstraint("people between 1 and 500", name="people"),
        CheckConstraint("extract(day from month) = 1", name="month"),
        Index("ix_company_arrival_company", "company_id"),
    )

    id: UUID = key()
    company_id: UUID = required(TECHNICAL, foreign_key="app.company.id")
    month: date = required(TECHNICAL)
    people: int = required(TECHNICAL)
    route: str = line(TECHNICAL, needed=True)
    language: str | None = line(TECHNICAL)
    families: bool = yes_no(TECHNICAL)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class CompanyStep(Table, table=True):
    """A step of settling in, for all who come in one arrival."""

    __table_args__ = (
        CheckConstraint(f"owner in {SETTLING_OWNERS}", name="owner"),
        Index("ix_company_step_arrival", "arrival_id"),
    )

    id: UUID = key()
    arrival_id: UUID = required(TECHNICAL, foreign_key="app.company_arrival.id")
    code: str = line(TECHNICAL, needed=True)
    owner: str = line(TECHNICAL, needed=True)
    due_on: date = required(TECHNICAL)
    done_on: date | None = column(TECHNICAL)
    done_by: str | None = line(STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class AnswerSnippet(Table, table=True):
    """An answer to a question that comes again, right until a day, and by whom it was last checked."""

    __table_args__ = (
        CheckConstraint(f"topic in {TOPICS}", name="topic"),
        Index("ix_answer_snippet_topic", "topic"),
    )

    id: UUID = key()
    topic: str = line(TECHNICAL, needed=True)
    language: str = line(TECHNICAL, needed=True)
    title: str = line(TECHNICAL, needed=True)
    body: str = prose(TECHNICAL, needed=True)
    valid_until: date = required(TECHNICAL)
    checked_on: date = required(TECHNICAL)
    checked_by: str | None = line(STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class Population(Table, table=True):
    """How many people of a municipality speak a language, by Statistics Finland; null is withheld."""

    area: str = line(TECHNICAL, needed=True, primary_key=True)
    language: str = line(TECHNICAL, needed=True, primary_key=True)
    people: int | None = column(TECHNICAL)
    year: int = required(TECHNICAL)
    fetched_on: date = required(TECHNICAL)


class GuidanceEntry(Table, table=True):
    """One piece of advice: who asked by kind, about what, how long; never who the person was."""

    __table_args__ = (
        CheckConstraint(f"asker in {ASKERS}", name="asker"),
        CheckConstraint(f"topic in {TOPICS}", name="topic"),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),
        CheckConstraint("minutes between 1 and 600", name="minutes"),
        CheckConstraint(f"note !~ '{_PERSONAL_ID}'", name="nobody"),
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
