"""The answers of a run, kept in the database until everything is read, and how far runs were taken in."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui.catalogue.client import Answer
from kotoutus_tui.catalogue.records import Fetched

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_GOES_ON = timedelta(hours=12)  # later the pages would be of another day
_WHOLE_EVERY = timedelta(days=7)
_LAG = timedelta(hours=3)  # what is published reaches the interface up to 1.5 hours later
_FUTURE = timedelta(minutes=5)

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Run:
    """A run that reads: everything, or what changed `since`."""

    id: UUID
    whole: bool
    since: datetime | None
    started_at: datetime


@dataclass(frozen=True)
class _Known:
    newest: datetime | None
    whole_at: datetime | None


async def begin(db: "Database", source: str, now: datetime, *, full: bool, deltas: bool = True) -> Run:
    """Return the run to go on with, else a new one; `deltas` is whether the source tells changes alone.

    All is read the first time, when asked for, and at least every seven days, because what no longer
    fits the question appears neither among the changes nor among what was put away.
    """
    known = await _known(db, source)
    week_ago = now - _WHOLE_EVERY
    recent = known.whole_at is not None and week_ago < known.whole_at < now + _FUTURE
    whole = full or not deltas or known.newest is None or not recent
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Run)) as cursor:
        begun = await (
            await cursor.execute(
                "select id, whole, since, started_at from app.catalogue_run where source = %s"
                " and login = session_user and read_at is null and whole = %s"
                " and started_at between %s and %s"
                " order by started_at desc limit 1",
                [source, whole, now - _GOES_ON, now + _FUTURE],
            )
        ).fetchone()
    if begun is not None:
        return begun
    since = None if whole or known.newest is None else known.newest - _LAG
    made = await db.call("begin_catalogue_run", source, whole, since)
    return Run(made, whole, since, now)


async def end(db: "Database", run: Run) -> None:
    """Everything was read: its answers need not be kept any longer."""
    await db.call("end_catalogue_run", run.id)


async def remember(session: "AsyncSession", fetched: Fetched) -> None:
    """Note that a run was taken in, so that the next asks from where it ended; in the transaction of that."""
    from sqlalchemy import text

    connection = await session.connection()
    await connection.execute(
        text("select api.take_in_catalogue_run(:run, :newest)"),
        {"run": fetched.run_id, "newest": fetched.newest},
    )


class Pages:
    """The answers of one run, each asked for once even when the program was killed in between."""

    def __init__(self, db: "Database", run: Run) -> None:
        self._db, self._run = db, run
        self._kept: dict[Key, bytes] = {}

    async def open(self) -> int:
        """Find out which answers are kept; return how many."""
        async with self._db.reading_fast() as connection:
            rows = await connection.execute(
                "select endpoint, query, page, digest from app.catalogue_page where run_id = %s",
                [self._run.id],
            )
            self._kept = {(endpoint, query, page): digest async for endpoint, query, page, digest in rows}
        return len(self._kept)

    async def kept(self, key: Key) -> Answer | None:
        """Return an answer that is kept whole."""
        if key not in self._kept:
            return None
        async with self._db.reading_fast() as connection:
            found = await connection.execute(
                "select status, body from app.catalogue_page"
                " where run_id = %s and endpoint = %s and query = %s and page = %s",
                [self._run.id, *key],
            )
            row = await found.fetchone()
        if row is None or hashlib.sha256(row[1]).digest() != bytes(self._kept[key]):
            return None
        status, body = int(row[0]), bytes(row[1])
        return Answer(status, body, json.loads(body) if status == 200 else None)

    async def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer."""
        await self._db.call("keep_catalogue_page", self._run.id, *key, answer.status, answer.body)
        self._kept[key] = hashlib.sha256(answer.body).digest()


async def _known(db: "Database", source: str) -> _Known:
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(_Known)) as cursor:
        found = await (
            await cursor.execute(
                "select (select newest from app.catalogue_run where source = %(source)s"
                " and taken_in_at is not null order by taken_in_at desc limit 1) as newest,"
                " (select max(taken_in_at) from app.catalogue_run"
                " where source = %(source)s and whole) as whole_at",
                {"source": source},
            )
        ).fetchone()
    return found or _Known(None, None)
