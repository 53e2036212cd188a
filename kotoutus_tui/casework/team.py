"""The counsellors of the team with how many clients each has, and giving clients to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from psycopg.rows import class_row

from kotoutus_tui.errors import Conflict, InvalidInput, KotoutusError, NotFound
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Counsellor:
    """A counsellor who works in the team; `clients` are the open ones this person may list."""

    login: str
    name: str
    clients: int


async def counsellors(db: "Database") -> Sequence[Counsellor]:
    """Return the counsellors by name; only the lead sees the clients of all."""
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(Counsellor)) as cursor,
    ):
        await cursor.execute(_COUNSELLORS)
        return await cursor.fetchall()


@dataclass(frozen=True)
class Move:
    """One client to be moved; with the same `operation_id` it is moved to a counsellor once.

    `was` is whose it is now.
    """

    client_id: UUID
    name: str
    operation_id: UUID
    was: str | None = None


@dataclass(frozen=True)
class Moved:
    """How many clients were moved, and of those that were not the name and the reason."""

    count: int
    failed: Sequence[tuple[str, str]]


async def give(db: "Database", moves: Sequence[Move], counsellor: str, reason: str) -> Moved:
    """Give clients to a counsellor, each with a commit of its own: rights follow at once, both are told.

    Only for the lead. Raises InvalidInput without a reason, NotAllowed to others, and Unreachable half
    way: the next try with the same moves goes on where this one ended.
    """
    why = needed_reason(reason)
    count = 0
    failed: list[tuple[str, str]] = []
    for move in moves:
        try:
            # Another choice after a broken try is another command.
            operation = uuid5(move.operation_id, counsellor)
            await db.call("assign", move.client_id, counsellor, why, operation)
        except (NotFound, Conflict, InvalidInput) as error:
            failed.append((move.name, why_not(error)))
        else:
            count += 1
    return Moved(count, failed)


async def names(db: "Database", client_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, str | None]]:
    """Return id, name and own counsellor of the clients among these that this person may list, by name."""
    async with db.reading_fast() as connection:
        cursor = await connection.execute(
            "select id, name, own_counsellor from app.client where id = any(%s) order by sort_name, id",
            [list(client_ids)],
        )
        return await cursor.fetchall()


def why_not(error: KotoutusError) -> str:
    """Return why a client was not moved, in a sentence."""
    if isinstance(error, InvalidInput):
        return _("This counsellor cannot have this client.")
    return error.sentence


_COUNSELLORS = """
select s.login, s.name, count(c.id)::int as clients
  from app.staff s
  left join app.client c on c.own_counsellor = s.login and c.phase <> 'closed'
 where s.role = 'counsellor' and s.active
 group by s.login, s.name
 order by s.name, s.login
"""
