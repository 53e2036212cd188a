"""What holds for every table, view, function and column, so that a new one cannot forget it."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import String, create_engine, text
from sqlmodel import AutoString

from models.migrations import upgrade, version
from models.tables import metadata
from tests.cluster import Cluster, OwnDatabase

GROUNDS = {*range(1, 11), "technical", "staff", "log data", "protection order"}
# Set by the database from session_user or from its own transaction number; no person writes them.
PLAIN_TEXT = {
    "author", "login", "updated_by", "created_by", "assigned_by", "recorded_by", "set_by", "found_by",
    "transaction",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with cluster.database() as own, psycopg.connect(own.as_superuser, autocommit=True) as connection:
        yield connection


OURS = "('app', 'audit', 'access', 'api')"


def _names(catalogue: psycopg.Connection, statement: str) -> list[str]:
    found = catalogue.execute(statement).fetchall()  # pyright: ignore[reportCallIssue, reportArgumentType]
    return [row[0] for row in found]


def test_every_table_has_row_security(catalogue: psycopg.Connection) -> None:
    tables = (
        "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace::regnamespace::text"
    )
    assert len(_names(catalogue, f"{tables} in {OURS}")) >= 25
    assert _names(catalogue, f"{tables} in {OURS} and not relrowsecurity") == []


def test_every_view_asks_with_the_rights_of_its_reader(catalogue: psycopg.Connection) -> None:
    found = _names(
        catalogue,
        "select oid::regclass::text from pg_class where relkind in ('v', 'm')"
        f" and relnamespace::regnamespace::text in {OURS}"
        " and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on']",
    )
    assert found == []


def test_every_definer_function_is_pinned_and_nothing_is_for_everybody(catalogue: psycopg.Connection) -> None:
    ours = f"select oid::regprocedure::text from pg_proc where pronamespace::regnamespace::text in {OURS}"
    assert len(_names(catalogue, f"{ours} and prosecdef")) > 20
    assert _names(catalogue, f"{ours} and prosecdef and proconfig is null") == []
    assert _names(catalogue, f"{ours} and not 'search_path=\"\"' = any(coalesce(proconfig, '{{}}'))") == []
    public = (
        "exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0)"
    )
    assert _names(catalogue, f"{ours} and {public}") == []


def test_policy_functions_are_the_only_ones_of_access_that_people_may_call(
    catalogue: psycopg.Connection,
) -> None:
    called = _names(
        catalogue,
        "select distinct p.proname from pg_proc p, aclexplode(p.proacl) a"
        " where pronamespace = 'access'::regnamespace and a.grantee::regrole::text <> 'kotoutus_owner'",
    )
    rules = " ".join(_names(catalogue, "select concat(qual, with_check) from pg_policies"))
    assert [name for name in called if f"access.{name}(" not in rules] == []


def test_text_is_safe_text(catalogue: psycopg.Connection) -> None:
    found = _names(
        catalogue,
        "select distinct a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
        f" where c.relkind = 'r' and c.relnamespace::regnamespace::text in {OURS} and a.attnum > 0"
        " and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)"
        " and c.relname <> 'alembic_version' and a.attgenerated = ''",  # made of columns that are checked
    )
    assert set(found) <= PLAIN_TEXT
    writable = _names(
        catalogue,
        "select attrelid::regclass || '.' || attname from pg_attribute a, aclexplode(a.attacl) x"
        " where x.privilege_type <> 'SELECT' and a.atttypid = 'text'::regtype",
    )
    assert writable == []


def test_rights_to_write_name_their_columns(catalogue: psycopg.Connection) -> None:
    found = _names(
        catalogue,
        "select c.oid::regclass || ' ' || a.privilege_type from pg_class c, aclexplode(c.relacl) a"
        f" where c.relnamespace::regnamespace::text in {OURS} and a.privilege_type <> 'SELECT'"
        " and a.grantee <> c.relowner",
    )
    assert found == []


def test_everybody_has_nothing_in_the_database(catalogue: psycopg.Connection) -> None:
    held = "select a.privilege_type from {0}, aclexplode({1}) a where a.grantee = 0 and {2}"
    database = held.format("pg_database", "datacl", "datname = current_database()")
    assert _names(catalogue, database) == []
    schemas = held.format(
        "pg_namespace", "nspacl", "nspname in ('app', 'audit', 'access', 'api', 'ext', 'public')"
    )
    assert _names(catalogue, schemas) == []
    assert _names(catalogue, held.format("pg_language", "lanacl", "lanname in ('sql', 'plpgsql')")) == []


def test_no_column_lacks_its_legal_ground() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns]
    assert len(columns) > 150
    assert [str(column) for column in columns if column.info.get("ground") not in GROUNDS] == []


def _another_type(_context: object, _old: object, _new: object, old: Any, new: Any) -> bool | None:
    # To PostgreSQL text and varchar without a length are one.
    return False if isinstance(old, String) and isinstance(new, AutoString) else None


def _same_but_for_class(one: Any, found: list[Any]) -> bool:
    # An index with an operator class of an extension comes back without it, as one to remove and one to add.
    names = [(other[0], other[1].name) for other in found if str(other[0]).endswith("_index")]
    return str(one[0]).endswith("_index") and {("remove_index", one[1].name), ("add_index", one[1].name)} <= {
        *names
    }


# Of an index with an operator class alembic compares everything but the expression.
@pytest.mark.filterwarnings("ignore:Expression #")
def test_tables_are_those_of_the_models(database: OwnDatabase) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(database.as_superuser))
    options = {
        "include_schemas": True,
        "version_table_schema": "app",
        "compare_type": _another_type,
        "include_name": lambda name, kind, _: name in ("app", "audit") if kind == "schema" else True,
    }
    try:
        with engine.connect() as connection:
            connection.execute(text("set search_path = ext"))
            assert connection.scalar(text("select version_num from app.alembic_version")) == version.REVISION
            found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
            assert [one for one in found if not _same_but_for_class(one, found)] == []
    finally:
        engine.dispose()


def test_down_to_nothing_and_up_again(database: OwnDatabase) -> None:
    assert upgrade.status(database.as_superuser).current
    assert upgrade.downgrade(database.as_superuser, "base").revision is None
    with psycopg.connect(database.as_superuser) as connection:
        left = connection.execute("select nspname from pg_namespace where nspname in ('app', 'audit', 'api')")
        assert left.fetchall() == []
    assert upgrade.upgrade(database.as_superuser).current
    assert upgrade.upgrade(database.as_superuser).current
