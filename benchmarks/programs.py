"""The programs that are measured: the product on a database, and bare Textual apps as floors."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.office import LEAD, ROOT, Office, own_environment
from benchmarks.session import DOWN, Session

_BARE = [sys.executable, str(ROOT / "benchmarks" / "bare.py")]
CURSOR = "▌".encode()


@dataclass(frozen=True)
class Program:
    """A command, what is on its screen when it can be used, and what answers the first `key`."""

    label: str
    command: Sequence[str]
    env: Mapping[str, str]
    seen: bytes
    answer: bytes
    cwd: Path = ROOT
    place: UUID | None = None
    key: bytes = DOWN

    def open(self) -> Session:
        """Start it where the last session ended, as it does on every morning but the first."""
        file = Path(self.env["XDG_STATE_HOME"]) / "kotoutus" / "caseload.json"
        if self.place is not None and file.parent.exists():
            file.write_text(json.dumps({"query": "", "client_id": str(self.place)}))
            owner = file.parent.stat()
            os.chown(file, owner.st_uid, owner.st_gid)
        return Session(self.command, self.env, self.cwd)

    def ready(self) -> Session:
        """Start it and wait until all of it is drawn."""
        session = self.open()
        session.until(self.seen)
        session.settle(0.5)
        return session


def kotoutus(office: Office, size: int, login: str = LEAD) -> Program:
    """Return the product on the database of this size, as this person."""
    env = own_environment() | {"KOTOUTUS_DATABASE": office.conninfo(size, login), "KOTOUTUS_LANGUAGE": "fi"}
    (Path(env["XDG_STATE_HOME"]) / "kotoutus").mkdir(parents=True)
    place, name = office.first(size, login)
    label = f"{size:,} clients"
    return Program(label, [sys.executable, "-m", "kotoutus_tui"], env, name.encode(), CURSOR, place=place)


def hello() -> Program:
    """Return the smallest Textual app there is."""
    return Program("hello-world", [*_BARE, "hello"], own_environment(), b"Hello 0", b"Hello 1")


def bare(kind: str, rows: int) -> Program:
    """Return a bare list: kind is table (DataTable), options (OptionList) or lines (Line API)."""
    label = {"table": "DataTable", "options": "OptionList", "lines": "bare lines"}[kind]
    return Program(label, [*_BARE, kind, str(rows)], own_environment(), b"Asiakas 0", b"\x1b[")
