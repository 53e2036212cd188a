"""`kotoutus db`: up, down, and a sentence for every database that does not fit."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from kotoutus_tui import cli
from models.migrations.version import REVISION
from tests.cluster import Cluster

Captured = pytest.CaptureFixture[str]
EMPTY = "empty_for_cli_db"


@pytest.fixture
def empty(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The connection string of a database without anything, which the settings point to."""
    server = cluster.server
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(EMPTY)))
        monkeypatch.setenv("KOTOUTUS_DATABASE", server.dsn(EMPTY))
        yield server.dsn(EMPTY)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(EMPTY)))


def test_up_and_down_again(empty: str, capsys: Captured) -> None:
    assert cli.main(["db", "status"]) == 5
    assert "tyhjä" in capsys.readouterr().err
    assert cli.main(["db", "upgrade"]) == 0
    assert cli.main(["db", "status"]) == 0
    assert cli.main(["db", "upgrade"]) == 0
    assert "jo ajan tasalla" in capsys.readouterr().out
    assert cli.main(["db", "downgrade", "base"]) == 2  # nothing is removed without --yes
    assert cli.main(["db", "status"]) == 0
    assert cli.main(["db", "downgrade", "base", "--yes"]) == 0
    assert cli.main(["db", "status"]) == 5
    with psycopg.connect(empty) as connection:
        left = connection.execute(
            "select nspname from pg_namespace"
            " where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')"
        ).fetchall()
    assert left == []


def test_a_newer_database_is_left_alone(empty: str, capsys: Captured) -> None:
    assert cli.main(["db", "upgrade"]) == 0
    with psycopg.connect(empty) as connection:
        connection.execute("update app.schema_state set revision = '9999'")
    capsys.readouterr()
    for verb in ("status", "upgrade"):
        assert cli.main(["db", verb]) == 5
        told = capsys.readouterr()
        assert "9999" in told.err
        assert told.err.count("\n") == 1
    with psycopg.connect(empty) as connection:
        assert connection.execute("select revision from app.schema_state").fetchone() == ("9999",)


def test_an_older_database_asks_for_the_upgrade(empty: str, capsys: Captured) -> None:
    assert cli.main(["db", "upgrade"]) == 0
    with psycopg.connect(empty) as connection:
        connection.execute("update app.schema_state set revision = '0000'")
    assert cli.main(["db", "status"]) == 5
    assert "kotoutus db upgrade" in capsys.readouterr().err


@pytest.mark.usefixtures("empty")
def test_an_unknown_version_to_go_back_to(capsys: Captured) -> None:
    assert cli.main(["db", "upgrade"]) == 0
    assert cli.main(["db", "downgrade", "4711", "--yes"]) == 2
    assert "4711" in capsys.readouterr().err


def test_only_a_superuser_changes_the_structure(
    empty: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("create role ordinary_person login")
        try:
            monkeypatch.setenv("KOTOUTUS_DATABASE", cluster.server.dsn(EMPTY, "ordinary_person"))
            assert cli.main(["db", "upgrade"]) == 3
        finally:
            connection.execute("drop role ordinary_person")
    assert "sudo -u postgres" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("conninfo", "code", "said"),
    [
        ("dbname={nowhere}", 5, "Tietokantaa ei ole"),
        ("user=nobody_here dbname=postgres", 5, "ei tunne sinua"),
        ("host=/nonexistent dbname=x", 4, "ei vastaa"),
    ],
)
def test_a_wrong_address_is_one_sentence(
    conninfo: str, code: int, said: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    host = "" if "host" in conninfo else f"host={cluster.server.socket_directory} "
    user = "" if "user" in conninfo else "user=postgres "
    monkeypatch.setenv("KOTOUTUS_DATABASE", host + user + conninfo)
    assert cli.main(["db", "status"]) == code
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_the_version_is_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "models/migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION
