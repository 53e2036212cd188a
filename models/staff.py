"""The people of the team, the views they keep and what they are told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint

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
    version,
)

ROLES = ("counsellor", "lead", "admin", "auditor")


class Staff(Table, table=True):
    """One person of the team; `login` is the operating system user and the PostgreSQL role."""

    __table_args__ = (CheckConstraint(f"role in {ROLES}", name="role"),)

    id: UUID = key()
    login: str = line(STAFF, needed=True, unique=True)
    name: str = line(STAFF, needed=True)
    role: str = line(STAFF, needed=True)
    active: bool = by_database("true", STAFF)
    created_at: datetime = moment()
    version: int = version()


class SavedView(Table, table=True):
    """A caseload view that a person keeps: a name and one line of query text."""

    id: UUID = key()
    login: str = by_database("session_user", STAFF)
    name: str = line(STAFF, needed=True)
    query: str = line(STAFF, needed=True)
    created_at: datetime = moment()
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    version: int = version()


class Notice(Table, table=True):
    """Something a person is told inside the program; it names a client by id only."""

    id: UUID = key()
    login: str = line(STAFF, needed=True, index=True)
    kind: str = line(TECHNICAL, needed=True)
    client_id: UUID | None = column(TECHNICAL)
    created_at: datetime = moment()
    read_at: datetime | None = column(TECHNICAL, sa_type=Moment)
