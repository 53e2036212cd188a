"""Counting the deadlines of all clients: only what needs it, and only by a superuser."""

import psycopg
import pytest

from kotoutus_tui import cli
from kotoutus_tui.casework.deadline_refresh import refresh, rules_changed
from kotoutus_tui.demo.load import fill
from kotoutus_tui.errors import NotAllowed
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

CLIENTS = 40


def _run(database: OwnDatabase, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.as_superuser) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def test_only_what_changed_is_counted(database: OwnDatabase) -> None:
    fill(database.as_superuser, CLIENTS)
    assert _run(database, "select 1 from app.deadline limit 1")
    assert refresh(database.as_superuser) == 0
    _run(
        database,
        "update app.client_status set plan_needed = false"
        " where client_id in (select id from app.client limit 3)",
    )
    heard: list[tuple[int, int]] = []
    assert refresh(database.as_superuser, lambda done, wanted: heard.append((done, wanted))) == 3
    assert heard == [(3, 3)]


def test_a_new_day_and_other_rules_count_everybody_and_change_nothing_else(database: OwnDatabase) -> None:
    fill(database.as_superuser, CLIENTS)
    # With the versions of the rows: what is as it was counted is not written again.
    everything = (
        "select client_id, rule, subject, section, due_on, basis, xmin::text, xmax::text from app.deadline"
        " where client_id <> (select id from app.client order by id limit 1) order by 1, 2, 3"
    )
    before = _run(database, everything)
    _run(database, "update app.deadline_state set counted_at = counted_at - interval '1 day'")
    # Of one client every day is another, and there is a row too many.
    of_one = "app.deadline where client_id = (select id from app.client order by id limit 1)"
    right = _run(database, f"select rule, subject, due_on from {of_one} order by 1, 2")
    _run(database, f"update {of_one.replace(' where', ' set due_on = due_on + 1 where')}")
    _run(
        database,
        "insert into app.deadline (client_id, rule, section, due_on)"
        " select id, 'none', '1 §', current_date from app.client order by id limit 1",
    )
    assert _run(database, f"select rule, subject, due_on from {of_one} order by 1, 2") != right
    assert refresh(database.as_superuser) == CLIENTS
    assert not rules_changed(database.as_superuser)
    _run(database, "update app.deadline_state set rules = 'others'")
    assert rules_changed(database.as_superuser)
    assert refresh(database.as_superuser) == CLIENTS
    assert not rules_changed(database.as_superuser)
    assert _run(database, f"select rule, subject, due_on from {of_one} order by 1, 2") == right
    assert _run(database, everything) == before


def test_nobody_but_a_superuser_counts_for_all(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_team(database)
    make_client(database, "aino", "Testinen", "Tyyne")
    with pytest.raises(NotAllowed):
        refresh(database.as_login("helmi"))
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert cli.main(["deadlines", "--refresh"]) != 0
    assert "pääkäyttäjä" in capsys.readouterr().err
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_superuser)
    assert cli.main(["deadlines", "--refresh"]) == 0
    assert _run(database, "select count(*) from app.deadline")[0][0] != 0
