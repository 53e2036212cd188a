"""`kotoutus admin` and `kotoutus audit`: who may, and one sentence when it cannot be."""

import json

import psycopg
import pytest

from kotoutus_tui import cli
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _team(database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    make_team(database)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("arto"))


def _people(capsys: Captured) -> dict[str, tuple[str, bool]]:
    capsys.readouterr()
    assert cli.main(["admin", "people", "--json"]) == 0
    return {one["login"]: (one["role"], one["active"]) for one in json.loads(capsys.readouterr().out)}


def test_a_person_is_added_changed_and_removed(database: OwnDatabase, capsys: Captured) -> None:
    add = ["admin", "add-person", "uuno", "--name", "Uuno Uusi", "--role"]
    assert cli.main([*add, "counsellor"]) == 0
    assert _people(capsys)["uuno"] == ("counsellor", True)
    psycopg.connect(database.as_login("uuno")).close()
    assert cli.main([*add, "lead"]) == 0
    assert _people(capsys)["uuno"] == ("lead", True)
    assert cli.main(["admin", "remove-person", "uuno"]) == 0
    assert _people(capsys)["uuno"] == ("lead", False)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database.as_login("uuno"))


def test_people_as_a_table(capsys: Captured) -> None:
    assert cli.main(["admin", "people"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Tunnus", "Nimi", "Rooli", "Tiimissä"]
    assert len(lines) == 6


def test_a_person_with_clients_stays(database: OwnDatabase, capsys: Captured) -> None:
    for given in ("Amina", "Amira"):
        make_client(database, "aino", "Esimerkki", given)
    assert cli.main(["admin", "remove-person", "aino"]) == 1
    told = capsys.readouterr().err
    assert "2 asiakasta" in told
    assert "Amina" not in told
    assert _people(capsys)["aino"] == ("counsellor", True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["remove-person", "nobody"], 1, "kotoutus admin people"),
        (["add-person", "Bad Name", "--role", "lead", "--name", "X Y"], 2, "käyttäjätunnukseksi"),
        (["add-person", "postgres", "--role", "lead", "--name", "X Y"], 2, "käyttäjätunnukseksi"),
        (["add-person", "arto", "--role", "lead", "--name", "X Y"], 3, "omaa rooliaan"),
        (["add-person", "xy", "--role", "lead", "--name", " "], 2, "Nimi puuttuu"),
    ],
)
def test_what_cannot_be_is_one_sentence(words: list[str], code: int, said: str, capsys: Captured) -> None:
    assert cli.main(["admin", *words]) == code
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("login", ["aino", "helmi", "tiina"])
def test_only_an_administrator_changes_the_team(
    login: str, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login(login))
    assert cli.main(["admin", "add-person", "xy", "--role", "admin", "--name", "X Y"]) == 3
    assert cli.main(["admin", "remove-person", "bilal"]) == 3
    assert capsys.readouterr().err.count("Vain pääkäyttäjä") == 2
    assert "xy" not in _people(capsys)


def test_the_log_is_sealed_and_a_change_is_seen(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    make_client(database, "aino", "Esimerkki", "Amina")
    assert cli.main(["audit", "seal"]) == 3  # not even an administrator
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_superuser)
    capsys.readouterr()
    assert cli.main(["audit", "seal"]) == 0
    assert "Sinetöity" in capsys.readouterr().out
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("tiina"))
    assert cli.main(["audit", "verify"]) == 0
    head = capsys.readouterr().out.splitlines()[1]
    assert len(head.split()[-1]) == 64
    with psycopg.connect(database.as_superuser) as connection:
        connection.execute("set local session_replication_role = replica")
        connection.execute("update audit.log_entry set login = 'bilal' where login = 'aino'")
    assert cli.main(["audit", "verify"]) == 1
    assert "ketju katkeaa" in capsys.readouterr().err
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert cli.main(["audit", "verify"]) == 3
