"""Keeps the deadlines of a client in the database as current as the facts they are counted from."""

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """Return a short digest of all rule files; another one means that deadlines must be counted again."""
    from kotoutus_tui.casework.rules import FOLDER

    digest = sha256()
    for path in sorted(FOLDER.glob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


async def recount(session: "AsyncSession", client_id: UUID) -> None:
    """Count the deadlines of an open client again, in the caller's transaction, when its facts changed.

    Commands carried out with `undo.once` need not call it. Nothing happens when no fact changed, or when
    the client is not open to this person: then the daily run counts it. Raises SetupError when a rule file
    has an error.
    """
    await session.flush()
    connection = await session.connection()
    begun = await connection.exec_driver_sql(
        "select api.begin_recount(%(client)s, %(rules)s)", {"client": client_id, "rules": rules_digest()}
    )
    if begun.scalar():
        await _count(session, client_id)


async def recount_if_stale(db: "Database", client_id: UUID) -> bool:
    """Count the deadlines of an open client again when a fact or the rules changed since they were counted.

    Returns whether it did.
    """
    async with db.reading_fast() as connection:
        found = await connection.execute("select api.deadlines_stale(%s, %s)", (client_id, rules_digest()))
        row = await found.fetchone()
    if row is None or not row[0]:
        return False
    from models.base import new_id

    async with db.writing(new_id(), "deadlines.count", client_id) as session:
        await recount(session, client_id)
    return True


async def _count(session: "AsyncSession", client_id: UUID) -> None:
    from kotoutus_tui.casework.deadline_facts import known_in
    from kotoutus_tui.casework.deadline_rows import kept
    from kotoutus_tui.casework.deadlines import deadlines
    from kotoutus_tui.casework.rules import rule_book

    today, book = clock.today(), rule_book()
    known = await known_in(session, client_id)
    rows, summary = kept(known, deadlines(known.facts, today, book), today, book)
    connection = await session.connection()
    await connection.exec_driver_sql(
        "select api.put_deadlines(%(client)s, %(rows)s::jsonb, %(summary)s::jsonb, %(rules)s)",
        {
            "client": client_id, "rows": json.dumps(rows), "summary": json.dumps(summary),
            "rules": rules_digest(),
        },
    )  # fmt: skip
