"""The client's timeline: what happened, when, who wrote it and what was said."""

from datetime import datetime
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
)

EVENT_KINDS = (
    "note",
    "contact",
    "no_show",
    "interview",
    "assessment",
    "plan",
    "review",
    "goal",
    "service",
    "referral",
    "referral_answer",
    "appointment",
    "decision",
    "transfer",
    "reception",
    "task",
    "correction",
    "withdrawal",
)
CHANNELS = ("meeting", "phone", "message", "video", "home_visit", "letter")
SOURCES = ("client", "guardian", "authority", "partner", "document", "other")


class Event(Table, table=True):
    """One thing that happened; readable only while a committed opening of the client stands.

    `correction` and `withdrawal` point with `refers_to` at the event they change, and give a reason;
    a `referral_answer` points at its referral. Nothing is overwritten. `deputy_for` is set by the database
    when the author stood in for the own counsellor.
    """

    __table_args__ = (
        CheckConstraint(f"kind in {EVENT_KINDS}", name="kind"),
        CheckConstraint(f"channel in {CHANNELS}", name="channel"),
        CheckConstraint(f"source in {SOURCES}", name="source"),
        CheckConstraint(
            "(kind in ('correction', 'withdrawal', 'referral_answer')) = (refers_to is not null)",
            name="refers_to",
        ),
        Index("ix_event_client", "client_id", text("occurred_at desc"), text("id desc")),
        Index(
            "ix_event_refers_to",
            "refers_to",
            postgresql_where=text("refers_to is not null"),
        ),
        Index(
            "ix_event_operation",
            "operation_id",
            postgresql_where=text("operation_id is not null"),
        ),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    kind: str = line(6, needed=True)
    occurred_at: datetime = required(6, sa_type=Moment)
    channel: str | None = line(6)
    minutes: int | None = column(6)
    body: str = prose(6, needed=True)
    source: str | None = line(6)
    reason: str | None = line(6)
    refers_to: UUID | None = column(TECHNICAL, foreign_key="app.event.id")
    operation_id: UUID | None = column(TECHNICAL)
    entered_at: datetime = moment()
    author: str = by_database("session_user", STAFF)
    deputy_for: str | None = line(STAFF)
