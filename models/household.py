"""Who lives together with whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from models.base import (
    TECHNICAL,
    Moment,
    Table,
    column,
    key,
    line,
    moment,
    required,
    version,
)

RELATIONS = ("self", "spouse", "child", "parent", "sibling", "guardian", "other")


class Household(Table, table=True):
    """A household; an address is never taken from one member to another."""

    id: UUID = key()
    created_at: datetime = moment()


class HouseholdMember(Table, table=True):
    """A member: a client of the team, or a person known only by relation."""

    __table_args__ = (
        CheckConstraint(f"relation in {RELATIONS}", name="relation"),
        Index(
            "uq_household_member_client",
            "client_id",
            unique=True,
            postgresql_where=text("valid_to is null and client_id is not null"),
        ),
        Index("ix_household_member_household", "household_id"),
    )

    id: UUID = key()
    household_id: UUID = required(TECHNICAL, foreign_key="app.household.id")
    client_id: UUID | None = column(TECHNICAL, foreign_key="app.client.id")
    person: str | None = line(5)
    relation: str = line(5, needed=True)
    is_guardian: bool = column(5, False, nullable=False, column={"server_default": text("false")})
    valid_from: date | None = column(5)
    valid_to: date | None = column(5)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    version: int = version()
