"""The files for Outlook that lie on the server until they are fetched and deleted."""

from collections.abc import Sequence
from pathlib import Path

from kotoutus_tui import private_files
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

_STEM = "outlook"


def free_name(directory: Path) -> Path:
    """Return a file of the directory that is not there yet: outlook-2026-11-24.ics, …-2.ics."""
    return private_files.free_name(directory, _STEM, ".ics")


def left_over(directory: Path) -> Sequence[Path]:
    """Return the files that are still there, the newest last."""
    return sorted(directory.glob(f"{_STEM}-*.ics"), key=lambda file: (file.stat().st_mtime_ns, file.name))


def remove(directory: Path) -> int:
    """Delete them all and return how many; raises InvalidInput when that cannot be done."""
    files = left_over(directory)
    try:
        for file in files:
            file.unlink(missing_ok=True)
    except OSError:
        raise InvalidInput(
            "file", _("The file cannot be deleted."), _("Check the setting “drop_dir”.")
        ) from None
    return len(files)
