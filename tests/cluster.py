"""A PostgreSQL for the tests of one process: migrated once, copied for every test that asks."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from kotoutus_tui.embedded import EmbeddedServer

_TEMPLATE = "migrated"
_ROOM_IN_MEMORY = 2 << 30


@dataclass(frozen=True)
class OwnDatabase:
    """A migrated and empty database that no other test sees."""

    name: str
    server: EmbeddedServer

    @property
    def as_superuser(self) -> str:
        """The connection string of PostgreSQL's superuser, for preparing what no person may."""
        return self.server.dsn(self.name)

    def as_login(self, login: str) -> str:
        """The connection string of a person; the role must have been made, as by add-person."""
        return self.server.dsn(self.name, login)


@dataclass(frozen=True)
class Cluster:
    """The server of this test process and the migrated database that the others are copies of."""

    server: EmbeddedServer

    @contextmanager
    def database(self) -> Iterator[OwnDatabase]:
        """Make a copy, and take it away afterwards with every role that was made meanwhile."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.server.dsn(), autocommit=True) as connection:
            before = _roles(connection)
            _execute(connection, "create database {} template {} strategy file_copy", name, _TEMPLATE)
            try:
                self._protect(name)
                yield OwnDatabase(name, self.server)
            finally:
                _execute(connection, "drop database {} with (force)", name)
                for role in _roles(connection) - before:
                    _execute(connection, "drop role {}", role)

    def _protect(self, name: str) -> None:
        # Rights on a database itself are not copied with it.
        from sqlalchemy import create_engine

        from models.migrations.upgrade import protect_database

        engine = create_engine(
            "postgresql+psycopg://", creator=lambda: psycopg.connect(self.server.dsn(name))
        )
        with engine.begin() as connection:
            protect_database(connection)
        engine.dispose()


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a server in memory when there is room, with the template migrated; end and remove it after."""
    from models.migrations.upgrade import upgrade

    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM_IN_MEMORY
    top = Path(tempfile.mkdtemp(prefix=f"kt-{os.getpid()}-", dir=memory if roomy else None))
    top.chmod(0o711)  # as root the server runs as nobody, who must pass
    try:
        with EmbeddedServer(top / "c", durable=False) as server:
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                _execute(connection, "create database {}", _TEMPLATE)
            upgrade(server.dsn(_TEMPLATE))
            yield Cluster(server)
    finally:
        shutil.rmtree(top, ignore_errors=True)


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # pyright: ignore[reportArgumentType]


def _roles(connection: psycopg.Connection) -> set[str]:
    return {name for (name,) in connection.execute("select rolname from pg_roles")}
