"""Who stands in for whom, from a day to a day."""

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


class Deputy(Table, table=True):
    """A counsellor works with the clients of one who is away; both days are in it, and it ends by itself.

    One who is away may have several deputies.
    """

    __table_args__ = (
        CheckConstraint("to_on >= from_on and to_on < from_on + 366", name="days"),
        CheckConstraint("deputy <> absent", name="two_people"),
        Index("ix_deputy_deputy", "deputy", "to_on"),
    )

    id: UUID = key()
    absent: str = line(STAFF, needed=True)
    deputy: str = line(STAFF, needed=True)
    from_on: date = required(STAFF)
    to_on: date = required(STAFF)
    ended_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    set_by: str = by_database("session_user", STAFF)
    set_at: datetime = moment()
    version: int = version()
