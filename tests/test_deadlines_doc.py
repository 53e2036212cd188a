"""Every example of docs/deadlines.md is what the program answers, and every rule has one."""

import json
import re
from datetime import date
from typing import Any

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework import facts, facts_json, intake_words
from kotoutus_tui.casework.deadlines import deadlines
from kotoutus_tui.casework.facts_json import read_facts
from kotoutus_tui.casework.rules import reading, rule_book
from tests.sources import ROOT

DOC = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```json\n(\{.*?)\n```\n```text\n(.*?)\n```", re.DOTALL)
EXAMPLES: list[tuple[dict[str, Any], list[str]]] = [
    (json.loads(case), answer.splitlines()) for case, answer in EXAMPLE.findall(DOC)
]


def answers(case: dict[str, Any]) -> list[Any]:
    today = date.fromisoformat(case.get("today", "2026-11-24"))
    return list(deadlines(read_facts(case["facts"]), today).deadlines)


@pytest.mark.parametrize(("case", "told"), EXAMPLES, ids=[case["id"] for case, _told in EXAMPLES])
def test_an_example_is_what_the_program_answers(case: dict[str, Any], told: list[str]) -> None:
    i18n.install("en")
    codes = {line.partition(" | ")[0] for line in told}
    given = [f"{d.rule} | {d.section} | {d.due} | {d.explanation}" for d in answers(case) if d.rule in codes]
    assert given == told


def test_every_version_of_every_rule_has_an_example() -> None:
    shown = {
        (d.source.file, d.source.line) for case, told in EXAMPLES for d in answers(case)
        if any(line.startswith(f"{d.rule} | {d.section} ") for line in told)
    }  # fmt: skip
    every = {(rule.file, rule.line) for versions in rule_book().versions.values() for rule in versions}
    assert every - shown == set()


def test_the_first_example_can_be_given_to_the_command() -> None:
    block = re.search(r"```json\n(\[.*?\])\n```", DOC, re.DOTALL)
    assert block
    (case,) = facts_json.read_cases(block[1])
    assert case.facts is not None


def test_every_fact_is_told() -> None:
    table = DOC.partition("## Facts")[2].partition("## Each rule")[0]
    told = set(re.findall(r"`(\w+)`", table)) | set(re.findall(r'"(\w+)"', table))
    names = {name for kind in (facts.Facts, facts.Plan, facts.Review, facts.Interruption, facts.Extension)
             for name in kind.__dataclass_fields__}  # fmt: skip
    words = {*facts.EXTENSION_GROUNDS, *(code for code, _name in intake_words.grounds())}
    assert names | words <= told


def test_every_key_of_a_rule_is_told() -> None:
    table = DOC.partition("## Rule files")[2]
    told = set(re.findall(r"[`.](\w+)", table))
    assert reading.RULE_KEYS.keys() - told == set()
