"""Who was a client's own counsellor, and when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range

from models.base import (
    STAFF,
    TECHNICAL,
    Table,
    by_database,
    key,
    line,
    moment,
    required,
)


class Assignment(Table, table=True):
    """One stretch of time with one own counsellor; the constraint forbids two at the same instant."""

    __table_args__ = (
        ExcludeConstraint(
            ("client_id", "="),
            ("during", "&&"),
            name="ex_assignment_one_at_a_time",
            using="gist",
        ),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id", index=True)
    counsellor: str = line(STAFF, needed=True, index=True)
    during: Range[datetime] = required(6, sa_type=TSTZRANGE)
    reason: str | None = line(6)
    assigned_by: str = by_database("session_user", STAFF)
    created_at: datetime = moment()
