"""Facts that decide which rules hold for a client, and the documents whose expiry is watched."""

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
    required,
    version,
)

DOCUMENT_KINDS = (
    "residence_permit",
    "residence_card",
    "right_registration",
    "passport",
    "travel_document",
    "id_card",
    "other",
)


def yes_no(ground: str | int) -> bool:
    """A column that is false until somebody says otherwise."""
    return column(ground, False, nullable=False, column={"server_default": text("false")})


class ClientStatus(Table, table=True):
    """Dates and circumstances that deadlines are counted from; a row is made with every client."""

    __table_args__ = (
        CheckConstraint("assessment_finished_on >= assessment_started_on", name="assessment_order"),
    )

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    learned_on: date | None = column(6)
    requested_on: date | None = column(6)
    assessment_started_on: date | None = column(6)
    assessment_finished_on: date | None = column(6)
    plan_needed: bool | None = column(6)
    county_participates: bool = yes_no(6)
    family_of_refugee: bool = yes_no(3)
    trafficking_victim: bool = yes_no(6)
    unaccompanied: bool = yes_no(5)
    guardian_since: date | None = column(5)
    representative: str | None = line(5)
    representative_contact: str | None = line(5)
    family_group_home: str | None = line(5)
    closed_on: date | None = column(6)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class ClientDocument(Table, table=True):
    """A permit, passport or other paper: where the original is and until when it is valid; never a copy."""

    __table_args__ = (
        CheckConstraint(f"kind in {DOCUMENT_KINDS}", name="kind"),
        Index("ix_client_document_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    kind: str = line(3, needed=True)
    valid_until: date | None = column(3)
    kept_at: str | None = line(3)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()
