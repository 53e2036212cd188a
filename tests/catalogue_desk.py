"""A catalogue on loopback for tests, and reading it without waiting."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kotoutus_tui.catalogue.fetch import fetch
from kotoutus_tui.catalogue.patience import Patience
from kotoutus_tui.catalogue.records import Fetched
from kotoutus_tui.database import Database
from kotoutus_tui.demo.catalogue_answers import Records
from kotoutus_tui.demo.catalogue_server import CatalogueServer, Fault
from kotoutus_tui.settings import Settings

KEY = "tEst-kEy-0451"
TODAY = date(2026, 11, 24)
_FILE = Path(__file__).parent / "data" / "catalogue_v12.json"


def records() -> Records:
    """The records written from the interface's description: odd hours, empty texts, a dangling connection."""
    return Records(**json.loads(_FILE.read_text("utf-8")))


async def _no_time(_seconds: float) -> None:
    """Waits are not waited for."""


PATIENCE = Patience(sleep=_no_time, spacing=0, connect=2, read=0.3, random=lambda low, _high: low)


async def read(db: Database, server: CatalogueServer, **how: Any) -> Fetched:
    """Fetch from the server; `settings` may be overridden, waits by `patience`."""
    settings = Settings(catalogue_url=server.url, catalogue_version=how.pop("version", "12"))
    given = {"progress": lambda *_: None, "patience": PATIENCE} | how
    return await fetch(db, settings, **given)


def same(one: Fetched, other: Fetched) -> bool:
    """Whether two runs say the same."""
    return replace(one, run_id="") == replace(other, run_id="")


Script = Callable[[int, str], Fault | None]


def at(faults: dict[int, Fault]) -> Script:
    """Faults by the numbers of the requests."""
    return lambda number, _path: faults.get(number)
