"""Errors of the database become sentences, and never quote a row."""

from pathlib import Path

import psycopg
import pytest

from kotoutus_tui.errors import (
    Conflict,
    InvalidInput,
    KotoutusError,
    NotAllowed,
    NotFound,
    SetupError,
    Unexpected,
    Unreachable,
    from_database,
)
from tests.cluster import OwnDatabase

SECRET = "Salainen Sanna"
PREPARE = """
create schema trial;
create table trial.person (name text unique check (name <> 'bad'), number int not null default 0);
insert into trial.person values ('Salainen Sanna');
create table trial.other (n int primary key);
"""
STATEMENTS: list[tuple[str, type[KotoutusError]]] = [
    (f"insert into trial.person values ('{SECRET}')", Conflict),
    ("insert into trial.person values ('bad')", InvalidInput),
    ("insert into trial.person values ('x', null)", InvalidInput),
    (f"select '{SECRET}'::int", InvalidInput),
    ("select * from trial.absent", SetupError),
    ("select trial.absent()", SetupError),
    ("do $$ begin raise no_data_found; end $$", NotFound),
    ("do $$ begin raise insufficient_privilege; end $$", NotAllowed),
    ("do $$ begin raise serialization_failure; end $$", Conflict),
    ("do $$ begin raise lock_not_available; end $$", Conflict),
    ("do $$ begin raise disk_full; end $$", Unreachable),
    ("do $$ begin raise division_by_zero; end $$", InvalidInput),
    ("do $$ begin raise 'Salainen Sanna'; end $$", Unexpected),
    ("begin read only; insert into trial.other values (1)", Unreachable),
    ("select pg_terminate_backend(pg_backend_pid())", Unreachable),
]


def test_by_sqlstate(database: OwnDatabase) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(PREPARE)
    for statement, kind in STATEMENTS:
        connection = psycopg.connect(database.as_superuser, autocommit=True)
        with pytest.raises(psycopg.Error) as caught:
            connection.execute(statement.encode())
        connection.close()
        told = from_database(caught.value)
        assert type(told) is kind, statement
        assert told.sentence
        assert told.next_step
        assert SECRET not in f"{told}{told.sentence}{told.next_step}"
        assert told.__cause__ is caught.value


def test_the_field_of_a_refused_value(database: OwnDatabase) -> None:
    with psycopg.connect(database.as_superuser, autocommit=True) as connection:
        connection.execute(PREPARE)
        with pytest.raises(psycopg.Error) as caught:
            connection.execute("insert into trial.person values ('x', null)")
    told = from_database(caught.value)
    assert isinstance(told, InvalidInput)
    assert told.field == "number"


def test_through_sqlalchemy(database: OwnDatabase) -> None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import DBAPIError

    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(database.as_superuser))
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("select * from absent"))
    engine.dispose()
    assert type(from_database(caught.value)) is SetupError


def test_while_connecting(database: OwnDatabase, tmp_path: Path) -> None:
    nobody = database.as_login("nobody_here")
    nowhere = database.server.dsn("no_such_database")
    for conninfo, kind in ((nobody, SetupError), (nowhere, SetupError), (f"host={tmp_path}", Unreachable)):
        with pytest.raises(psycopg.OperationalError) as caught:
            psycopg.connect(conninfo)
        assert type(from_database(caught.value)) is kind


def test_an_error_of_ours_stays_itself() -> None:
    ours = NotFound("x")
    assert from_database(ours) is ours
