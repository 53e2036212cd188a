"""The frame in a real terminal: every byte it sends, its size, its signals and its end."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.cluster import OwnDatabase
from tests.hostile import FORBIDDEN_ON_SCREEN
from tests.people import make_team
from tests.sources import ROOT
from tests.terminal import CTRL_L, DOWN, ENTER, PAGE_DOWN, Terminal


def _frame(
    *arguments: str, size: tuple[int, int] = (120, 40), term: str = "xterm-256color", **env: str
) -> Terminal:
    command = [sys.executable, "-m", "tests.frame_program", *arguments]
    return Terminal(command, size, {"PYTHONPATH": str(ROOT), **env}, term, ROOT)


def _cost(terminal: Terminal, key: str) -> int:
    before = len(terminal.received)
    terminal.send(key)
    terminal.wait_until(lambda: len(terminal.received) > before)
    terminal.settle(0.04)
    return len(terminal.received) - before


def _pid(terminal: Terminal) -> int:
    assert terminal.process.pid is not None
    return terminal.process.pid


@pytest.mark.parametrize("term", ["xterm-256color", "xterm"])
def test_a_cursor_key_costs_less_than_500_bytes(term: str) -> None:
    with _frame("table", "100000", term=term) as terminal:
        terminal.wait_for("Esimerkki Asiakas 20")
        terminal.settle()
        # 34 steps stay on one page of 36 rows.
        assert max(_cost(terminal, DOWN) for _step in range(34)) <= 500


def test_a_key_held_down_costs_less_than_a_kilobyte_a_line_and_leaves_no_queue() -> None:
    with _frame("table", "100000") as terminal:
        terminal.wait_for("Esimerkki Asiakas 20")
        terminal.settle()
        before = len(terminal.received)
        steps = 200
        for _burst in range(steps // 4):
            terminal.send(DOWN * 4)
            terminal.read(0.02)
        terminal.wait_until(
            lambda: any(f" {steps} " in line for line in terminal.text.splitlines() if "▌" in line)
        )
        terminal.settle()
        assert (len(terminal.received) - before) / steps < 1000


def test_an_idle_session_sends_nothing(tmp_path: Path) -> None:
    for arguments in (("table", "300"), ("note", str(tmp_path / "draft"))):
        with _frame(*arguments) as terminal:
            terminal.wait_for("ajan tasalla")
            terminal.settle(0.5)
            assert terminal.settle(1.5) == b""


def test_no_mouse_means_no_mouse_mode() -> None:
    with _frame("table", "30") as terminal:
        terminal.wait_for("Esimerkki Asiakas 2")
        for mode in (b"1000h", b"1002h", b"1003h", b"1006h"):
            assert b"\x1b[?" + mode not in terminal.received


def test_hostile_text_never_reaches_the_terminal() -> None:
    with _frame("hostile") as terminal:
        terminal.wait_for("VALMIS", 30)
        for keys in [PAGE_DOWN] * 12 + ["\t"] + [PAGE_DOWN] * 12:
            terminal.send(keys)
            terminal.settle(0.05)
        assert foreign_codes(bytes(terminal.received)) == []
        assert terminal.process.isalive()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_saves_the_draft_and_ends_with_0(number: signal.Signals, tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    with _frame("note", str(draft)) as terminal:
        terminal.wait_for("Muistiinpano")
        terminal.send("Keskeneräinen lause")
        terminal.wait_for("lause")
        os.kill(_pid(terminal), number)
        assert terminal.wait_for_exit() == 0
        assert draft.read_text() == "Keskeneräinen lause"


def test_a_closed_terminal_ends_the_program_with_the_draft_saved(tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    terminal = _frame("note", str(draft))
    terminal.wait_for("Muistiinpano")
    terminal.send("Katkennut yhteys")
    terminal.wait_for("yhteys")
    pid = _pid(terminal)
    os.close(terminal.process.child_fd)
    _ended, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert draft.read_text() == "Katkennut yhteys"


def test_a_typed_draft_is_on_the_disk_within_two_seconds(tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    with _frame("note", str(draft)) as terminal:
        terminal.wait_for("Muistiinpano")
        terminal.send("Sähkökatko")
        terminal.wait_until(lambda: draft.exists() and draft.read_text() == "Sähkökatko", 2)
        os.kill(_pid(terminal), signal.SIGKILL)


def test_a_fault_shows_a_reference_and_no_values(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with _frame("fault", LOG=str(log)) as terminal:
        assert terminal.wait_for_exit() == 1
        shown = bytes(terminal.received).decode(errors="replace")
        assert "Kerro ylläpitäjälle viite" in shown
        assert "Salainen" not in shown
        assert "Traceback" not in shown
        logged = log.read_text()
        assert '"type":"ValueError"' in logged
        assert "Salainen" not in logged


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (39, 40), (300, 9)])
def test_a_tiny_window_shows_one_sentence_and_recovers(size: tuple[int, int]) -> None:
    with _frame("table", "300", size=(80, 24)) as terminal:
        terminal.wait_for("Esimerkki Asiakas 2")
        terminal.resize(*size)
        if size[0] >= 20:
            terminal.wait_for("Ikkuna on")
            terminal.wait_until(lambda: "Esimerkki" not in terminal.text)
        terminal.send(DOWN + DOWN + "?")
        terminal.settle()
        terminal.resize(80, 24)
        terminal.wait_for("Tässä toimivat näppäimet")
        terminal.send("?")
        terminal.wait_until(lambda: any("▌" in line and " 2 " in line for line in terminal.text.splitlines()))


def test_the_blank_screen_shows_nothing_of_anybody() -> None:
    with _frame("table", "300") as terminal:
        terminal.wait_for("Esimerkki Asiakas 2")
        terminal.send(CTRL_L)
        terminal.wait_for("Jatka painamalla Enter.")
        terminal.send("1?q j" + DOWN)
        terminal.settle()
        assert terminal.text.split() == ["Jatka", "painamalla", "Enter."]
        terminal.send(ENTER)
        terminal.wait_for("Esimerkki Asiakas 2")


def test_without_colours_no_colour_is_sent() -> None:
    with _frame("table", "300", NO_COLOR="1") as terminal:
        terminal.wait_for("Esimerkki Asiakas 2")
        terminal.settle()
        assert not [code for code in _colours(bytes(terminal.received)) if code not in (39, 49)]


def test_sixteen_colours_are_enough() -> None:
    with _frame("table", "300", term="xterm") as terminal:
        terminal.wait_for("Esimerkki Asiakas 2")
        terminal.settle()
        assert {38, 48}.isdisjoint(_colours(bytes(terminal.received)))


def foreign_codes(sent: bytes) -> list[bytes]:
    """Everything sent that is neither text nor one of the sequences Textual itself uses."""
    own = re.compile(
        rb"\x1b\[\?(?:1049|25|1004|2004|2026|2048|7|1000|1003|1015|1006|1016)[hl]|\x1b\[\?20(?:26|48)\$p"
        rb"|\x1b\[>25u|\x1b\[<u|\x1b\[[0-9;]*m|\x1b\[\d+;\d+H|\x1b\[H|\x1b\[2J|\r?\n|\x1b\]22;default\x07"
    )
    rest = own.sub(b"", sent).decode(errors="surrogateescape")
    return [letter.encode("unicode-escape") for letter in rest if letter in FORBIDDEN_ON_SCREEN]


def _colours(sent: bytes) -> list[int]:
    codes = [
        int(code) for group in re.findall(rb"\x1b\[([0-9;]+)m", sent) for code in group.split(b";") if code
    ]
    return [code for code in codes if 30 <= code <= 49 or 90 <= code <= 107]


def test_a_terminal_that_takes_nothing_any_more_cannot_hold_the_program() -> None:
    """What remains of a lost terminal: its writer is dead, and writing waits for ever."""
    dead = "import textual.drivers._writer_thread as w; w.WriterThread.run = lambda self: None; "
    run = "import sys; sys.argv = ['', 'table', '300']; from tests.frame_program import main; main()"
    with Terminal(
        [sys.executable, "-c", dead + run], (120, 40), {"PYTHONPATH": str(ROOT)}, cwd=ROOT
    ) as terminal:
        # Some thirty frames fill the queue; then the program waits, and its signals still reach it.
        terminal.settle(3)
        for _frame_to_write in range(60):
            terminal.send(DOWN)
            terminal.read(0.02)
        os.kill(_pid(terminal), signal.SIGHUP)
        assert terminal.wait_for_exit(20) == 0


@pytest.mark.parametrize("login", ["arto", "tiina"])
def test_a_role_without_clients_is_told_its_commands(
    database: OwnDatabase, login: str, tmp_path: Path
) -> None:
    make_team(database)
    env = {"KOTOUTUS_DATABASE": database.as_login(login), "KOTOUTUS_STATE_DIR": str(tmp_path)}
    program = [sys.executable, "-m", "kotoutus_tui"]
    with Terminal(program, (100, 30), {**env, "PYTHONPATH": str(ROOT)}, cwd=ROOT) as terminal:
        assert terminal.wait_for_exit(20) == 3
        assert b"kotoutus audit" in bytes(terminal.received)
