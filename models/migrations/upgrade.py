"""Brings a database to the version this program needs, or back."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, cast

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from models.migrations.version import REVISION, security_digest, security_files


class NotInstaller(Exception):
    """The login may not change the structure: a superuser of the database server is needed."""


@dataclass(frozen=True)
class SchemaStatus:
    """What the database has and what the program needs; `revision` is None in an empty database."""

    revision: str | None
    security_digest: str | None

    @property
    def current(self) -> bool:
        """Whether nothing needs to be done."""
        return self.revision == REVISION and self.security_digest == security_digest()


def upgrade(conninfo: str) -> SchemaStatus:
    """Makes roles, tables and rules, or brings them up to date, in one transaction.

    Raises NotInstaller unless the login is a superuser: roles and rights of PostgreSQL itself are changed.
    """
    with _as_installer(conninfo) as connection:
        protect_database(connection)
        connection.execute(text("set local role kotoutus_owner"))
        command.upgrade(_alembic(connection), "head")
        _apply_rules(connection)
        return status_of(connection)


def downgrade(conninfo: str, revision: str) -> SchemaStatus:
    """Takes tables back to `revision`; `base` removes everything that was made, with all data."""
    with _as_installer(conninfo) as connection:
        connection.execute(text("set local role kotoutus_owner"))
        command.downgrade(_alembic(connection), revision)
        if revision == "base":
            connection.execute(text("drop schema if exists api, access cascade"))
            connection.execute(text("drop table if exists app.alembic_version"))
            connection.execute(text("reset role"))
            connection.execute(text("drop schema if exists app, audit, ext cascade"))
            return SchemaStatus(None, None)
        _apply_rules(connection)
        return status_of(connection)


def status(conninfo: str) -> SchemaStatus:
    """What the database has now."""
    engine = create_engine("postgresql+psycopg://", creator=_connector(conninfo))
    try:
        with engine.connect() as connection:
            return status_of(connection)
    finally:
        engine.dispose()


def status_of(connection: Connection) -> SchemaStatus:
    """What the database of this connection has now."""
    try:
        row = connection.execute(
            text("select revision, security_digest from app.schema_state where id = 1")
        ).one_or_none()
    except ProgrammingError:
        return SchemaStatus(None, None)
    return SchemaStatus(*row) if row else SchemaStatus(None, None)


def protect_database(connection: Connection) -> None:
    """Makes the group roles, takes back what PostgreSQL gives to everybody, and makes the owner's schemas.

    A copy of a database (a template, a restore without its own rights) needs this again.
    """
    for file in security_files():
        if file.name < "10":
            _run_file(connection, file)
    for schema in ("app", "audit", "ext"):
        connection.execute(text(f"create schema if not exists {schema} authorization kotoutus_owner"))
    for extension in ("pg_trgm", "unaccent", "btree_gist"):
        connection.execute(text(f"create extension if not exists {extension} schema ext"))


def _apply_rules(connection: Connection) -> None:
    connection.execute(text("set local search_path = app, ext"))
    for file in security_files():
        if file.name >= "10":
            _run_file(connection, file)
    connection.execute(
        text(
            "insert into app.schema_state (id, revision, security_digest)"
            " values (1, (select version_num from app.alembic_version), :digest)"
            " on conflict (id) do update set revision = excluded.revision,"
            " security_digest = excluded.security_digest, applied_at = clock_timestamp()"
        ),
        {"digest": security_digest()},
    )


def _run_file(connection: Connection, file: Path) -> None:
    # Straight to the driver: a file holds many statements, and percent signs that are no placeholders.
    driver = cast(psycopg.Connection, connection.connection.driver_connection)
    driver.execute(cast(LiteralString, file.read_text(encoding="utf-8")))


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _as_installer(conninfo: str) -> Generator[Connection]:
    engine = create_engine("postgresql+psycopg://", creator=_connector(conninfo))
    try:
        with engine.begin() as connection:
            if not connection.scalar(text("select rolsuper from pg_roles where rolname = session_user")):
                raise NotInstaller
            yield connection
    finally:
        engine.dispose()


def _connector(conninfo: str) -> "Callable[[], psycopg.Connection]":
    return lambda: psycopg.connect(conninfo)
