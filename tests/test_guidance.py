"""The guidance log: notes, statistics in which nobody is found, own entries, undo, commands."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from kotoutus_tui import cli, clock
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput, NotAllowed, NotFound
from kotoutus_tui.guidance import commands, log, statistics
from kotoutus_tui.guidance.commands import Facts
from kotoutus_tui.guidance.notes import check_note, warning
from kotoutus_tui.privacy.small_counts import LEAST, without_small
from tests.cluster import OwnDatabase
from tests.people import make_team


@pytest.mark.parametrize("code", ["010199-950X", "010101A950Y", "010199 - 950x", "Hetu:010199+9511, kysyi"])
def test_a_note_with_an_identity_code_is_refused_and_the_code_not_repeated(code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        check_note(f"Kysyi luvasta {code}")
    assert error.value.field == "note"
    assert code not in f"{error.value.sentence} {error.value.next_step}"


def test_what_leads_to_a_person_is_pointed_out_and_the_rest_is_not() -> None:
    assert "puhelinnumerolta" in warning("soita 040 512 3456")
    assert "puhelinnumerolta" in warning("+358405123456")
    assert "sähköposti" in warning("vastaa anna@example.org")
    for harmless in ("Kela 24.11.2026 klo 9.30", "hinta 1500 euroa", "laki 681/2023", "", None):
        assert warning(harmless) == ""
    assert check_note("  ") is None
    assert check_note("Y-tunnus 0242746-2") == "Y-tunnus 0242746-2"


def test_a_small_count_is_neither_shown_nor_worked_out_from_the_others() -> None:
    assert without_small({"a": 12, "b": 7}) == ({"a": 12, "b": 7}, 0)
    # One small cell alone would be the total less the shown ones, so the smallest shown joins it.
    assert without_small({"a": 12, "b": 7, "c": 2}) == ({"a": 12}, 9)
    assert without_small({"a": 12, "b": 7, "c": 1, "d": 2}) == ({"a": 12}, 10)
    assert without_small({"a": 12, "c": 3, "d": 4}) == ({"a": 12}, 7)
    assert without_small({"c": 2, "d": 2}) == ({}, None)
    assert without_small({"c": 4, "d": 4}) == ({}, 8)
    for counts in ({"a": a, "b": b, "c": c} for a in range(9) for b in range(9) for c in range(9)):
        shown, others = without_small(counts)
        hidden = [count for key, count in counts.items() if count and key not in shown]
        assert all(count >= LEAST for count in shown.values() if count)
        assert (sum(hidden) < LEAST) if others is None else (sum(hidden) == others)
        assert others is None or not hidden or (len(hidden) > 1 and sum(hidden) >= LEAST)


async def test_entries_are_the_teams_and_only_their_author_corrects_them(
    database: OwnDatabase, doors: Callable[[str], Database]
) -> None:
    make_team(database)
    aino, bilal = doors("aino"), doors("bilal")
    today = clock.today()
    assert (await log.beginning(aino)).asker == "resident"
    operation = uuid4()
    facts = Facts(today, "company", "work", "arabia", 20, "guided_on", "Työlupa")
    await commands.add(aino, facts, operation_id=operation)
    await commands.add(aino, facts, operation_id=operation)
    (entry,), many = await log.entries(aino, "own", 0, 10)
    assert (many, entry.language, entry.minutes, entry.mine, entry.day_minutes) == (1, "ar", 20, True, 20)
    begin = await log.beginning(aino)
    assert (begin.asker, begin.topic, begin.language, begin.minutes) == ("company", "work", "ar", 20)
    assert begin.languages[0] == "ar"

    (seen,), _many = await log.entries(bilal, "team", 0, 10)
    assert (seen.mine, await log.entries(bilal, "own", 0, 10)) == (False, ([], 0))
    with pytest.raises(NotAllowed):
        await commands.correct(bilal, seen, facts, operation_id=uuid4())
    with pytest.raises(NotFound):
        await commands.undo_last(bilal, operation_id=uuid4())

    later = Facts(today, "resident", "housing", "ar", 45, "answered")
    await commands.correct(aino, entry, later, operation_id=uuid4())
    (entry,), _many = await log.entries(aino, "own", 0, 10)
    assert (entry.asker, entry.minutes, entry.note) == ("resident", 45, None)
    assert await log.position(aino, "team", entry.id) == 0
    await commands.remove(aino, entry, operation_id=uuid4())
    assert await log.entries(aino, "team", 0, 10) == ([], 0)
    for wanted in (45, 20):
        await commands.undo_last(aino, operation_id=uuid4())
        (entry,), _many = await log.entries(aino, "team", 0, 10)
        assert entry.minutes == wanted
    for wrong, field in (
        (Facts(today + timedelta(days=1), "other", "work", "fi", 5, "answered"), "given_on"),
        (Facts(today, "nobody", "work", "fi", 5, "answered"), "asker"),
        (Facts(today, "other", "work", "klingonia!", 5, "answered"), ""),
        (Facts(today, "other", "work", "fi sv", 5, "answered"), "language"),
        (Facts(today, "other", "work", "fi", 601, "answered"), "minutes"),
        (Facts(today, "other", "work", "fi", 5, "answered", "010199-950X"), "note"),
    ):
        with pytest.raises(InvalidInput) as error:
            await commands.add(aino, wrong, operation_id=uuid4())
        assert error.value.field == field


def test_the_command_writes_lists_and_exports_counts_that_hide_the_few(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_team(database)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))

    def run(*words: str, code: int = 0) -> str:
        assert cli.main(["guidance", *words]) == code
        return capsys.readouterr().out

    run("add", "--asker", "resident", "--topic", "housing", "--language", "somali", "--minutes", "10")
    for _more in range(4):
        run("add", "--note", "sama asia")  # as last time
    run("add", "--asker", "partner", "--topic", "work")
    run("add", "--note", "010199-950X", code=2)
    rows = json.loads(run("list", "--json"))
    assert [row["asker"] for row in rows] == ["resident"] * 5 + ["partner"]
    assert {row["language"] for row in rows} == {"so"}
    assert "somali" in run("list", "--own")

    for number in range(4):
        run("add", "--asker", "city_unit", "--topic", "benefits", "--minutes", str(30 + number))
    counts, raw = tmp_path / "counts.csv", tmp_path / "rows.csv"
    assert "10 kirjausta" in run("export", "--out", str(counts))
    written = list(csv.reader(counts.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert written[0] == list(statistics.SUMMARY_COLUMNS)
    assert [row[2:] for row in written[1:]] == [
        ["resident", "housing", "so", "5", "50"],
        ["other", "other", "other", "5", "136"],
    ]
    run("export", "--rows", "--out", str(raw))
    text = raw.read_text("utf-8-sig")
    assert (len(text.splitlines()), "sama asia" in text, "aino" in text) == (11, False, False)
    run("export", "--out", str(raw), code=2)
    assert counts.stat().st_mode & 0o777 == 0o600
