"""A new client's form that was left unfinished: kept on this computer, readable by its writer alone."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FILE = "new-client.json"
# What identifies a person by itself is typed again.
_NEVER_KEPT = {"personal_id"}


def keep(state_dir: Path, typed: Mapping[str, str]) -> None:
    """Keep what stands in the fields; empty fields throw the draft away. Raises OSError."""
    kept = {name: text for name, text in typed.items() if text and name not in _NEVER_KEPT}
    if not kept:
        discard(state_dir)
        return
    folder = state_dir / "drafts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{_FILE}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False)
    beside.replace(folder / _FILE)


def read(state_dir: Path) -> dict[str, str]:
    """Return the fields of the draft; none when there is none or it cannot be read."""
    try:
        found: Any = json.loads((state_dir / "drafts" / _FILE).read_text("utf-8"))
        return {str(name): str(text) for name, text in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def discard(state_dir: Path) -> None:
    """Throw the draft away."""
    (state_dir / "drafts" / _FILE).unlink(missing_ok=True)
