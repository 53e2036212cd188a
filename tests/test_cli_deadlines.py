"""`kotoutus deadlines`: exact output, clear refusals, and nothing loaded that it does not need."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kotoutus_tui import cli

Captured = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-11-24")
GOOD = {"id": "good", "facts": {"plans": [{"drawn_on": "2025-03-14"}]}}


def run(tmp_path: Path, cases: object, capsys: Captured, language: str = "en") -> tuple[int, Any, str]:
    file = tmp_path / "cases.json"
    file.write_text(cases if isinstance(cases, str) else json.dumps(cases), "utf-8")
    code = cli.main(["--language", language, "deadlines", "--json", str(file), *TODAY])
    shown = capsys.readouterr()
    return code, json.loads(shown.out) if shown.out.strip() else None, shown.err


def test_the_answer_has_exactly_what_is_promised(tmp_path: Path, capsys: Captured) -> None:
    interrupted = {"from_on": "2025-06-01", "to_on": "2025-07-31"}
    facts = {"plans": [{"drawn_on": "2025-03-14"}], "interruptions": [interrupted], "guided_on": "2025-03-20"}
    code, answer, errors = run(tmp_path, [{"id": 7, "facts": facts}], capsys)
    assert (code, errors) == (0, "")
    assert [set(case) for case in answer] == [{"id", "deadlines", "period_end"}]
    assert answer[0]["id"] == 7
    assert answer[0]["period_end"] == "2027-05-14"
    assert answer[0]["deadlines"][-1] == {
        "rule": "period_end",
        "section": "23 § 2 mom. 681/2023",
        "due": "2027-05-14",
        "explanation": "2 years from 14.3.2025, 23 § 2 mom. 681/2023, + 61 days of interruption, 23 § 4 mom. "
        "= 14.5.2027.",
    }


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "2 v 14.3.2025 alkaen, 23 § 2 mom. 681/2023, + 61 pv keskeytys, 23 § 4 mom. = 14.5.2027."),
        ("sv", "2 år från 14.3.2025, 23 § 2 mom. 681/2023, + 61 dagars avbrott, 23 § 4 mom. = 14.5.2027."),
    ],
)
def test_the_explanation_speaks_the_language(
    tmp_path: Path, capsys: Captured, language: str, told: str
) -> None:
    facts = GOOD["facts"] | {"interruptions": [{"from_on": "2025-06-01", "to_on": "2025-07-31"}]}  # type: ignore[operator]
    _code, answer, _errors = run(tmp_path, [{"id": "a", "facts": facts}], capsys, language)
    assert answer[0]["deadlines"][-1]["explanation"] == told


@pytest.mark.parametrize(
    ("facts", "field", "what"),
    [
        ({"bday": "2025-01-01"}, "bday", "is not known"),
        ({"birth_date": "1.1.2000"}, "birth_date", "must be a day as 2025-03-14"),
        ({"birth_date": "20000101"}, "birth_date", "must be a day as 2025-03-14"),
        ({"birth_date": "2000-W01-1"}, "birth_date", "must be a day as 2025-03-14"),
        ({"birth_date": "2001-02-29"}, "birth_date", "must be a day as 2025-03-14"),
        ({"birth_date": 2000}, "birth_date", "must be a day as 2025-03-14"),
        ({"birth_date": "0001-01-01"}, "birth_date", "is a day before 1900 or after 2199"),
        ({"permit_until": "9999-12-31"}, "permit_until", "is a day before 1900 or after 2199"),
        ({"trafficking_victim": "yes"}, "trafficking_victim", "must be true or false"),
        ({"ground_of_entry": "war"}, "ground_of_entry", "must be one of: family, work"),
        ({"plans": {"drawn_on": "2025-01-01"}}, "plans", "must be a list"),
        ({"plans": ["2025-01-01"]}, "plans[0]", "must be an object in braces"),
        ({"plans": [{}]}, "plans[0].drawn_on", "is missing"),
        ({"plans": [{"drawn": "2025-01-01"}]}, "plans[0].drawn", "is not known"),
        (
            {"plans": [{"drawn_on": "2025-02-01", "ends_on": "2025-01-01"}]},
            "plans[0].ends_on",
            "is before the one",
        ),
        (
            {"plans": [{"drawn_on": "2025-02-01", "signed_on": "2025-01-01"}]},
            "plans[0].signed_on",
            "is before",
        ),
        ({"interruptions": [{"to_on": "2025-01-01"}]}, "interruptions[0].from_on", "is missing"),
        (
            {"interruptions": [{"from_on": "2025-02-01", "to_on": "2025-01-01"}]},
            "interruptions[0].to_on",
            "is before the one it must follow",
        ),
        ({"extensions": [{"months": 0}]}, "extensions[0].months", "must be a whole number from 1"),
        ({"extensions": [{"months": 1.5}]}, "extensions[0].months", "must be a whole number from 1"),
        ({"extensions": [{"months": 12, "ground": "luck"}]}, "extensions[0].ground", "must be one of"),
        ({"reviews": [{"held_on": "2025-01-01"}]}, "reviews[0]", "there is no plan to review"),
        (
            {"plans": [{"drawn_on": "2025-02-01"}], "reviews": [{"held_on": "2025-01-01"}]},
            "reviews[0].held_on",
            "is before the one it must follow",
        ),
        ({"birth_date": "2000-01-01", "learned_on": "1999-01-01"}, "learned_on", "is before the one"),
        ({"compensation_claimed_years": ["2025"]}, "compensation_claimed_years[0]", "must be a whole number"),
    ],
)
def test_a_wrong_field_is_told_and_costs_no_other_case(
    tmp_path: Path, capsys: Captured, facts: dict[str, Any], field: str, what: str
) -> None:
    code, answer, errors = run(tmp_path, [{"id": "wrong", "facts": facts}, GOOD], capsys)
    assert code == 2
    assert [case["id"] for case in answer] == ["good"]
    assert errors.startswith(f"Case wrong, field {field}: ")
    assert what in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ({"facts": {}}, "Case #1, field id: must be a text or a number."),
        ({"id": "a"}, "Case a, field facts: is missing."),
        ({"id": "a", "facts": []}, "Case a, field facts: must be an object in braces."),
        ({"id": "a", "facts": {}, "name": "x"}, "Case a, field name: is not known."),
        ({"id": "good", "facts": {}}, "Case good, field id: stands twice in the list."),
        (5, "Case #1: must be an object in braces."),
    ],
)
def test_a_case_without_form_is_told(tmp_path: Path, capsys: Captured, case: object, told: str) -> None:
    twice = isinstance(case, dict) and case.get("id") == "good"
    code, answer, errors = run(tmp_path, [GOOD, case] if twice else [case, GOOD], capsys)
    assert code == 2
    assert [one["id"] for one in answer] == ["good"]
    assert errors.strip() == told


@pytest.mark.parametrize("text", ["", "{", "[{]", '{"id": 1}', "[NaN]", "[" * 100_000])
def test_what_is_no_list_is_told(tmp_path: Path, capsys: Captured, text: str) -> None:
    code, answer, errors = run(tmp_path, text, capsys)
    assert (code, answer) == (2, None)
    assert errors.startswith(("This is not JSON: ", "The JSON must be a list"))
    assert "docs/deadlines.md" in errors and "Traceback" not in errors


def test_a_missing_file_is_told(capsys: Captured) -> None:
    assert cli.main(["--language", "en", "deadlines", "--json", "/no/such/file"]) == 2
    assert capsys.readouterr().err.startswith("The file cannot be read.")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps([GOOD]).encode())))
    assert cli.main(["deadlines", "--json", "-", *TODAY]) == 0
    assert json.loads(capsys.readouterr().out)[0]["period_end"] == "2027-03-14"


def test_a_wrong_day_is_told(capsys: Captured) -> None:
    assert cli.main(["--language", "en", "deadlines", "--json", "-", "--today", "yesterday"]) == 2
    assert "write the day as 2026-11-24" in capsys.readouterr().err


def test_neither_screens_nor_database_are_loaded(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([GOOD]), "utf-8")
    program = (
        "import sys; from kotoutus_tui.cli import main\n"
        f"code = main(['deadlines', '--json', {str(file)!r}])\n"
        "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    code, *loaded = done.stderr.split()
    assert code == "0"
    assert not set(loaded) & {"textual", "rich", "screens", "psycopg", "sqlalchemy", "sqlmodel", "models"}
