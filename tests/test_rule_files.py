"""Rule files: a reform is a further file, and one with an error is told by file, line and reason."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework.deadlines import Facts, Plan, deadlines, period
from kotoutus_tui.casework.rules import FOLDER, read_folder, rule_book
from kotoutus_tui.casework.rules_check import require_sound_rules
from kotoutus_tui.errors import SetupError

TODAY = date(2026, 11, 24)
RULE = """act = "1/2027"
from = 2027-01-01

[[rule]]
code = "test"
section = "1 §"
counts_from = "first_permit_on"
months = 1
sentence.fi = "a"
sentence.sv = "b"
sentence.en = "c"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules, to be changed."""
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("months = 1", "months = ", 8, "Invalid value"),
        ("months = 1", 'months = "1"', 8, "“months” must be a whole number"),
        ("months = 1", "months = true", 8, "“months” must be a whole number"),
        ("months = 1", "months = 1.5", 8, "“months” must be a whole number"),
        ("months = 1", "months = 0", 8, "“months” must be a number from 1"),
        ("months = 1", "moons = 1", 8, "“moons” is not a key of a rule"),
        ("months = 1", "fortnights = 1", 8, "“fortnights” is not a key of a rule"),
        ('section = "1 §"\n', "", 4, "“section” is missing"),
        ('section = "1 §"', 'section = " "', 6, "“section” is empty"),
        ('"first_permit_on"', '"first_permit"', 7, "“first_permit” is not known"),
        ('sentence.sv = "b"\n', "", 9, "the sentence has no text in “sv”"),
        ("months = 1", "months = 1\nonly_if = ['rich']", 9, "“rich” is not known"),
        ("months = 1", "months = 1\nnot_after = ['nothing']", 4, "“nothing” is not known"),
        ("months = 1", "months = 1\nuntil = 2026-01-01", 9, "the last day of effect is before the first"),
        ("from = 2027-01-01", 'from = "2027"', 2, "“from” must be a day as 2025-01-01"),
        ("from = 2027-01-01", "from = 2027-01-01T00:00:00", 2, "“from” must be a day as 2025-01-01"),
        ("from = 2027-01-01\n", "", 1, "“from” is missing"),
        ('code = "test"', 'code = "review"', 4, "overlaps from 1.1.2027 with 22 § 1 mom. 681/2023"),
        (
            "months = 1",
            "[[rule.extension]]\nsection = '2 §'\nyears = 1\ngrounds = ['rain']",
            11,
            "“rain” is not",
        ),
    ],
)
def test_an_error_is_told_with_its_line(folder: Path, old: str, new: str, line: int, reason: str) -> None:
    i18n.install("en")
    assert old in RULE
    moved = RULE.replace(old, "", 1) + new if new.startswith("[[") else RULE.replace(old, new, 1)
    (folder / "1-2027.toml").write_text(moved, "utf-8")
    with pytest.raises(SetupError) as caught:
        read_folder(folder)
    told = caught.value.sentence
    expected_line = moved.splitlines().index("grounds = ['rain']") + 1 if "rain" in new else line
    assert f"1-2027.toml has an error on line {expected_line}: " in told
    assert reason in told
    assert caught.value.next_step


def test_a_file_that_is_no_text_is_told(folder: Path) -> None:
    i18n.install("en")
    (folder / "1-2027.toml").write_bytes(b"act = \xff")
    with pytest.raises(SetupError, match=r"1-2027\.toml has an error on line 1: the file is not UTF-8 text"):
        read_folder(folder)


def test_two_versions_are_chosen_by_the_same_day(folder: Path) -> None:
    i18n.install("en")
    file = folder / "681-2023.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('chosen_by = "client_or_requested_on"', 'chosen_by = "learned_on"'), "utf-8")
    with pytest.raises(SetupError, match="“first_step” must be chosen by the same day"):
        read_folder(folder)


def test_a_reform_is_a_further_file(folder: Path) -> None:
    """From 2027 a period of 18 months and reviews every four months; what began before keeps its rules."""
    text = (folder / "681-2023.toml").read_text("utf-8")
    for code in ("period_end", "review"):
        text = text.replace(f'code = "{code}"', f'code = "{code}"\nuntil = 2026-12-31')
    (folder / "681-2023.toml").write_text(text, "utf-8")
    (folder / "1-2027.toml").write_text(
        RULE.replace('"test"', '"period_end"').replace('"first_permit_on"', '"first_plan_on"')
        .replace("months = 1", "months = 18\nperiod = true\ninterruptions = '3 §'")
        + RULE.partition("\n\n")[2].replace('"test"', '"review"').replace("months = 1", "months = 4")
        .replace('"first_permit_on"', '"plan_or_review_on"'), "utf-8"
    )  # fmt: skip
    book = read_folder(folder)

    def end(drawn: date) -> date | None:
        found = period(Facts(plans=(Plan(drawn),)), TODAY, book)
        return found.end if found else None

    assert end(date(2024, 12, 31)) == date(2027, 12, 31)
    assert end(date(2026, 12, 31)) == date(2028, 12, 31)
    assert end(date(2027, 1, 1)) == date(2028, 7, 1)
    reviews = {
        drawn: next(
            d.due for d in deadlines(Facts(plans=(Plan(drawn),)), TODAY, book).deadlines if d.rule == "review"
        )
        for drawn in (date(2026, 12, 31), date(2027, 1, 1))
    }
    assert reviews == {date(2026, 12, 31): date(2027, 6, 30), date(2027, 1, 1): date(2027, 5, 1)}


def test_every_rule_speaks_every_language() -> None:
    rules = [rule for versions in rule_book().versions.values() for rule in versions]
    assert all(len(set(rule.sentences.values())) == len(i18n.LANGUAGES) for rule in rules)


def test_the_start_is_stopped_and_sound_rules_are_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    require_sound_rules(state, folder)
    monkeypatch.setattr("kotoutus_tui.casework.rules.read_folder", lambda _folder: pytest.fail("read again"))
    require_sound_rules(state, folder)
    monkeypatch.undo()
    (folder / "1-2027.toml").write_text("act = 1", "utf-8")
    with pytest.raises(SetupError):
        require_sound_rules(state, folder)
    with pytest.raises(SetupError):
        require_sound_rules(state, folder)
