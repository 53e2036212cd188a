"""`kotoutus reception`: the steps of the screen as a table, lines or JSON, for those who take part."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import cli, clock, i18n
from kotoutus_tui.casework.reception import arriving
from kotoutus_tui.casework.reception.arriving import Facts
from kotoutus_tui.casework.reception.templates import templates
from kotoutus_tui.database import Database
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

Printed = Callable[..., str]


@pytest.fixture
def printed(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Printed:
    def run(login: str, *words: str) -> str:
        monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login(login))
        assert cli.main(["reception", *words]) == 0
        return capsys.readouterr().out

    return run


@pytest.fixture
async def arrival(database: OwnDatabase) -> UUID:
    make_team(database)
    client = make_client(database, "aino", "Aalto", "Testi")
    door = Database(database.as_login("aino"))
    try:
        facts = Facts(
            "Viisi henkeä", clock.today() - timedelta(days=1), "direct", persons=5, responsible="aino"
        )
        return await arriving.make(door, facts, [client], operation_id=uuid4())
    finally:
        await door.close()


def test_every_open_step_is_a_line(arrival: UUID, database: OwnDatabase, printed: Printed) -> None:
    rows = json.loads(printed("aino", "--json"))
    assert len(rows) == len(templates().steps["direct"])
    assert {row["arrival"] for row in rows} == {str(arrival)}
    by_code = {row["code"]: row for row in rows}
    assert by_code["arrived"]["state"] == "late"
    assert by_code["registration"]["state"] == "held_up"
    assert by_code["registration"]["waits_for"] == by_code["arrived"]["step"]
    assert [row["due_on"] for row in rows] == sorted(row["due_on"] for row in rows)
    lines = printed("aino", "--plain").splitlines()
    assert len(lines) == len(rows)
    assert lines[0].startswith(f"Perhe on saapunut; {i18n._('Due')}: ")
    assert "Tila: myöhässä; Saapuminen: Viisi henkeä" in lines[0]
    assert any("Kenen: Aalto Testi" in line and "Odottaa: Perhe on saapunut" in line for line in lines)
    assert i18n._("Due") in printed("aino").splitlines()[0]
    with psycopg.connect(database.as_superuser) as connection:
        logged = connection.execute(
            "select count(*), min(count) from audit.log_entry where action = 'list' and subject = 'reception'"
        ).fetchone()
    assert logged == (3, 1)


def test_only_what_is_at_risk_and_only_for_those_who_take_part(arrival: UUID, printed: Printed) -> None:
    del arrival
    at_risk = json.loads(printed("aino", "--json", "--at-risk"))
    assert {row["state"] for row in at_risk} == {"late", "held_up"}
    assert printed("bilal") == "Ei tekemättömiä vaiheita.\n"
    assert json.loads(printed("bilal", "--json")) == []
    assert len(json.loads(printed("helmi", "--json"))) == len(templates().steps["direct"])
    assert json.loads(printed("aino", "--json", "--scope", "later")) == []
