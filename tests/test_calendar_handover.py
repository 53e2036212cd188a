"""The hand-over to Outlook: its screen, deletions by hand, the busy feed, history and help."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import cli, clock, i18n
from kotoutus_tui.calendar import outlook_help, to_delete
from kotoutus_tui.database import Database
from kotoutus_tui.fetching import fetch_of
from kotoutus_tui.settings import load
from screens.app import KotoutusApp
from screens.desk import Desk
from tests.cluster import OwnDatabase
from tests.desk import View
from tests.people import make_client, make_team, open_client


def add(database: OwnDatabase, days: int, client: UUID | None = None) -> UUID:
    """An appointment of Aino's at ten in the morning, so many days from today."""
    row = uuid4()
    start = datetime.combine(clock.today() + timedelta(days=days), datetime.min.time(), clock.HELSINKI)
    start = start.replace(hour=10)
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute(
            "insert into app.appointment (id, kind, starts_at, ends_at, room)"
            " values (%s, 'plan', %s, %s, 'R3')",
            [row, start, start + timedelta(minutes=45)],
        )
        if client:
            connection.execute(
                "insert into app.appointment_client (appointment_id, client_id) values (%s, %s)",
                [row, client],
            )
    return row


async def test_the_screen_shows_what_a_colleague_sees_writes_it_and_lists_what_to_delete(
    database: OwnDatabase, tmp_path: Path
) -> None:
    make_team(database)
    client = make_client(database, "aino", "Esimerkki", "Amira")
    open_client(database, "aino", client)
    first = add(database, 1, client)
    add(database, 2)
    i18n.install("en")
    settings = dataclasses.replace(
        load(), state_dir=tmp_path, drop_dir=tmp_path / "exports", database=database.as_login("aino")
    )
    app = KotoutusApp(Desk(Database(settings.database), settings))
    async with app.run_test(size=(80, 24)) as pilot:
        desk = View(app, pilot)
        await desk.until(app.first_rows.is_set)
        await desk.press("4")
        await desk.see("x To Outlook")
        await desk.press("x")
        await desk.see("2 appointments go into the file")
        assert "Busy" in desk.text
        assert not any(word in desk.text for word in ("Amira", "Esimerkki", "R3"))

        await desk.press("t")
        await desk.see("What a colleague sees")
        await desk.press("tab")
        await desk.write("Amira")
        await desk.press("shift+tab")
        await desk.write("a text")
        await desk.press("enter")
        await desk.see("The title would tell who a client is.")
        await desk.press("shift+tab")
        await desk.write("initials")
        await desk.press("enter")
        await desk.see("This is what a colleague sees in Outlook: Making a plan A.E.")
        await desk.press("enter")
        await desk.see("Title: What it is and initials")
        assert "A.E." in desk.text

        await desk.press("e")
        await desk.see("2 appointments were written.")
        assert "WinSCP" in desk.text
        (file,) = (tmp_path / "exports").glob("*.ics")
        assert file.read_text().count("BEGIN:VEVENT") == 2
        await desk.press("enter")
        await desk.see("1 file waits on this server")
        await desk.see("0 appointments go into the file")

        with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
            connection.execute("update app.appointment set cancelled_at = now() where id = %s", [first])
        await desk.see("1 is to be deleted in Outlook by hand.")
        await desk.press("e")
        await desk.see("Space ticks one off")
        assert len(to_delete.open_ones(tmp_path)) == 1
        await desk.press("space")
        await desk.see("Nothing is to be deleted in Outlook.")
        assert to_delete.open_ones(tmp_path) == []

        await desk.press("y")
        await desk.see("file · 2 appointments")
        await desk.press("escape", "o", "down", "enter")
        await desk.see("Upload from file")
        await desk.press("escape", "delete", "enter")
        await desk.until(lambda: not file.exists())
    await app.desk.db.close()


def test_commands_for_history_deletions_feed_and_help(
    database: OwnDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_team(database)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))

    def run(*words: str, code: int = 0) -> str:
        assert cli.main(["--language", "en", "calendar", *words]) == code
        shown = capsys.readouterr()
        return shown.out + shown.err

    assert "feed is off" in run("feed", code=5)
    web = tmp_path / "web"
    web.mkdir()
    monkeypatch.setenv("KOTOUTUS_FEED_DIR", str(web))
    run("feed", code=1)
    rows = [add(database, day) for day in (1, 2)]
    assert "2 appointments written" in run("feed")
    (file,) = web.iterdir()
    content = file.read_text()
    assert len(file.stem) > 40
    assert file.stat().st_mode & 0o777 == 0o644
    assert content.count("SUMMARY:Busy") == 2
    assert "X-WR-CALNAME:Busy" in content
    assert "R3" not in content
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute("update app.appointment set cancelled_at = now() where id = %s", [rows[0]])
    run("feed")
    assert [each.name for each in web.iterdir()] == [file.name]
    assert file.read_text().count("BEGIN:VEVENT") == 1
    run("feed", "--new-name")
    (other,) = web.iterdir()
    assert other.name != file.name
    run("feed", "--remove")
    assert list(web.iterdir()) == []

    run("export", "--out", "a.ics")
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute("update app.appointment set cancelled_at = now() where id = %s", [rows[1]])
    assert "Delete these in Outlook" in run("export", "--out", "b.ics", code=1)
    assert run("deletions").startswith("1  ")
    assert "Nothing is to be deleted" in run("deletions", "--done", "1")
    listed = run("exports").splitlines()[1:]
    assert [line.split()[2] for line in listed] == ["file", "busy", "busy", "busy"]
    with psycopg.connect(database.as_superuser) as connection:
        logged = connection.execute(
            "select count(*) from audit.log_entry where login = 'aino' and action = 'export'"
        ).fetchone()
    assert logged == (4,)
    assert "Import" in run("help", "--outlook", "new")
    assert run("help").count("1. ") == len(outlook_help.VERSIONS)


def test_every_outlook_is_told_of_in_every_language() -> None:
    for language in i18n.LANGUAGES:
        i18n.install(language)
        told = [outlook_help.help_for(each) for each in outlook_help.VERSIONS]
        assert all(each.name and each.mind and len(each.steps) > 1 for each in told)
        assert len({each.name for each in told}) == len(outlook_help.VERSIONS)


def test_a_file_is_fetched_by_the_way_the_session_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/aino")
    monkeypatch.setenv("USER", "aino")
    monkeypatch.setenv("LOGNAME", "aino")
    file = Path("/home/aino/exports/outlook-2026-11-24.ics")
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.7 51234 10.0.0.1 22")
    assert fetch_of(file).scp == "scp aino@10.0.0.1:exports/outlook-2026-11-24.ics ."
    monkeypatch.setenv("SSH_CONNECTION", "fd00::7 51234 fd00::1 2222")
    assert fetch_of(Path("/srv/a b.ics")).scp == "scp -P 2222 aino@[fd00::1]:'/srv/a b.ics' ."


def test_what_to_delete_survives_a_broken_file(tmp_path: Path) -> None:
    moments = [datetime(2027, 2, day, 8, tzinfo=UTC) for day in (3, 1, 2)]
    to_delete.add(tmp_path, moments)
    to_delete.add(tmp_path, moments[:1])
    assert [each.day for each in to_delete.open_ones(tmp_path)] == [1, 2, 3, 3]
    assert [each.day for each in to_delete.tick(tmp_path, 1)] == [1, 3, 3]
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(json.dumps({"not": "a list"}))
    assert to_delete.open_ones(tmp_path) == []
