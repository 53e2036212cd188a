"""The log has ids and places, never what was written about a person, and never stops the work."""

import json
import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from kotoutus_tui import log

NOTE = UUID("018f0000-0000-7000-8000-000000000000")


@dataclass
class Target:
    log_target: str
    log_file: Path


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = before, level


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "deep" / "kotoutus.log"
    log.start(Target("file", path), login="aino", command="list")
    return path


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_an_event_is_one_line_of_json_that_only_the_owner_reads(file: Path) -> None:
    log.event("note.saved", note=NOTE, rows=3, draft=False)
    (line,) = lines(file)
    assert line["event"] == "note.saved"
    assert (line["note"], line["rows"], line["draft"]) == (str(NOTE), 3, False)
    assert (line["login"], line["command"], line["level"]) == ("aino", "list", "info")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "private", ["010190-900X", "x010190A900X", "Aino Virta", "Virta", "soita äidille", "a" * 200]
)
def test_what_is_no_id_is_dropped(file: Path, private: str) -> None:
    log.event("note.saved", note=private)
    log.event("010190-900X")
    assert private not in file.read_text()
    assert "010190" not in file.read_text()
    assert [line["note"] for line in lines(file)] == ["dropped"]


def test_an_unexpected_error_leaves_type_and_place(file: Path) -> None:
    def fail(name: str) -> None:
        raise ValueError(name)

    try:
        fail("Salainen Sanna")
    except ValueError as error:
        mark = log.unexpected(error)
    (line,) = lines(file)
    assert line["reference"] == mark
    assert line["type"] == "ValueError"
    assert re.fullmatch(r"test_log\.py:\d+:fail", line["place"][-1])  # pyright: ignore[reportIndexIssue]
    assert "Sanna" not in file.read_text()


def test_libraries_leave_only_their_place(file: Path) -> None:
    logging.getLogger("psycopg").warning("row of %s", "Salainen Sanna")
    assert "Sanna" not in file.read_text()
    assert str(lines(file)[0]["event"]).startswith("psycopg:test_log.py:")


def test_references_are_short_and_differ() -> None:
    found = {log.reference() for _number in range(1000)}
    assert len(found) > 990
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{3}-[2-9A-HJ-NP-Z]{3}", reference) for reference in found)


@pytest.mark.parametrize("path", ["/dev/full", "/proc/no/such/place.log", "/dev/null/x"])
def test_a_log_that_cannot_be_written_stops_nothing(path: str, capfd: pytest.CaptureFixture[str]) -> None:
    log.start(Target("file", Path(path)))
    log.event("note.saved")
    assert capfd.readouterr() == ("", "")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("kept")
    (tmp_path / "k.log").symlink_to(target)
    log.start(Target("file", tmp_path / "k.log"))
    log.event("note.saved")
    assert target.read_text() == "kept"


def test_a_rotated_file_is_begun_again(file: Path) -> None:
    log.event("first")
    file.rename(file.with_suffix(".1"))
    log.event("second")
    assert [line["event"] for line in lines(file)] == ["second"]


def test_syslog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as daemon:
        daemon.bind(str(tmp_path / "log"))
        monkeypatch.setattr(log, "_SYSLOG_SOCKETS", (tmp_path / "log",))
        log.start(Target("syslog", tmp_path / "unused"))
        log.event("note.saved", note=NOTE)
        message = daemon.recv(4096).decode()
    assert 'kotoutus: {"time":' in message
    assert str(NOTE) in message
    assert not (tmp_path / "unused").exists()


def test_no_syslog_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(log, "_SYSLOG_SOCKETS", (tmp_path / "absent",))
    log.start(Target("syslog", tmp_path / "unused"))
    log.event("note.saved")
    assert capfd.readouterr() == ("", "")
