"""Cases worked by hand from the text of the law, against what the program works out."""

import json
from datetime import date
from typing import Any

import pytest

from kotoutus_tui.casework.deadlines import deadlines
from kotoutus_tui.casework.facts_json import read_facts
from tests.sources import ROOT

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests" / "data" / "deadline_cases.json").read_text("utf-8"))


def test_there_are_enough_cases_and_each_says_how_it_was_worked() -> None:
    assert len(CASES) >= 120
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["worked"] and case["due"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_worked_by_hand(case: dict[str, Any]) -> None:
    """`due` has for a rule its day, with the section where that matters; null means nothing is due."""
    outcome = deadlines(read_facts(case["facts"]), date.fromisoformat(case.get("today", "2026-11-24")))
    for rule, expected in case["due"].items():
        wanted = [expected] if isinstance(expected, str) else expected or []
        found = [f"{d.due} {d.section}" for d in outcome.deadlines if d.rule == rule]
        assert len(found) == len(wanted), f"{rule}: {found}, by hand {wanted}"
        for given, by_hand in zip(found, wanted, strict=True):
            assert given.startswith(by_hand), f"{case['worked']}: {given}"
    period = outcome.period.end if outcome.period else None
    days = [d.due for d in outcome.deadlines if d.rule == "period_end"]
    assert days == ([period] if period and not case["facts"].get("closed_on") else [])
