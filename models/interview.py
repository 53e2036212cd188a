"""The initial interview: what decree 869/2024 asks for, item by item, with the source of each answer."""

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

# The nine content items of section 2 of the decree and the four things the client must be told.
CONTENT_ITEMS = (
    "literacy",
    "finnish_or_swedish",
    "study_and_work_skills",
    "employment_and_education_needs",
    "earlier_education_and_work",
    "special_skills",
    "need_of_plan",
    "life_situation",
    "other_service_needs",
)
TOLD_ITEMS = ("goals_of_services", "plan_and_process", "rights_and_duties", "personal_data")
INTERVIEW_PLACES = ("office", "home", "remote", "reception_centre", "other")


class Interview(Table, table=True):
    """One interview; it may be left and gone on with later, and is over once `finished_on` is set.

    `event_id` is its entry on the timeline, made when it is finished the first time.
    """

    __table_args__ = (
        CheckConstraint(f"place in {INTERVIEW_PLACES}", name="place"),
        CheckConstraint("finished_on >= held_on", name="order"),
        Index(
            "uq_interview_unfinished",
            "client_id",
            unique=True,
            postgresql_where=text("finished_on is null and removed_at is null"),
        ),
        Index("ix_interview_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    held_on: date | None = column(6)
    finished_on: date | None = column(6)
    language: str | None = line(4)
    interpreter: str | None = line(4)
    place: str | None = line(6)
    place_reason: str | None = line(6)
    event_id: UUID | None = column(TECHNICAL, foreign_key="app.event.id")
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class InterviewItem(Table, table=True):
    """The answer to one item and who it came from, or the day something was told to the client."""

    __table_args__ = (
        CheckConstraint(f"item in {CONTENT_ITEMS + TOLD_ITEMS}", name="item"),
        Index("uq_interview_item", "interview_id", "item", unique=True),
        Index("ix_interview_item_client", "client_id"),
    )

    id: UUID = key()
    interview_id: UUID = required(TECHNICAL, foreign_key="app.interview.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    item: str = line(6, needed=True)
    answer: str | None = prose(6)
    source: str | None = line(6)
    told_on: date | None = column(6)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()
