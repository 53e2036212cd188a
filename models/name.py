"""Every name a client has or had, and the keys by which any spelling finds it."""

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

NAME_KINDS = ("passport", "previous", "own_script", "called", "alias")


class ClientName(Table, table=True):
    """A name as its document writes it. The passport name in Latin letters is the one lists show."""

    __table_args__ = (
        CheckConstraint(f"kind in {NAME_KINDS}", name="kind"),
        CheckConstraint("family is not null or given is not null", name="not_empty"),
        Index(
            "uq_client_name_passport",
            "client_id",
            unique=True,
            postgresql_where=text("kind = 'passport' and removed_at is null"),
        ),
        Index("ix_client_name_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    kind: str = line(2, needed=True)
    family: str | None = line(2)
    given: str | None = line(2)
    patronymic: str | None = line(2)
    valid_from: date | None = column(2)
    valid_to: date | None = column(2)
    removed_at: datetime | None = column(TECHNICAL, sa_type=Moment)
    created_at: datetime = moment()
    version: int = version()


class ClientSearchKey(Table, table=True):
    """The folded form of one name and what narrows a search; nobody reads this table directly."""

    __table_args__ = (
        Index("ix_client_search_key_client", "client_id"),
        Index("ix_client_search_key_year", "birth_year"),
        # An import asks for the very same name.
        Index("ix_client_search_key_name_key", "name_key"),
    )

    name_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client_name.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    name_key: str = line(2, needed=True)
    birth_year: int | None = column(2)
    key_version: int = required(TECHNICAL)


class ClientSkeleton(Table, table=True):
    """A word or run of words that a name holds, as in search_word; nobody reads this table directly."""

    __table_args__ = (
        Index("ix_client_skeleton_client", "client_id"),
        Index("ix_client_skeleton_name", "name_id"),
    )

    skeleton: str = line(2, needed=True, primary_key=True)
    name_id: UUID = required(TECHNICAL, primary_key=True, foreign_key="app.client_name.id")
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
