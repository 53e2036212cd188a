"""Writing on a timeline in a real terminal: what was typed survives every way the program can end."""

import json
import signal
import sys
import time
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.cluster import OwnDatabase
from tests.people import make_client, make_team
from tests.sources import ROOT
from tests.terminal import ENTER, Terminal


@pytest.fixture
def client(database: OwnDatabase) -> UUID:
    make_team(database)
    return make_client(database, "aino", "Ivanova", "Oksana", phase="plan")


def _program(database: OwnDatabase, state: Path) -> Terminal:
    env = {
        "KOTOUTUS_DATABASE": database.as_login("aino"),
        "KOTOUTUS_STATE_DIR": str(state),
        "KOTOUTUS_LANGUAGE": "fi",
        "PYTHONPATH": str(ROOT),
    }
    return Terminal([sys.executable, "-m", "kotoutus_tui"], (100, 30), env, cwd=ROOT)


def _open(terminal: Terminal) -> None:
    terminal.wait_for("Ivanova")
    terminal.send(ENTER)
    terminal.wait_for("Aikajana")
    terminal.wait_for("Oma ohjaaja")


@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_note_is_offered_again_after_the_program_was_ended(
    database: OwnDatabase, client: UUID, tmp_path: Path, end: signal.Signals
) -> None:
    with _program(database, tmp_path) as terminal:
        _open(terminal)
        terminal.send("c")
        terminal.wait_for("▸ Tapaaminen")
        # Each field is entered before the next one is typed.
        for keys in ("puh", ENTER, "15", ENTER, ENTER, ENTER):
            terminal.send(keys)
            terminal.settle()
        terminal.wait_for("piste yksin")
        terminal.settle()
        terminal.send("soitti aamulla")
        terminal.wait_for("soitti aamulla")
        typed = time.monotonic()
        if end is signal.SIGKILL:
            # At most two seconds of typing may be lost, so after two seconds nothing is.
            terminal.wait_until(lambda: time.monotonic() - typed > 2)
        terminal.process.kill(end)
        code = terminal.wait_for_exit()
        assert code == (0 if end is not signal.SIGKILL else -signal.SIGKILL)
    (file,) = (tmp_path / "drafts").iterdir()
    assert json.loads(file.read_text())["minutes"] == 15
    assert file.stat().st_mode & 0o777 == 0o600
    with _program(database, tmp_path) as terminal:
        _open(terminal)
        terminal.wait_for("Yhteydenotto · Puhelin · 15 min – luonnoksesi on tallessa")
        terminal.wait_for("soitti aamulla")
        terminal.settle()
        terminal.send("\r.")
        terminal.settle()
        terminal.send(ENTER)
        terminal.wait_for("Tallennettu.")
        assert list((tmp_path / "drafts").iterdir()) == []
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute(
            "select kind, channel, minutes, body, author from app.event where client_id = %s", [client]
        ).fetchall()
    assert rows == [("contact", "phone", 15, "soitti aamulla", "aino")]
