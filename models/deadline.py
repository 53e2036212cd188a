"""Deadlines as the rules give them, kept beside the client so that lists need not count them again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
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


class Deadline(Table, table=True):
    """A day by which something is due, by which rule; written by the program after every change of a fact.

    `subject` tells two deadlines of one rule apart: the year of a claim or the key of a document. `basis`
    holds the codes, days and numbers of the explanation.
    """

    __table_args__ = (
        Index("ix_deadline_due", "due_on", "client_id"),
        Index("ix_deadline_own", "own_counsellor", "due_on", "client_id"),
    )

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    rule: str = line(6, needed=True, primary_key=True)
    subject: str = line(6, needed=True, primary_key=True, default="", column={"server_default": text("''")})
    section: str = line(6, needed=True)
    due_on: date = required(6)
    statutory: bool = yes_no(6)
    basis: dict[str, Any] | None = column(6, sa_type=JSONB)
    snoozed_until: date | None = column(6)
    own_counsellor: str | None = line(STAFF)


class DeadlineState(Table, table=True):
    """Which facts and rules a client's deadlines were counted from; nobody reads this table directly."""

    __table_args__ = (Index("ix_deadline_state_stale", "client_id", postgresql_where=text("stale")),)

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    rules: str | None = line(TECHNICAL)
    stale: bool = column(TECHNICAL, True, nullable=False, column={"server_default": text("true")})
    counted_at: datetime | None = column(TECHNICAL, sa_type=Moment)


class Snooze(Table, table=True):
    """Somebody put a deadline out of sight until a day, and said why; it ends when the deadline moves."""

    __table_args__ = (
        CheckConstraint("until > (created_at at time zone 'Europe/Helsinki')::date", name="until"),
        Index("ix_snooze_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    rule: str = line(6, needed=True)
    subject: str = line(6, needed=True, default="", column={"server_default": text("''")})
    due_on: date = required(6)
    until: date = required(6)
    reason: str = prose(6, needed=True)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
