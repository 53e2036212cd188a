"""The demo's mailbox on disk, so that a calendar pushed yesterday is still there today."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from kotoutus_tui import private_files
from kotoutus_tui.demo.graph.mailbox import Item, Mailbox


def read(file: Path) -> Mailbox:
    """Return the mailbox that was kept; an empty one when there is none or it cannot be read."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        items = {key: Item(**item) for key, item in kept.pop("items").items()}
        removed = [(stamp, key) for stamp, key in kept.pop("removed")]
        return Mailbox(items=items, removed=removed, **kept)
    except (OSError, ValueError, KeyError, TypeError):
        return Mailbox()


def keeping(file: Path, mailbox: Mailbox) -> Callable[[], None]:
    """Return what writes the mailbox to the file."""
    return lambda: private_files.replace(file, json.dumps(asdict(mailbox), ensure_ascii=False))
