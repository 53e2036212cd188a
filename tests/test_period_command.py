"""`kotoutus period`: the same as the screen, for scripts and screen readers."""

import json
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui import cli
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client
from tests.test_cli import Captured


@pytest.fixture
def client(database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> UUID:
    make_team(database)
    client = make_client(
        database, "aino", "Ivanova", "Oksana", phase="plan", detail={"first_plan_drawn_on": "2025-03-14"}
    )
    open_client(database, "aino", client)
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(
            "insert into app.interruption (client_id, from_on, to_on, reason)"
            " values (%s, '2026-04-01', '2026-04-20', 'illness')",
            [client],
        )
        connection.execute(
            "insert into app.study (client_id, kind, minutes) values (%s, 'civic_orientation', 600)", [client]
        )
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    return client


def test_it_tells_period_studies_and_authority(client: UUID, capsys: Captured) -> None:
    assert cli.main(["period", str(client)]) == 0
    shown = capsys.readouterr().out
    for part in ("14.3.2025–3.4.2027", "1.4.2026–20.4.2026", "10 t / 70 t", "kunta"):
        assert part in shown
    assert "sairaus" not in shown


def test_it_is_json_for_scripts(client: UUID, capsys: Captured) -> None:
    assert cli.main(["period", str(client), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["period"]["end"] == "2027-04-03"
    assert [row["minutes"] for row in found["studies"]] == [600]


def test_others_are_refused(
    database: OwnDatabase, client: UUID, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("bilal"))
    assert cli.main(["period", str(client)]) == 3
    assert "2027" not in capsys.readouterr().out
