"""Who opened what and why, who is editing now, and the commands that were carried out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB

from models.base import (
    LOG_DATA,
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
)

OPENING_KINDS = ("own", "lead", "deputy", "reveal_contact", "reveal_personal_id")


class Opening(Table, table=True):
    """A record of opening a client. It gives sight only once it is committed and until it expires."""

    __table_args__ = (
        CheckConstraint(f"kind in {OPENING_KINDS}", name="kind"),
        Index("ix_opening_login", "login", "expires_at"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    login: str = by_database("session_user", STAFF)
    kind: str = line(LOG_DATA, needed=True)
    reason: str | None = line(LOG_DATA)
    opened_at: datetime = moment(LOG_DATA)
    expires_at: datetime = required(LOG_DATA, sa_type=Moment)
    transaction: str = by_database("pg_current_xact_id()::text")


class ConflictBlock(Table, table=True):
    """A person of the staff who must not see a client; nobody reads this table directly."""

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    login: str = line(STAFF, needed=True, primary_key=True)
    set_by: str = by_database("session_user", STAFF)
    set_at: datetime = moment()


class Presence(Table, table=True):
    """A person has this client open or is editing; a hint for colleagues, never a lock."""

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    login: str = by_database("session_user", STAFF, primary_key=True)
    editing: str | None = line(TECHNICAL)
    seen_at: datetime = moment()


class Command(Table, table=True):
    """A command that was carried out, by its operation id, so that a retry has no second effect."""

    __table_args__ = (Index("ix_command_login", "login", "done_at"),)

    operation_id: UUID = required(TECHNICAL, primary_key=True)
    login: str = by_database("session_user", STAFF)
    name: str = line(TECHNICAL, needed=True)
    client_id: UUID | None = column(TECHNICAL)
    inverse: dict[str, Any] | None = column(LOG_DATA, sa_type=JSONB)
    done_at: datetime = moment()
    undone_by: UUID | None = column(TECHNICAL)


class ImportRun(Table, table=True):
    """One file of clients that was read in, so that it can be undone as a whole."""

    id: UUID = key()
    login: str = by_database("session_user", STAFF)
    file_digest: str = line(TECHNICAL, needed=True)
    created_count: int = required(TECHNICAL)
    changed_count: int = required(TECHNICAL)
    applied_at: datetime = moment()
    undone_at: datetime | None = column(TECHNICAL, sa_type=Moment)
