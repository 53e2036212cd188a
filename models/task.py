"""What is to be done for a client, and by when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text

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


class Task(Table, table=True):
    """A step with a due date; the earliest open one is the client's next step in lists."""

    __table_args__ = (
        Index(
            "ix_task_open",
            "client_id",
            "due_on",
            postgresql_where=text("done_at is null and cancelled_at is null"),
        ),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    title: str = line(6, needed=True)
    due_on: date = required(6)
    done_at: datetime | None = column(6, sa_type=Moment)
    done_by: str | None = line(STAFF)
    cancelled_at: datetime | None = column(6, sa_type=Moment)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    operation_id: UUID | None = column(TECHNICAL)
    version: int = version()
