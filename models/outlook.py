"""What a person's Outlook holds by our push, and what waits to be sent there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

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
)
from models.client_status import yes_no


class OutlookMailbox(Table, table=True):
    """The mailbox a person pushes to; while it is active, every change of an appointment waits to be sent.

    `claimed_until` keeps a second session away while one is sending.
    """

    login: str = by_database("session_user", STAFF, primary_key=True)
    mailbox: str = line(STAFF, needed=True)
    template: str = line(TECHNICAL, needed=True)
    language: str = line(TECHNICAL, needed=True)
    active: bool = yes_no(TECHNICAL)
    delta_link: str | None = prose(TECHNICAL)
    delta_from: date | None = column(TECHNICAL)
    claimed_by: UUID | None = column(TECHNICAL)
    claimed_until: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()


class OutlookEvent(Table, table=True):
    """An event that was pushed: of an appointment, or of a whole series.

    It has no reference to the appointment, so that it can be removed from Outlook after that is erased.
    `mark` is a digest of what was sent and `seen` of what Outlook said it holds, `parts` the same of the
    changed and left out days of a series, `theirs` what was changed there since and waits for an answer.
    """

    __table_args__ = (UniqueConstraint("login", "source_id"), Index("ix_outlook_event_unit", "unit_id"))

    id: UUID = key()
    login: str = by_database("session_user", STAFF)
    source_id: UUID = required(TECHNICAL)
    unit_id: UUID = required(TECHNICAL)
    series: bool = yes_no(TECHNICAL)
    generation: int = by_database("0")
    event_id: str | None = prose(TECHNICAL)
    change_key: str | None = line(TECHNICAL)
    mark: str | None = line(TECHNICAL)
    seen: str | None = line(TECHNICAL)
    parts: dict[str, Any] | None = column(TECHNICAL, sa_type=JSONB)
    with_client: bool = yes_no(TECHNICAL)
    starts_at: datetime = required(TECHNICAL, sa_type=Moment)
    ends_at: datetime = required(TECHNICAL, sa_type=Moment)
    theirs: dict[str, Any] | None = column(TECHNICAL, sa_type=JSONB)
    sent_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)


class OutlookJob(Table, table=True):
    """An appointment or series whose event in Outlook is to be brought up to date.

    One row each, so that changes cannot overtake each other: `generation` is raised by every change, and
    a job is done when what was sent is of the generation that stands.
    """

    __table_args__ = (
        UniqueConstraint("login", "unit_id"),
        Index("ix_outlook_job_open", "login", "created_at", postgresql_where=text("done_at is null")),
    )

    id: UUID = key()
    login: str = by_database("session_user", STAFF)
    unit_id: UUID = required(TECHNICAL)
    generation: int = by_database("0")
    not_before: datetime | None = column(TECHNICAL, sa_type=Moment)
    tries: int = by_database("0")
    problem: str | None = line(TECHNICAL)
    created_at: datetime = moment()
    done_at: datetime | None = column(TECHNICAL, sa_type=Moment)
