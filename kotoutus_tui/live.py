"""Word of changes in other sessions, as an endless stream that reconnects by itself."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from psycopg import AsyncConnection, Error

from kotoutus_tui.database import Database
from kotoutus_tui.errors import KotoutusError

_RETRY_SECONDS = 1.0

Listening: TypeAlias = AsyncConnection[Any]


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


async def listen(database: Database) -> Listening:
    """Return a connection that hears of every change from now on, for `changes`."""
    connection = await database.connect()
    await connection.execute("listen kotoutus")
    return connection


async def changes(
    database: Database, listening: Listening | None = None
) -> AsyncGenerator[Change | Connected | Disconnected]:
    """Yields Connected, then each Change, and Disconnected when the connection is lost, for ever.

    It goes on with what `listening` has heard meanwhile, when there is one.
    Anyone with a login may send junk on the channel, so what is no table and id is passed over.
    """
    while True:
        try:
            connection, listening = listening or await listen(database), None
            async with connection:
                yield Connected()
                while True:
                    async for notification in connection.notifies(timeout=0):
                        if (change := _parse(notification.payload)) is not None:
                            yield change
                    await _word(connection)
        except (Error, KotoutusError):
            yield Disconnected()
            await asyncio.sleep(_RETRY_SECONDS)


async def _word(connection: Listening) -> None:
    """Wait until the server says something; the driver's own waiting would wake ten times a second."""
    loop, said = asyncio.get_running_loop(), asyncio.Event()
    descriptor = connection.fileno()
    loop.add_reader(descriptor, said.set)
    try:
        await said.wait()
    finally:
        loop.remove_reader(descriptor)


def _parse(payload: str) -> Change | None:
    table, colon, row_id = payload.partition(":")
    try:
        return Change(table, UUID(row_id)) if colon and table.isidentifier() else None
    except ValueError:
        return None
