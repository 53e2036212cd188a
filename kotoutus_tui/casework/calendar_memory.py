"""In which view a person left the calendar: kept on this computer for the next session."""

from pathlib import Path
from typing import Literal

from kotoutus_tui import private_files

View = Literal["week", "list"]

_FILE = "calendar.view"


def recall(state_dir: Path) -> View:
    """Return the view of the last session; the week when that is unknown or unreadable."""
    try:
        return "list" if (state_dir / _FILE).read_text("utf-8").strip() == "list" else "week"
    except (OSError, ValueError):
        return "week"


def remember(state_dir: Path, view: View) -> None:
    """Keep the view for the next session; raises OSError."""
    private_files.replace(state_dir / _FILE, view)
