"""What is handed over: to the national register field by field, and to another responsible authority."""

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
    required,
    version,
)
from models.client import RESPONSIBLE_AUTHORITIES

REGISTER_SUBJECTS = ("assessment", "plan", "review")


class RegisterMark(Table, table=True):
    """A field of an assessment, plan or review that was copied to the national register, and confirmed there.

    `digest` is of the value copied, so that a later change of it shows.
    """

    __table_args__ = (
        CheckConstraint(f"subject in {REGISTER_SUBJECTS}", name="subject"),
        Index("uq_register_mark", "subject_id", "field", unique=True),
        Index("ix_register_mark_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    subject: str = line(6, needed=True)
    subject_id: UUID = required(TECHNICAL)
    field: str = line(6, needed=True)
    digest: str = line(TECHNICAL, needed=True)
    copied_on: date = required(6)
    confirmed_on: date | None = column(6)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class AuthorityChange(Table, table=True):
    """The responsible authority of a client changes: to the employment authority or back.

    The database keeps what it was before and when the change came into effect.
    """

    __table_args__ = (
        CheckConstraint(f"to_authority in {RESPONSIBLE_AUTHORITIES}", name="to_authority"),
        Index("ix_authority_change_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    to_authority: str = line(6, needed=True)
    effective_on: date = required(6)
    reason: str | None = line(6)
    from_authority: str | None = line(6)
    applied_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class HandoverItem(Table, table=True):
    """One line of the checklist of such a change: done, or not applicable with a reason."""

    __table_args__ = (
        Index("uq_handover_item", "change_id", "item", unique=True),
        Index("ix_handover_item_client", "client_id"),
    )

    id: UUID = key()
    change_id: UUID = required(TECHNICAL, foreign_key="app.authority_change.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    item: str = line(6, needed=True)
    done_on: date | None = column(6)
    not_applicable_reason: str | None = line(6)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()
