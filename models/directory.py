"""The network of partners: organisations, their services, places, hours and contact persons."""

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
    version,
)
from models.client_status import yes_no

PARTNER_KINDS = (
    "employment_authority", "kela", "wellbeing_county", "education", "early_education", "basic_education",
    "ngo", "population_register", "immigration_service", "police", "regional_authority", "state_agency",
    "reception_centre", "housing", "culture_sport", "employer", "bank", "interpreting",
    "other_municipality", "city_unit", "other",
)  # fmt: skip
ORIGINS = ("own", "ptv", "file")
SERVICE_STATES = ("active", "paused", "ended")


def _days_by_column() -> Any:
    return by_database("'{}'", STAFF, sa_type=JSONB(none_as_null=True))


class Organisation(Table, table=True):
    """A partner; a name holds from a day to a day, and a successor points at whom it came after.

    `remote` is what a catalogue last said, so that own edits are told from theirs; `changed_on` holds the
    day of the last change by column.
    """

    __table_args__ = (
        CheckConstraint(f"kind in {PARTNER_KINDS}", name="kind"),
        CheckConstraint(f"origin in {ORIGINS}", name="origin"),
        Index("ix_organisation_external", "external_id", postgresql_where=text("external_id is not null")),
    )

    id: UUID = key()
    kind: str = line(TECHNICAL, needed=True)
    name_fi: str = line(TECHNICAL, needed=True)
    name_sv: str | None = line(TECHNICAL)
    name_en: str | None = line(TECHNICAL)
    business_id: str | None = line(TECHNICAL)
    web: str | None = line(TECHNICAL)
    phone: str | None = line(TECHNICAL)
    email: str | None = line(TECHNICAL)
    valid_from: date | None = column(TECHNICAL)
    valid_to: date | None = column(TECHNICAL)
    predecessor_id: UUID | None = column(TECHNICAL, foreign_key="app.organisation.id")
    merged_into: UUID | None = column(TECHNICAL, foreign_key="app.organisation.id")
    origin: str = line(TECHNICAL, needed=True, default="own", column={"server_default": text("'own'")})
    external_id: str | None = line(TECHNICAL)
    remote: dict[str, Any] | None = column(TECHNICAL, sa_type=JSONB(none_as_null=True))
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    changed_on: dict[str, str] = _days_by_column()
    version: int = version()


class Service(Table, table=True):
    """What a partner does for whom, in which languages, and how soon.

    Languages are codes with spaces between: spoken by the staff, through an interpreter, written.
    `changed_on` holds the day of the last change by column. What was merged
    into another one has ended.
    """

    __table_args__ = (
        CheckConstraint(f"state in {SERVICE_STATES}", name="state"),
        CheckConstraint(f"origin in {ORIGINS}", name="origin"),
        CheckConstraint("capacity >= 0 and waiting_days >= 0", name="numbers"),
        Index("ix_service_organisation", "organisation_id"),
        Index("ix_service_external", "external_id", postgresql_where=text("external_id is not null")),
    )

    id: UUID = key()
    organisation_id: UUID = required(TECHNICAL, foreign_key="app.organisation.id")
    merged_into: UUID | None = column(TECHNICAL, foreign_key="app.service.id")
    name_fi: str = line(TECHNICAL, needed=True)
    name_sv: str | None = line(TECHNICAL)
    name_en: str | None = line(TECHNICAL)
    summary_fi: str | None = prose(TECHNICAL)
    summary_sv: str | None = prose(TECHNICAL)
    summary_en: str | None = prose(TECHNICAL)
    words: str | None = line(TECHNICAL)
    area: str | None = line(TECHNICAL)
    spoken: str | None = line(TECHNICAL)
    interpreted: str | None = line(TECHNICAL)
    written: str | None = line(TECHNICAL)
    who_may_come: str | None = prose(TECHNICAL)
    what_to_bring: str | None = prose(TECHNICAL)
    cost: str | None = line(TECHNICAL)
    by_appointment: bool = yes_no(TECHNICAL)
    capacity: int | None = column(TECHNICAL)
    waiting_days: int | None = column(TECHNICAL)
    next_start_on: date | None = column(TECHNICAL)
    capacity_stated_on: date | None = column(TECHNICAL)
    state: str = line(TECHNICAL, needed=True, default="active", column={"server_default": text("'active'")})
    verified_on: date | None = column(TECHNICAL)
    verified_by: str | None = line(STAFF)
    origin: str = line(TECHNICAL, needed=True, default="own", column={"server_default": text("'own'")})
    external_id: str | None = line(TECHNICAL)
    remote: dict[str, Any] | None = column(TECHNICAL, sa_type=JSONB(none_as_null=True))
    vanished_on: date | None = column(TECHNICAL)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    changed_on: dict[str, str] = _days_by_column()
    version: int = version()


class Place(Table, table=True):
    """Where a service is given; coordinates are ETRS-TM35FIN metres."""

    __table_args__ = (Index("ix_place_organisation", "organisation_id"),)

    id: UUID = key()
    organisation_id: UUID = required(TECHNICAL, foreign_key="app.organisation.id")
    name: str | None = line(TECHNICAL)
    street: str | None = line(TECHNICAL)
    postal_code: str | None = line(TECHNICAL)
    town: str | None = line(TECHNICAL)
    easting: int | None = column(TECHNICAL)
    northing: int | None = column(TECHNICAL)
    external_id: str | None = line(TECHNICAL)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class ServicePlace(Table, table=True):
    """A service is given at a place."""

    service_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.service.id")
    place_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.place.id")
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)


class ServiceHours(Table, table=True):
    """When a service is open: weekly hours (weekday 1 is Monday), or one day that differs."""

    __table_args__ = (
        CheckConstraint("weekday between 1 and 7", name="weekday"),
        CheckConstraint("(weekday is null) <> (on_day is null)", name="one_kind"),
        CheckConstraint(
            "opens ~ '^[0-2][0-9]:[0-5][0-9]$' and closes ~ '^[0-2][0-9]:[0-5][0-9]$'", name="clock"
        ),
        Index("ix_service_hours_service", "service_id"),
    )

    id: UUID = key()
    service_id: UUID = required(TECHNICAL, foreign_key="app.service.id")
    weekday: int | None = column(TECHNICAL)
    on_day: date | None = column(TECHNICAL)
    opens: str | None = line(TECHNICAL)
    closes: str | None = line(TECHNICAL)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    version: int = version()


class PartnerContact(Table, table=True):
    """A person at a partner, with the day the data was last confirmed."""

    __table_args__ = (Index("ix_partner_contact_organisation", "organisation_id"),)

    id: UUID = key()
    organisation_id: UUID = required(STAFF, foreign_key="app.organisation.id")
    service_id: UUID | None = column(STAFF, foreign_key="app.service.id")
    name: str = line(STAFF, needed=True)
    title: str | None = line(STAFF)
    phone: str | None = line(STAFF)
    email: str | None = line(STAFF)
    languages: str | None = line(STAFF)
    confirmed_on: date | None = column(STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()
