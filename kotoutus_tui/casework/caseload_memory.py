"""Where a person left the caseload: kept on this computer, readable by that person alone, without names."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from kotoutus_tui.casework.caseload_query import CaseloadQuery, parse
from kotoutus_tui.errors import InvalidInput

_FILE = "caseload.json"


@dataclass(frozen=True)
class Place:
    """The query text in use, the client under the cursor and the columns shown (none: the usual)."""

    query: str = ""
    client_id: UUID | None = None
    columns: tuple[str, ...] = ()


def recall(state_dir: Path) -> Place:
    """Return where the last session ended; the beginning when that is unknown or unreadable."""
    try:
        kept: Any = json.loads((state_dir / _FILE).read_text("utf-8"))
        client = kept["client_id"]
        columns = tuple(str(each) for each in kept.get("columns", ()))
        return Place(str(kept["query"]), UUID(client) if client else None, columns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Place()


def query_of(place: Place) -> CaseloadQuery:
    """Return the query of a place; the usual one when its text is not understood any more."""
    try:
        return parse(place.query)
    except InvalidInput:
        return CaseloadQuery()


def remember(state_dir: Path, place: Place) -> None:
    """Keep a place for the next session; raises OSError when the directory cannot be written."""
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {
        "query": place.query,
        "client_id": str(place.client_id) if place.client_id else None,
        "columns": place.columns,
    }
    text = json.dumps(kept, ensure_ascii=False)
    temporary = state_dir / f".{_FILE}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    temporary.replace(state_dir / _FILE)
