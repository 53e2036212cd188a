"""What a person is told inside the program: clients given and taken, and clients who may be one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.i18n import N_, _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_KINDS = {
    "received": N_("You were given a client"),
    "handed_over": N_("A client was moved to another counsellor"),
    "will_receive": N_("You will be given a client"),
    "will_hand_over": N_("A client will be moved to another counsellor"),
    "transfer_cancelled": N_("A planned transfer was cancelled"),
    "transfer_failed": N_("A transfer you planned could not be made"),
    "deputy": N_("You are a deputy; the caseload shows whose"),
    "has_deputy": N_("You have a deputy while you are away"),
    "end_deputy": N_("You are no longer a deputy"),
    "end_has_deputy": N_("Your deputy has been ended"),
    "identity_clash": N_("Two clients may be the same person"),
}
_SHOWN = 100


@dataclass(frozen=True)
class Notice:
    """One notice; `name` is the client's where this person may list the client, else None."""

    id: UUID
    kind: str
    client_id: UUID | None
    name: str | None
    created_at: datetime
    unread: bool


async def latest(db: "Database") -> Sequence[Notice]:
    """Return this person's notices, those not read first, each part from the newest on; a hundred at most."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Notice)) as cursor:
        await cursor.execute(_LATEST, [_SHOWN])
        return await cursor.fetchall()


async def unread(db: "Database") -> int:
    """Return how many notices this person has not read."""
    async with db.reading_fast() as connection:
        cursor = await connection.execute(
            "select count(*)::int from app.notice where login = session_user and read_at is null"
        )
        row = await cursor.fetchone()
    return row[0] if row else 0


async def mark_read(db: "Database", notice_ids: Sequence[UUID], *, operation_id: UUID) -> None:
    """Note that these were read; those read before keep their moment."""
    from sqlmodel import col, update

    from kotoutus_tui.database import AlreadyDone
    from models.staff import Notice as Row

    if not notice_ids:
        return
    try:
        async with db.writing(operation_id, "notice.read") as session:
            await session.exec(
                update(Row)
                .where(col(Row.id).in_(notice_ids), col(Row.read_at).is_(None))
                .values(read_at=clock.now())
            )
    except AlreadyDone:
        return


def words(kind: str) -> str:
    """Return what a kind of notice says, without the client's name."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


_LATEST = """
select n.id, n.kind, n.client_id, c.name, n.created_at, n.read_at is null as unread
  from app.notice n
  left join app.client c on c.id = n.client_id
 where n.login = session_user
 order by n.read_at is not null, n.created_at desc, n.id
 limit %s
"""
