"""What was being written survives, and only its writer can read it."""

import dataclasses
from pathlib import Path
from uuid import uuid4

from kotoutus_tui.casework.drafts import Drafts
from kotoutus_tui.settings import load


def test_a_draft_is_kept_for_its_client_and_read_by_its_writer_alone(tmp_path: Path) -> None:
    settings = dataclasses.replace(load(), state_dir=tmp_path / "state")
    one, other = uuid4(), uuid4()
    Drafts(settings).keep(one, "Kesken\njäi")
    assert Drafts(settings).read(one) == "Kesken\njäi"
    assert Drafts(settings).read(other) == ""
    folder = tmp_path / "state" / "drafts"
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_later_draft_takes_the_place_and_an_empty_one_leaves_nothing(tmp_path: Path) -> None:
    drafts = Drafts(dataclasses.replace(load(), state_dir=tmp_path))
    client = uuid4()
    drafts.keep(client, "ensimmäinen")
    drafts.keep(client, "toinen")
    assert drafts.read(client) == "toinen"
    drafts.keep(client, "  \n")
    assert drafts.read(client) == ""
    assert list((tmp_path / "drafts").iterdir()) == []
