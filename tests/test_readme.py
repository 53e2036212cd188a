"""What the README and the guides say is there is there, and what is there is told."""

import re

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.cli.commands import COMMANDS
from screens.keys import key_table
from tests.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = [README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_keys_are_those_of_the_program() -> None:
    i18n.install("en")
    told = README.partition("<!-- keys")[2].partition("-->\n")[2].partition("<!-- end of keys")[0]
    assert told.split() == key_table().split(), "run: make readme"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_told(command: object) -> None:
    assert any(f"kotoutus {command.name}" in guide for guide in GUIDES)  # type: ignore[attr-defined]


def test_no_command_is_told_that_is_not_there() -> None:
    known = {command.name for command in COMMANDS}
    told = {
        word for guide in GUIDES for word in re.findall(r"(?:`|^|/)kotoutus ([a-z]+)", guide, re.MULTILINE)
    }
    assert told - known == set()


def test_every_make_target_told_is_there() -> None:
    told = {word for guide in GUIDES for word in re.findall(r"(?:`|^)make ([a-z]+)", guide, re.MULTILINE)}
    there = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert {"demo", "test"} <= told
    assert told - there == set()
