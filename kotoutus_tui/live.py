"""Word of changes in other sessions, as an endless stream that reconnects by itself."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

from psycopg import Error

from kotoutus_tui.database import Database
from kotoutus_tui.errors import KotoutusError

_RETRY_SECONDS = 1.0


@dataclass(frozen=True)
class Change:
    """A row of `table` about the client `id` changed, or of a table without clients the row itself."""

    table: str
    id: UUID


@dataclass(frozen=True)
class Connected:
    """The stream is up; anything may have changed while it was not, so read again."""


@dataclass(frozen=True)
class Disconnected:
    """The database does not answer; the stream goes on trying."""


async def changes(database: Database) -> AsyncGenerator[Change | Connected | Disconnected]:
    """Yields Connected, then each Change, and Disconnected when the connection is lost, for ever.

    Anyone with a login may send junk on the channel, so what is no table and id is passed over.
    """
    while True:
        try:
            connection = await database.connect()
            async with connection:
                await connection.execute("listen kotoutus")
                yield Connected()
                async for notification in connection.notifies():
                    if (change := _parse(notification.payload)) is not None:
                        yield change
        except (Error, KotoutusError):
            yield Disconnected()
            await asyncio.sleep(_RETRY_SECONDS)


def _parse(payload: str) -> Change | None:
    table, colon, row_id = payload.partition(":")
    try:
        return Change(table, UUID(row_id)) if colon and table.isidentifier() else None
    except ValueError:
        return None
