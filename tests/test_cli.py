"""The command line: three languages, one sentence for every error, no traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest

from kotoutus_tui import cli, places
from kotoutus_tui.cli import commands, output
from kotoutus_tui.errors import NotFound
from tests.terminal import Terminal

KOTOUTUS = [sys.executable, "-I", "-m", "kotoutus_tui"]
Captured = pytest.CaptureFixture[str]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KOTOUTUS, *words], capture_output=True, text=True, check=False, env=os.environ | environment
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("käyttö:", "valitsimet:", "komennot:", "KOMENTO")),
        ("sv", ("användning:", "flaggor:", "kommandon:", "KOMMANDO")),
        ("en", ("usage:", "options:", "commands:", "COMMAND")),
    ],
)
def test_help_speaks_the_language(language: str, words: tuple[str, ...], capsys: Captured) -> None:
    assert cli.main(["--language", language, "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in words)
    for command in commands.COMMANDS:
        assert command.name in shown


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command: commands.Command, capsys: Captured) -> None:
    assert cli.main([command.name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"kotoutus {command.name}" in shown
    for english in ("usage:", "options:", "show this help"):
        assert english not in shown


def test_a_mistyped_command_lists_the_right_ones(capsys: Captured) -> None:
    assert cli.main(["setings"]) == 2
    shown = capsys.readouterr().err
    assert "virhe" in shown
    assert "settings" in shown


def test_settings_tells_value_and_source(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("KOTOUTUS_IDLE_EXIT_MINUTES", "20")
    assert cli.main(["settings", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["idle_exit_minutes"] == {"value": 20, "source": "KOTOUTUS_IDLE_EXIT_MINUTES"}
    assert told["theme"] == {"value": "auto", "source": None}
    assert cli.main(["settings"]) == 0
    assert "KOTOUTUS_IDLE_EXIT_MINUTES" in capsys.readouterr().out


@pytest.mark.parametrize("locale", [{"LC_ALL": "xx_YY.UTF-8"}, {"LC_ALL": "C"}, {"LANG": "fi_FI.ISO-8859-1"}])
def test_a_missing_locale_does_not_matter(locale: Mapping[str, str]) -> None:
    done = run("settings", **locale)
    assert done.returncode == 0, done.stderr
    assert "Asetus" in done.stdout


def test_wrong_settings_are_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("KOTOUTUS_THEME", "No Such")
    assert cli.main(["settings"]) == 5
    assert capsys.readouterr().err.count("\n") == 1


def test_an_error_of_ours_is_its_sentence_and_next_step(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    _fail_with(monkeypatch, NotFound("Ei löydy.", "Etsi\x1b[2J muualta."))
    assert cli.main(["settings"]) == 1
    assert capsys.readouterr().err == "Ei löydy. Etsi[2J muualta.\n"


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (psycopg.OperationalError("connection refused"), 4, "Tietokanta ei vastaa"),
        (psycopg.errors.InsufficientPrivilege("Sanna"), 3, "oikeutta"),
        (OSError(28, "No space left on device"), 4, "Levy on täynnä"),
        (KeyboardInterrupt(), 130, ""),
    ],
    ids=repr,
)
def test_other_errors_are_explained(
    error: BaseException, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    _fail_with(monkeypatch, error)
    assert cli.main(["settings"]) == code
    told = capsys.readouterr().err
    assert words in told
    assert "Sanna" not in told
    assert told.count("\n") <= 1


def test_an_unexpected_error_is_a_reference_to_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    _fail_with(monkeypatch, RuntimeError("Salainen Sanna"))
    assert cli.main(["settings"]) == 70
    told = capsys.readouterr().err
    logged = (places.state_directory() / "kotoutus.log").read_text()
    reference = json.loads(logged)["reference"]
    assert reference in told
    assert "RuntimeError" in logged
    assert "Sanna" not in told + logged


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m kotoutus_tui settings | true; exit ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 141)
    assert done.stderr == ""


def test_a_full_disk_is_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*KOTOUTUS, "settings"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 4
    assert done.stderr.startswith("Levy on täynnä.")
    assert done.stderr.count("\n") == 1


def test_without_a_terminal_the_screens_do_not_open() -> None:
    done = run()
    assert done.returncode == 5
    assert done.stderr.startswith("Näytöt tarvitsevat päätteen.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("term", "size", "said"), [("dumb", (80, 24), "Tämäntyyppinen"), ("xterm", (20, 5), "40×10")]
)
def test_unfit_terminals_are_told_so(term: str, size: tuple[int, int], said: str) -> None:
    with Terminal(KOTOUTUS, size=size, env=os.environ | {"TERM": term}) as terminal:
        terminal.wait_for(said)


def test_tables_align_and_are_safe(capsys: Captured) -> None:
    output.print_table(("Nimi", "N"), [("李小龙", 1), ("Aino\x1b[31m", None), ("e\u0301", 22)])
    assert capsys.readouterr().out == "Nimi      N\n李小龙    1\nAino[31m\né         22\n".replace(
        "é", "e\u0301"
    )


def _fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    from kotoutus_tui.cli import settings as command

    def run(_arguments: object) -> int:
        raise error

    monkeypatch.setattr(command, "run", run)
