"""What was being written survives, and only its writer can read it."""

import dataclasses
import os
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from kotoutus_tui.casework.drafts import Draft, Drafts
from kotoutus_tui.settings import load


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(dataclasses.replace(load(), state_dir=tmp_path / "state"))


def test_a_draft_is_kept_whole_and_read_by_its_writer_alone(drafts: Drafts, tmp_path: Path) -> None:
    one, other = uuid4(), uuid4()
    draft = Draft(
        "contact", "Kesken\njäi", "phone", 15, datetime(2026, 11, 24, 9, tzinfo=UTC), uuid4(), "syy",
        date(2026, 12, 1),
    ).to_be_saved()  # fmt: skip
    drafts.keep(one, draft)
    assert drafts.find(one, draft.slot) == draft
    assert (drafts.all(one), drafts.all(other)) == ([draft], [])
    folder = tmp_path / "state" / "drafts"
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_later_draft_takes_the_place_and_an_empty_one_leaves_nothing(
    drafts: Drafts, tmp_path: Path
) -> None:
    client = uuid4()
    drafts.keep(client, Draft("note", "ensimmäinen"))
    drafts.keep(client, Draft("note", "toinen"))
    assert [each.text for each in drafts.all(client)] == ["toinen"]
    drafts.keep(client, Draft("note", "  \n"))
    assert drafts.find(client, "note") is None
    assert list((tmp_path / "state" / "drafts").iterdir()) == []


def test_drafts_of_different_kinds_stand_beside_each_other_the_newest_first(
    drafts: Drafts, tmp_path: Path
) -> None:
    client, event = uuid4(), uuid4()
    kept = [Draft("note", "a"), Draft("contact", "b"), Draft("correction", "c", about=event)]
    for age, draft in enumerate(kept):
        drafts.keep(client, draft)
        file = tmp_path / "state" / "drafts" / f"{client}.{draft.slot}.json"
        os.utime(file, (1000 - age, 1000 - age))
    assert drafts.all(client) == kept
    drafts.discard(client, "contact")
    assert drafts.all(client) == [kept[0], kept[2]]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"kind": "note"}', "\x00\xff"])
def test_a_damaged_draft_is_passed_over(drafts: Drafts, tmp_path: Path, damage: str) -> None:
    client = uuid4()
    drafts.keep(client, Draft("note", "ehjä"))
    (tmp_path / "state" / "drafts" / f"{client}.contact.json").write_text(damage, "latin-1")
    assert [each.text for each in drafts.all(client)] == ["ehjä"]


def test_the_same_content_keeps_its_operation_and_changed_content_gets_another() -> None:
    first = Draft("note", "teksti").to_be_saved()
    assert first.to_be_saved() == first
    changed = dataclasses.replace(first, text="toinen teksti").to_be_saved()
    assert changed.tries[:-1] == first.tries
    assert changed.tries[-1] != first.tries[-1]
    longer = dataclasses.replace(changed, minutes=5).to_be_saved()
    assert len(longer.tries) == 3
