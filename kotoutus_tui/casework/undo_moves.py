"""Giving clients back to the counsellors they had before one's last move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.team import Moved, why_not
from kotoutus_tui.casework.undo import UNDO_HOURS
from kotoutus_tui.errors import Conflict, InvalidInput, NotFound
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_ONE_MOVE = timedelta(minutes=1)  # longest pause between two clients of one move


@dataclass(frozen=True)
class Done:
    """One client of a move: whose it was (login and name, None for nobody's) and whose it became."""

    operation_id: UUID
    client_id: UUID
    name: str
    former: str | None
    former_name: str | None
    given_to: str
    reason: str | None
    assignment_id: UUID
    done_at: datetime


async def last_move(db: "Database") -> Sequence[Done]:
    """Return the clients of this person's last move within 24 hours, by name; empty when there is none.

    One move is what was given for one reason without a pause: to one counsellor, or by one proposal to many.
    """
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Done)) as cursor:
        await cursor.execute(_MOVES, [clock.now() - timedelta(hours=UNDO_HOURS)])
        rows = await cursor.fetchall()
    move = rows[:1]
    for row in rows[1:]:
        if row.reason != move[0].reason or move[-1].done_at - row.done_at > _ONE_MOVE:
            break
        move.append(row)
    return sorted(move, key=lambda one: one.name)


async def give_back(db: "Database", move: Sequence[Done], *, operation_id: UUID) -> Moved:
    """Give each client back with a commit of its own, unless somebody has moved it on.

    Only for the lead. Raises NotAllowed to others, and Unreachable half way: the next try with the same
    operation goes on where this one ended.
    """
    from kotoutus_tui.database import AlreadyDone

    count = 0
    failed: list[tuple[str, str]] = []
    for one in move:
        operation = uuid5(operation_id, str(one.client_id))
        try:
            async with db.writing(operation, "client.give_back", one.client_id) as session:
                await _give_back(session, one, operation)
        except AlreadyDone:
            count += 1
        except (NotFound, Conflict, InvalidInput) as error:
            failed.append((one.name, why_not(error)))
        else:
            count += 1
    return Moved(count, failed)


async def _give_back(session: "AsyncSession", one: Done, operation: UUID) -> None:
    from sqlmodel import col, func, select

    from models.access import Command
    from models.assignment import Assignment

    if one.former is None:
        raise Conflict(_("The client had no counsellor before."))
    # A command of its own in the database, so that the same move can be told from a new one.
    assign = uuid5(operation, "assign")
    await session.exec(select(func.api.assign(one.client_id, one.former, _("The move was undone."), assign)))
    # Only now the client is locked: what was closed just now must be the move to be undone.
    latest = await session.exec(
        select(Assignment.id)
        .where(col(Assignment.client_id) == one.client_id)
        .order_by(func.lower(Assignment.during).desc())
        .limit(2)
    )
    if list(latest)[1:] != [one.assignment_id]:
        raise Conflict(_("Somebody has moved the client on since."))
    command = await session.get(Command, one.operation_id)
    if command is None or command.undone_by is not None:
        raise Conflict(_("This move was undone already."))
    command.undone_by = assign
    session.add(command)


_MOVES = """
select k.operation_id, k.client_id, c.name, k.inverse ->> 'counsellor' as former, s.name as former_name,
       a.counsellor as given_to, a.reason, a.id as assignment_id, k.done_at
  from app.command k
  join app.client c on c.id = k.client_id
  join app.assignment a on a.client_id = k.client_id and a.during @> k.done_at
  left join app.staff s on s.login = k.inverse ->> 'counsellor'
 where k.login = session_user and k.name = 'client.assign' and k.undone_by is null and k.done_at > %s
   and not exists (select from app.command u where u.undone_by = k.operation_id)
 order by k.done_at desc
"""
