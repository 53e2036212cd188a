"""Runs that read the national service catalogue, and the answers kept until a run has read everything."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index

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


class CatalogueRun(Table, table=True):
    """One reading: all (`whole`) or what changed since a moment; `newest` stands once it was taken in.

    `read_at` is when everything was read or the run was given up; then its pages are no longer kept.
    """

    __table_args__ = (Index("ix_catalogue_run_source", "source", "taken_in_at"),)

    id: UUID = key()
    source: str = line(TECHNICAL, needed=True)
    whole: bool = required(TECHNICAL)
    since: datetime | None = column(TECHNICAL, sa_type=Moment)
    login: str = by_database("session_user", STAFF)
    started_at: datetime = moment()
    read_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    taken_in_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    newest: datetime | None = column(TECHNICAL, sa_type=Moment)


class CataloguePage(Table, table=True):
    """One answer as it came, with its digest, so that a run that was cut off goes on where it stopped."""

    run_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.catalogue_run.id")
    endpoint: str = line(TECHNICAL, needed=True, primary_key=True)
    query: str = prose(TECHNICAL, needed=True, primary_key=True)
    page: int = required(TECHNICAL, primary_key=True, column={"autoincrement": False})
    status: int = required(TECHNICAL)
    body: bytes = required(TECHNICAL)
    digest: bytes = required(TECHNICAL)
    fetched_at: datetime = moment()
