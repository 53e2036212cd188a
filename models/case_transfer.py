"""A client's way from one counsellor to another: planned, in force from a day on, handed over in steps."""

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

TRANSFER_STEPS = (
    "tasks",
    "deadlines",
    "appointments",
    "referrals",
    "interpreter",
    "consents",
    "promised",
    "joint_meeting",
    "client_told",
)


class CaseTransfer(Table, table=True):
    """A transfer; rights change on `effective_on`, and it is open until everything is handed over."""

    __table_args__ = (
        CheckConstraint("applied_at is null or cancelled_at is null", name="one_end"),
        Index(
            "uq_case_transfer_planned",
            "client_id",
            unique=True,
            postgresql_where=text("applied_at is null and cancelled_at is null"),
        ),
        Index("ix_case_transfer_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    from_login: str | None = line(STAFF)
    to_login: str = line(STAFF, needed=True)
    reason: str = line(6, needed=True)
    effective_on: date = required(6)
    joint_meeting_on: date | None = column(6)
    set_by: str = by_database("session_user", STAFF)
    planned_at: datetime = moment()
    applied_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    cancelled_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    closed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    operation_id: UUID | None = column(TECHNICAL)
    version: int = version()


class CaseTransferStep(Table, table=True):
    """A step that was done, or what one counsellor tells the other; only these two read the words."""

    __table_args__ = (CheckConstraint(f"step in {TRANSFER_STEPS}", name="step"),)

    transfer_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.case_transfer.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    step: str = line(6, needed=True, primary_key=True)
    done_on: date | None = column(6)
    note: str | None = prose(6)
    updated_by: str = by_database("session_user", STAFF)
    updated_at: datetime = moment()
    version: int = version()
