"""The one door to PostgreSQL: every transaction of the program begins and ends here."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from psycopg import AsyncConnection, Error, IsolationLevel
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from kotoutus_tui.errors import KotoutusError, from_database

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlmodel.ext.asyncio.session import AsyncSession

# A dead network is noticed in seconds instead of the kernel's minutes.
_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "4000",
    "application_name": "kotoutus",
}


class AlreadyDone(KotoutusError):
    """The command with this operation id was carried out before; nothing was done a second time."""


class Database:
    """Connections of one person to the team's database, made when first needed.

    Hot screens read through one driver connection that needs no import of the object mapper;
    everything else goes through SQLModel sessions.
    """

    def __init__(self, conninfo: str) -> None:
        given = {name: str(value) for name, value in conninfo_to_dict(conninfo).items() if value is not None}
        self.conninfo = make_conninfo(**(_PATIENCE | given))
        self._fast: AsyncConnection[Any] | None = None
        self._fast_lock = asyncio.Lock()
        self._engine: AsyncEngine | None = None

    async def connect(self) -> AsyncConnection[Any]:
        """A new connection of its own in autocommit mode, for listening; the caller closes it.

        Raises Unreachable or SetupError.
        """
        try:
            return await AsyncConnection.connect(self.conninfo, autocommit=True)
        except Error as error:
            raise from_database(error) from error

    @asynccontextmanager
    async def reading_fast(self) -> AsyncGenerator[AsyncConnection[Any]]:
        """A read-only transaction on the driver's connection; one reader at a time.

        Raises the KotoutusError that fits what the database says.
        """
        async with self._fast_lock:
            connection = await self._fast_connection()
            try:
                async with connection.transaction():
                    yield connection
            except Error as error:
                if connection.closed:
                    self._fast = None
                raise from_database(error) from error

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator["AsyncSession"]:
        """A SQLModel session in a read-only transaction."""
        async with self._session(read_only=True) as session:
            yield session

    @asynccontextmanager
    async def writing(
        self,
        operation_id: UUID,
        name: str,
        client_id: UUID | None = None,
        inverse: dict[str, Any] | None = None,
    ) -> AsyncGenerator["AsyncSession"]:
        """A SQLModel session that commits at the end, as the command `name`.

        The command is recorded by its operation id with the same commit, so a retry after any fault
        has no second effect: it raises AlreadyDone. `inverse` is what undo needs.
        """
        from models.access import Command

        async with self._session(read_only=False) as session:
            if await session.get(Command, operation_id) is not None:
                raise AlreadyDone("")
            session.add(Command(operation_id=operation_id, name=name, client_id=client_id, inverse=inverse))
            await session.flush()
            yield session
            await session.commit()

    @asynccontextmanager
    async def bookkeeping(self) -> AsyncGenerator["AsyncSession"]:
        """A SQLModel session that commits at the end, for what the program notes for itself.

        It is no command of a person: nothing is recorded for undo.
        """
        async with self._session(read_only=False) as session:
            yield session
            await session.commit()

    async def call(self, function: LiteralString, *arguments: object) -> Any:
        """Runs one `api` function in a transaction of its own and returns its value."""
        from psycopg import sql

        async with self._fast_lock:
            connection = await self._fast_connection()
            try:
                async with connection.transaction():
                    await connection.execute("set transaction read write")
                    places = sql.SQL(", ").join(sql.Placeholder() * len(arguments))
                    statement = sql.SQL("select {}({})").format(sql.Identifier("api", function), places)
                    row = await (await connection.execute(statement, arguments)).fetchone()
                    return row[0] if row else None
            except Error as error:
                if connection.closed:
                    self._fast = None
                raise from_database(error) from error

    async def close(self) -> None:
        """Closes all connections; the object can be used again."""
        if self._fast is not None:
            await self._fast.close()
            self._fast = None
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None

    async def _fast_connection(self) -> AsyncConnection[Any]:
        if self._fast is None or self._fast.closed:
            try:
                connection = await AsyncConnection.connect(self.conninfo)
            except Error as error:
                raise from_database(error) from error
            await connection.set_isolation_level(IsolationLevel.READ_COMMITTED)
            await connection.set_read_only(True)
            self._fast = connection
        return self._fast

    @asynccontextmanager
    async def _session(self, *, read_only: bool) -> AsyncGenerator["AsyncSession"]:
        from sqlalchemy import text
        from sqlalchemy.exc import DBAPIError
        from sqlmodel.ext.asyncio.session import AsyncSession

        from models.tables import metadata

        # A table finds those it refers to only when all of them are loaded.
        _ = metadata.sorted_tables
        try:
            async with AsyncSession(self._session_engine(), expire_on_commit=False) as session:
                if read_only:
                    connection = await session.connection()
                    await connection.execute(text("set transaction read only"))
                yield session
        except (DBAPIError, Error) as error:
            raise from_database(error) from error

    def _session_engine(self) -> "AsyncEngine":
        if self._engine is None:
            from sqlalchemy.ext.asyncio import create_async_engine

            self._engine = create_async_engine(
                "postgresql+psycopg://",
                async_creator=lambda: AsyncConnection.connect(self.conninfo),
                pool_size=1,
                max_overflow=1,
                pool_pre_ping=True,
                pool_recycle=1800,
                pool_timeout=5,
            )
        return self._engine
