"""Guiding a client to a service: the referral, and every step of it with its time and author."""

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
from models.directory import PARTNER_KINDS

REFERRAL_STATES = (
    "draft", "sent", "received", "waiting", "accepted", "started",
    "declined", "done", "dropped", "no_contact", "withdrawn",
)  # fmt: skip
DECLINE_CODES = ("full", "not_eligible", "language", "wrong_service", "needs_more", "closing", "other")
OUTCOMES = ("reached", "partly", "not_reached", "not_known")


class Referral(Table, table=True):
    """A referral to a service of the network, or to a receiver written freely; it begins as a draft.

    `receiver` is what the receiver was called at the time. `chase_on` is the day to look after it, which
    the open task `chase_task_id` shows in lists; `event_id` is its entry on the timeline, made when it is
    sent. `instead_of` is the referral that was declined or full before it. An end needs an outcome, a
    withdrawal a reason (`outcome_note`).
    """

    __table_args__ = (
        CheckConstraint(f"state in {REFERRAL_STATES}", name="state"),
        CheckConstraint(f"receiver_kind in {PARTNER_KINDS}", name="receiver_kind"),
        CheckConstraint(f"decline_code in {DECLINE_CODES}", name="decline_code"),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome_code"),
        CheckConstraint("(state = 'declined') = (decline_code is not null)", name="declined"),
        CheckConstraint(
            "(state in ('done', 'dropped', 'no_contact')) = (outcome is not null)",
            name="outcome",
        ),
        CheckConstraint("state <> 'withdrawn' or outcome_note is not null", name="withdrawn"),
        Index("ix_referral_client", "client_id"),
        Index(
            "ix_referral_service",
            "service_id",
            postgresql_where=text("service_id is not null and removed_at is null"),
        ),
        Index("ix_referral_task", "chase_task_id", postgresql_where=text("chase_task_id is not null")),
        Index("ix_referral_event", "event_id", postgresql_where=text("event_id is not null")),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    service_id: UUID | None = column(7, foreign_key="app.service.id")
    receiver: str = line(7, needed=True)
    receiver_kind: str = line(7, needed=True, default="other", column={"server_default": text("'other'")})
    purpose: str | None = prose(7)
    goal_id: UUID | None = column(TECHNICAL, foreign_key="app.plan_goal.id")
    state: str = line(7, needed=True, default="draft", column={"server_default": text("'draft'")})
    state_at: datetime = moment()
    chase_on: date | None = column(7)
    chase_task_id: UUID | None = column(TECHNICAL, foreign_key="app.task.id")
    decline_code: str | None = line(7)
    outcome: str | None = line(7)
    outcome_note: str | None = prose(7)
    instead_of: UUID | None = column(TECHNICAL, foreign_key="app.referral.id")
    event_id: UUID | None = column(TECHNICAL, foreign_key="app.event.id")
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class ReferralStep(Table, table=True):
    """A change of state, written by the database alone; `undoes` is the step that was taken back."""

    __table_args__ = (
        CheckConstraint(f"was in {REFERRAL_STATES}", name="was"),
        CheckConstraint(f"becomes in {REFERRAL_STATES}", name="becomes"),
        Index("ix_referral_step_referral", "referral_id", "at"),
        Index("ix_referral_step_client", "client_id"),
    )

    id: UUID = key()
    referral_id: UUID = required(TECHNICAL, foreign_key="app.referral.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    was: str | None = line(7)
    becomes: str = line(7, needed=True)
    decline_code: str | None = line(7)
    outcome: str | None = line(7)
    undoes: UUID | None = column(TECHNICAL, foreign_key="app.referral_step.id")
    at: datetime = moment(7)
    author: str = by_database("session_user", STAFF)
