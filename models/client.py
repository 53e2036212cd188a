"""A client: what a list shows, and what is read only after opening."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from models.base import (
    PROTECTION,
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

PHASES = ("arriving", "new", "assessment", "plan", "after_plan", "closed")
GROUNDS_OF_ENTRY = (
    "family",
    "work",
    "return_migration",
    "quota_refugee",
    "asylum",
    "temporary_protection",
    "study",
    "other",
)
RESPONSIBLE_AUTHORITIES = ("municipality", "employment_authority")


class Client(Table, table=True):
    """What the own counsellor and the lead see in a list, without opening the client.

    The dates are kept by triggers from tasks and events, so that a list needs one table and one index.
    A client in any phase but `arriving` and `closed` has exactly one own counsellor.
    """

    __table_args__ = (
        CheckConstraint(f"phase in {PHASES}", name="phase"),
        CheckConstraint(
            f"responsible_authority in {RESPONSIBLE_AUTHORITIES}",
            name="responsible_authority",
        ),
        CheckConstraint("period_end is null or period_end >= period_start", name="period"),
        Index(
            "ix_client_own_due",
            "own_counsellor",
            text("next_due nulls last"),
            "sort_name",
            "id",
        ),
        Index("ix_client_own_name", "own_counsellor", "sort_name", "id"),
        Index("ix_client_due", text("next_due nulls last"), "sort_name", "id"),
        Index("ix_client_name", "sort_name", "id"),
    )

    id: UUID = key()
    external_id: str | None = line(TECHNICAL, unique=True)
    name: str = line(2, needed=True)
    sort_name: str = line(2, needed=True)
    phase: str = line(6, needed=True)
    own_counsellor: str | None = line(STAFF)
    assigned_on: date | None = column(6)
    next_due: date | None = column(6)
    next_task_id: UUID | None = column(TECHNICAL)
    last_contact_on: date | None = column(6)
    interviewed_on: date | None = column(6)
    review_due: date | None = column(6)
    referral_waiting_since: date | None = column(7)
    period_start: date | None = column(6)
    period_end: date | None = column(6)
    service_language: str | None = line(4)
    interpreter_needed: bool = column(4, False, nullable=False, column={"server_default": text("false")})
    protected: bool = by_database("false", PROTECTION)
    responsible_authority: str = line(
        6,
        needed=True,
        default="municipality",
        column={"server_default": text("'municipality'")},
    )
    import_id: UUID | None = column(TECHNICAL)
    created_at: datetime = moment()
    updated_at: datetime = moment()
    version: int = version()


class ClientDetail(Table, table=True):
    """The private facts of a client; readable only while a committed opening stands."""

    __table_args__ = (CheckConstraint(f"ground_of_entry in {GROUNDS_OF_ENTRY}", name="ground_of_entry"),)

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    birth_date: date | None = column(2)
    mother_tongue: str | None = line(4)
    citizenship: str | None = line(3)
    ground_of_entry: str | None = line(3)
    arrived_on: date | None = column(9)
    first_permit_on: date | None = column(3)
    municipality_since: date | None = column(9)
    first_plan_drawn_on: date | None = column(6)
    source: str | None = line(6)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class ClientContact(Table, table=True):
    """How to reach a client who has no protection order; of a protected person this row is empty."""

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    phone: str | None = line(2)
    email: str | None = line(2)
    address: str | None = line(2)
    municipality: str | None = line(2)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class ClientPhoneKey(Table, table=True):
    """The end of a telephone number, to find a client by it; nobody reads this table directly."""

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    digits: str = line(2, needed=True, index=True)


class ClientLanguage(Table, table=True):
    """A language the client speaks, with the level as the client or a test tells it."""

    __table_args__ = (
        Index(
            "uq_client_language",
            "client_id",
            "language",
            unique=True,
            postgresql_where=text("removed_at is null"),
        ),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    language: str = line(4, needed=True)
    level: str | None = line(5)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    version: int = version()


class ClientIdentity(Table, table=True):
    """A personal identity code and when it was in force; nobody reads this table directly."""

    __table_args__ = (
        Index(
            "uq_client_identity_current",
            "client_id",
            unique=True,
            postgresql_where=text("valid_to is null"),
        ),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id", index=True)
    personal_id: str = line(1, needed=True, unique=True)
    valid_from: datetime = moment(1)
    valid_to: datetime | None = column(1, sa_type=Moment)
    recorded_by: str = by_database("session_user", STAFF)


class ProtectedContact(Table, table=True):
    """The contact data of a person with a protection order; nobody reads this table directly."""

    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    phone: str | None = line(PROTECTION)
    email: str | None = line(PROTECTION)
    address: str | None = line(PROTECTION)
    municipality: str | None = line(PROTECTION)
    contact_address: str | None = line(PROTECTION)
    valid_until: date | None = column(PROTECTION)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)


class IdentityClash(Table, table=True):
    """Two clients said to have the same personal identity code: for the lead to settle."""

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    other_client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    found_by: str = by_database("session_user", STAFF)
    found_at: datetime = moment()
    settled_at: datetime | None = column(TECHNICAL, sa_type=Moment)
