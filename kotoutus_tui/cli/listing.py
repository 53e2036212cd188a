"""Reading a list for a command, with its entry in the log of use."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from kotoutus_tui.database import Database

T = TypeVar("T")


async def listed(
    database: str, about: str, read: Callable[[Database], Awaitable[Sequence[T]]]
) -> Sequence[T]:
    """Return what `read` finds; the log of use tells that so many of `about` were listed."""
    db = Database(database)
    try:
        rows = await read(db)
        await db.call("log_use", "list", about, len(rows))
        return rows
    finally:
        await db.close()
