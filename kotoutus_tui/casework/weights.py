"""What makes one client heavier, whether the client must stay, and who must not see the client."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

MOST_COMPLEX = 3


@dataclass(frozen=True)
class Weight:
    """`complexity` is 0 to 3; `lock_reason` is None for a client who may be moved."""

    complexity: int = 0
    lock_reason: str | None = None


async def weight(db: "Database", client_id: UUID) -> Weight:
    """Return the weight of a client whom this person may list."""
    async with db.reading_fast() as connection:
        found = await (await connection.execute(_WEIGHT, [client_id])).fetchone()
    return Weight(*found) if found else Weight()


async def set_weight(db: "Database", client_id: UUID, complexity: int, *, operation_id: UUID) -> None:
    """Set the complexity, 0 to 3; for the client's counsellor and the lead. Raises InvalidInput."""
    if not 0 <= complexity <= MOST_COMPLEX:
        raise InvalidInput("complexity", _("Complexity is from 0 to 3."))
    await _put(db, _COMPLEXITY, {"client": client_id, "complexity": complexity}, operation_id)


async def lock(db: "Database", client_id: UUID, reason: str | None, *, operation_id: UUID) -> None:
    """Lock the client to the counsellor for a reason, or unlock with None. Only for the lead.

    Raises InvalidInput for a reason that says nothing, NotAllowed to others.
    """
    why = needed_reason(reason) if reason else None
    values = {"client": client_id, "locked": why is not None, "reason": why}
    await _put(db, _LOCK, values, operation_id)


async def conflicts(db: "Database", client_id: UUID) -> Sequence[str]:
    """Return the logins of who must not see the client. Raises NotAllowed to others than the lead."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute("select * from api.conflicts(%s)", [client_id])).fetchall()
    return [row[0] for row in rows]


async def set_conflicts(db: "Database", client_id: UUID, logins: Sequence[str]) -> None:
    """Say who must not see the client; whoever is left out may again. Only for the lead.

    Raises Conflict when the client is theirs: the client must be moved first.
    """
    now = await conflicts(db, client_id)
    for login in {*now, *logins}:
        if (login in logins) != (login in now):
            try:
                await db.call("set_conflict", client_id, login, login in logins)
            except InvalidInput:
                raise Conflict(_("The client is theirs. Move the client first.")) from None


async def _put(db: "Database", statement: str, values: dict[str, Any], operation_id: UUID) -> None:
    async def work(session: "AsyncSession") -> None:
        from sqlalchemy import text

        # As SQL: the object mapper would name columns to which a counsellor has no right.
        await (await session.connection()).execute(text(statement), values)

    await once(db, operation_id, "workload.weight", None, None, work)


_COMPLEXITY = """
insert into app.client_weight (client_id, complexity) values (:client, :complexity)
on conflict (client_id) do update set complexity = excluded.complexity
"""
_LOCK = """
insert into app.client_weight (client_id, locked, lock_reason) values (:client, :locked, :reason)
on conflict (client_id) do update set locked = excluded.locked, lock_reason = excluded.lock_reason
"""
_WEIGHT = """
select complexity, case when locked then lock_reason end from app.client_weight where client_id = %s
"""
