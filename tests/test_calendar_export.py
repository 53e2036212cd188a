"""`kotoutus calendar export` against the database: what is new, what to delete by hand, and the traces."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import cli
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client

START = datetime(2027, 2, 1, 8, tzinfo=UTC)
RANGE = ("--from", "1.2.2027", "--to", "28.2.2027")
Export = Callable[..., tuple[int, str, str]]


@pytest.fixture
def export(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Export:
    make_team(database)

    def run(login: str, name: str, *words: str) -> tuple[int, str, str]:
        monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login(login))
        code = cli.main(["--language", "en", "calendar", "export", *RANGE, "--out", name, *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def do(database: OwnDatabase, login: str, statement: LiteralString, *values: object) -> None:
    with psycopg.connect(database.as_login(login), autocommit=True) as connection:
        connection.execute(statement, values)


def add(database: OwnDatabase, login: str, day: int, client: UUID | None = None) -> UUID:
    """Adds an appointment at ten of this many days from the first one."""
    row, start = uuid4(), START + timedelta(days=day)
    do(
        database, login,
        "insert into app.appointment (id, kind, starts_at, ends_at, room)"
        " values (%s, 'review', %s, %s, 'R3')",
        row, start, start + timedelta(hours=1),
    )  # fmt: skip
    if client:
        do(
            database, login,
            "insert into app.appointment_client (appointment_id, client_id) values (%s, %s)", row, client,
        )  # fmt: skip
    return row


def read(tmp_path: Path, name: str) -> str:
    (file,) = tmp_path.rglob(name)
    assert file.stat().st_mode & 0o777 == 0o600
    return file.read_bytes().decode()


def test_three_rounds_leave_no_double_and_nothing_forgotten(
    database: OwnDatabase, export: Export, tmp_path: Path
) -> None:
    kept, moved, cancelled = (add(database, "aino", day) for day in (0, 1, 2))
    add(database, "bilal", 3)
    code, told, _errors = export("aino", "a.ics")
    assert (code, read(tmp_path, "a.ics").count("BEGIN:VEVENT")) == (0, 3)
    assert "3 appointments" in told
    assert export("aino", "b.ics")[0] == 1
    assert not list(tmp_path.rglob("b.ics"))

    later = START + timedelta(days=1, hours=1)
    change = "update app.appointment set starts_at = %s, ends_at = %s where id = %s"
    do(database, "aino", change, later, later + timedelta(hours=1), moved)
    do(database, "aino", "update app.appointment set cancelled_at = now() where id = %s", cancelled)
    code, told, _errors = export("aino", "c.ics")
    content = read(tmp_path, "c.ics")
    assert (code, content.count("BEGIN:VEVENT"), "SEQUENCE:1" in content) == (0, 1, True)
    assert told.count("2.2.2027") == told.count("3.2.2027") == 1
    assert "1.2.2027" not in told
    assert export("aino", "d.ics")[1].count("2027") == 0

    code, told, _errors = export("aino", "e.ics", "--all")
    assert (code, read(tmp_path, "e.ics").count("BEGIN:VEVENT")) == (0, 2)
    assert kept != moved


def test_the_file_tells_of_nobody_and_the_log_of_every_file(
    database: OwnDatabase, export: Export, tmp_path: Path
) -> None:
    client = make_client(database, "aino", "Esimerkki", "Amira")
    open_client(database, "aino", client)
    add(database, "aino", 0, client)
    assert export("aino", "a.ics")[0] == 0
    content = read(tmp_path, "a.ics")
    assert not [name for name in ("Amira", "Esimerkki", "R3", "A.E.") if name in content]
    assert export("aino", "b.ics", "--all", "--template", "initials")[0] == 0
    assert "A.E." in read(tmp_path, "b.ics")
    code, _told, error = export("aino", "c.ics", "--all", "--template", "text:Amira")
    assert (code, "Amira" in error, bool(list(tmp_path.rglob("c.ics")))) == (2, False, False)
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute(
            "select login, route, template, appointments from app.calendar_export order by id"
        )
        assert sorted(rows.fetchall()) == [("aino", "file", "busy", 1), ("aino", "file", "initials", 1)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.ics", ("--from", "2.2.2027", "--to", "1.2.2027")),
        ("a.ics", ("--from", "1.1.2027", "--to", "1.1.2037")),
        ("../a.ics", ()),
        ("a.exe", ()),
        ("a.ics", ("--template", "names")),
    ],
)
def test_bad_input_is_refused_in_a_sentence(
    database: OwnDatabase, export: Export, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    add(database, "aino", 0)
    code, told, error = export("aino", name, *words)
    assert (code, told) == (2, "")
    assert "Traceback" not in error
    assert not list(tmp_path.rglob("*.ics"))


def test_appointments_are_made_listed_and_cancelled_without_a_screen(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_team(database)
    client = make_client(database, "aino", "Esimerkki", "Amira")
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))

    def run(*words: str) -> tuple[int, str]:
        code = cli.main(["--language", "en", "calendar", *words])
        return code, capsys.readouterr().out

    made = ("add", "1.2.2027", "9.30", "--kind", "plan", "--client", str(client), "--room", "R3")
    assert run(*made)[0] == 0
    assert run(*made)[0] == 1
    assert run("add", "28.3.2027", "3.30")[0] == run("add", "1.2.2027", "25.00")[0] == 2
    code, listed = run("list", *RANGE)
    assert code == 0
    assert "R3" in listed
    assert "Amira" not in listed
    row = listed.split()[-1]
    assert run("cancel", row, "Client asked")[0] == 0
    assert "R3" not in run("list", *RANGE)[1]
