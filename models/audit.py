"""The log of use: append-only, sealed into a hash chain after commit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB

from models.base import (
    LOG_DATA,
    STAFF,
    TECHNICAL,
    Table,
    by_database,
    column,
    key,
    line,
    moment,
    required,
)


class LogEntry(Table, table=True):
    """Who did what to which client and when: reading, searching, exporting, changing, being refused."""

    __table_args__ = (
        Index("ix_log_entry_login", "login", "at"),
        Index("ix_log_entry_client", "client_id", "at"),
        {"schema": "audit"},
    )

    id: UUID = key()
    at: datetime = moment(LOG_DATA)
    login: str = by_database("session_user", STAFF)
    action: str = line(LOG_DATA, needed=True)
    subject: str | None = line(LOG_DATA)
    client_id: UUID | None = column(LOG_DATA)
    row_id: UUID | None = column(LOG_DATA)
    reason: str | None = line(LOG_DATA)
    count: int | None = column(LOG_DATA)
    transaction: str = by_database("pg_current_xact_id()::text")


class LogChange(Table, table=True):
    """What a changed row was before and after; nobody reads this table directly."""

    __table_args__ = ({"schema": "audit"},)

    entry_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="audit.log_entry.id")
    before: dict[str, Any] | None = column(LOG_DATA, sa_type=JSONB)
    after: dict[str, Any] | None = column(LOG_DATA, sa_type=JSONB)


class LogSeal(Table, table=True):
    """One link of the chain: the hash of an entry with the hash before it."""

    __table_args__ = ({"schema": "audit"},)

    position: int = required(TECHNICAL, primary_key=True, column={"autoincrement": False})
    entry_id: UUID = required(TECHNICAL, unique=True)
    hash: str = line(LOG_DATA, needed=True)
    sealed_at: datetime = moment(LOG_DATA)
