"""Appointments: who meets whom, when and where, with which interpreter, and what Outlook has of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnClause, Index, literal_column, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from models.base import (
    STAFF,
    TECHNICAL,
    Moment,
    SafeText,
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

APPOINTMENT_KINDS = ("interview", "plan", "review", "guidance", "contact", "meeting", "other")
MODES = ("office", "home_visit", "phone", "video", "partner", "other")
ATTENDANCES = ("attended", "no_show", "client_cancelled")
FREQUENCIES = ("daily", "weekly", "monthly")
ROUTES = ("file", "outlook", "feed")
GENDERS = ("woman", "man")

_HOURS: ColumnClause[object] = literal_column("tstzrange(starts_at, ends_at)")


def _one_at_a_time(who: str) -> ExcludeConstraint:
    # An overlap that somebody has given a reason for stands.
    alone: ColumnClause[bool] = literal_column(
        f"cancelled_at is null and overlap_reason is null and {who} is not null"
    )
    return ExcludeConstraint(
        (who, "="), (_HOURS, "&&"), name=f"ex_appointment_{who}", using="gist", where=alone
    )


class AppointmentSeries(Table, table=True):
    """How an appointment repeats; each occurrence is one of its own that may be moved or cancelled."""

    __table_args__ = (
        CheckConstraint(f"frequency in {FREQUENCIES}", name="frequency"),
        CheckConstraint("every between 1 and 12", name="every"),
        CheckConstraint("times between 1 and 366", name="times"),
    )

    id: UUID = key()
    counsellor: str = by_database("session_user", STAFF, sa_type=SafeText)
    frequency: str = line(6, needed=True)
    every: int = required(6)
    weekdays: str | None = line(6)
    starts_at: datetime = required(6, sa_type=Moment)
    times: int = required(6)
    created_at: datetime = moment()
    version: int = version()


class Appointment(Table, table=True):
    """One meeting; nobody, no room and no interpreter is in two at once unless somebody gave a reason."""

    __table_args__ = (
        CheckConstraint(f"kind in {APPOINTMENT_KINDS}", name="kind"),
        CheckConstraint(f"mode in {MODES}", name="mode"),
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint(f"interpreter_gender in {GENDERS}", name="interpreter_gender"),
        _one_at_a_time("counsellor"),
        _one_at_a_time("room"),
        _one_at_a_time("interpreter"),
        Index("ix_appointment_counsellor", "counsellor", "starts_at"),
        Index("ix_appointment_series", "series_id", postgresql_where=text("series_id is not null")),
    )

    id: UUID = key()
    counsellor: str = by_database("session_user", STAFF, sa_type=SafeText)
    kind: str = line(6, needed=True)
    title: str | None = line(6)
    starts_at: datetime = required(6, sa_type=Moment)
    ends_at: datetime = required(6, sa_type=Moment)
    mode: str = line(6, needed=True, default="office", column={"server_default": text("'office'")})
    place: str | None = line(6)
    room: str | None = line(6)
    partner: str | None = line(7)
    interpreter_language: str | None = line(4)
    interpreter: str | None = line(4)
    interpreter_company: str | None = line(4)
    interpreter_reference: str | None = line(4)
    interpreter_gender: str | None = line(4)
    interpreter_cancel_by: datetime | None = column(4, sa_type=Moment)
    overlap_reason: str | None = line(6)
    series_id: UUID | None = column(TECHNICAL, foreign_key="app.appointment_series.id")
    original_start: datetime | None = column(TECHNICAL, sa_type=Moment)
    sequence: int = by_database("0")
    cancelled_at: datetime | None = column(6, sa_type=Moment)
    cancelled_reason: str | None = line(6)
    operation_id: UUID | None = column(TECHNICAL)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    updated_at: datetime = moment()
    updated_by: str = by_database("session_user", STAFF)
    version: int = version()


class AppointmentClient(Table, table=True):
    """A client of an appointment, and whether they came.

    From told_of_fee to unreasonable_reason they are the conditions of section 32 a for collecting the cost
    of interpreting from a client who did not come; a reason that is empty is none.
    """

    __table_args__ = (
        CheckConstraint(f"attendance in {ATTENDANCES}", name="attendance"),
        Index("ix_appointment_client_client", "client_id"),
    )

    appointment_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.appointment.id")
    client_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client.id")
    attendance: str | None = line(6)
    told_of_fee: bool = yes_no(6)
    told_how_to_cancel: bool = yes_no(6)
    understood: bool = yes_no(6)
    acceptable_reason: str | None = line(6)
    unreasonable_reason: str | None = line(6)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    version: int = version()


class Absence(Table, table=True):
    """A person of the staff is away: both days are in it."""

    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="order"),
        Index("ix_absence_login", "login", "from_on"),
    )

    id: UUID = key()
    login: str = by_database("session_user", STAFF, sa_type=SafeText)
    from_on: date = required(STAFF)
    to_on: date = required(STAFF)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class InterpreterBar(Table, table=True):
    """An interpreter who is not to be booked for a client; why is secret and nobody reads it directly."""

    __table_args__ = (Index("ix_interpreter_bar_client", "client_id"),)

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    interpreter: str = line(4, needed=True)
    reason: str = prose(4, needed=True)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)


class CalendarExport(Table, table=True):
    """A hand-over to a calendar: when, by which route and template, how many; never what."""

    __table_args__ = (CheckConstraint(f"route in {ROUTES}", name="route"),)

    id: UUID = key()
    login: str = by_database("session_user", STAFF)
    route: str = line(TECHNICAL, needed=True)
    template: str = line(TECHNICAL, needed=True)
    from_on: date | None = column(TECHNICAL)
    to_on: date | None = column(TECHNICAL)
    mailbox: str | None = line(STAFF)
    appointments: int = required(TECHNICAL)
    exported_at: datetime = moment()


class CalendarSent(Table, table=True):
    """The state of an appointment that a person's Outlook has, by the last hand-over."""

    login: str = by_database("session_user", STAFF, primary_key=True)
    appointment_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.appointment.id")
    route: str = line(TECHNICAL, needed=True, primary_key=True)
    sequence: int = required(TECHNICAL)
    starts_at: datetime = required(TECHNICAL, sa_type=Moment)
    event_id: str | None = line(TECHNICAL)
    change_key: str | None = line(TECHNICAL)
    gone: bool = yes_no(TECHNICAL)
    sent_at: datetime = moment()
