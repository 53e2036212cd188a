"""What moves the end of the integration period, and what the client studied in it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnClause, Index, literal_column
from sqlalchemy.dialects.postgresql import ExcludeConstraint

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

_DAYS: ColumnClause[object] = literal_column("daterange(from_on, to_on, '[]')")

INTERRUPTION_REASONS = ("injury", "illness", "pregnancy", "parental", "comparable")
EXTENSION_GROUNDS = (
    "special_measures",
    "low_education",
    "multisectoral_need",
    "home_care_allowance",
    "studies",
)
STUDY_KINDS = ("civic_orientation", "integration_training", "independent_study", "language_test", "other")


class Interruption(Table, table=True):
    """A time that does not count: both days are in it, and two of one client may not overlap."""

    __table_args__ = (
        CheckConstraint(f"reason in {INTERRUPTION_REASONS}", name="reason"),
        CheckConstraint("to_on >= from_on", name="order"),
        ExcludeConstraint(
            ("client_id", "="),
            (_DAYS, "&&"),
            name="ex_interruption_one_at_a_time",
            using="gist",
            where=literal_column("removed_at is null"),
        ),
        Index("ix_interruption_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    from_on: date = required(6)
    to_on: date | None = column(6)
    reason: str = line(8, needed=True)
    note: str | None = prose(8)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class Extension(Table, table=True):
    """A decision to extend the integration period, with its ground and reasons."""

    __table_args__ = (
        CheckConstraint(f"ground in {EXTENSION_GROUNDS}", name="ground"),
        CheckConstraint("months between 1 and 24", name="months"),
        Index("ix_extension_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    decided_on: date = required(6)
    ground: str = line(6, needed=True)
    months: int = required(6)
    reasons: str = prose(6, needed=True)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class Study(Table, table=True):
    """Civic orientation, training, independent study or a language test, with the level reached."""

    __table_args__ = (
        CheckConstraint(f"kind in {STUDY_KINDS}", name="kind"),
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        Index("ix_study_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    kind: str = line(6, needed=True)
    title: str | None = line(6)
    provider: str | None = line(6)
    language: str | None = line(4)
    starts_on: date | None = column(6)
    ends_on: date | None = column(6)
    minutes: int | None = column(6)
    level: str | None = line(5)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()
