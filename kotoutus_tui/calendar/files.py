"""The files for Outlook that lie on the server until they are fetched and deleted."""

from collections.abc import Sequence
from pathlib import Path

from kotoutus_tui import clock
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

_STEM = "outlook"
_MOST_A_DAY = 1000


def free_name(directory: Path) -> Path:
    """Return a file of the directory that is not there yet: outlook-2026-11-24.ics, …-2.ics."""
    stem = f"{_STEM}-{clock.today()}"
    for number in range(1, _MOST_A_DAY):
        file = directory / (f"{stem}-{number}.ics" if number > 1 else f"{stem}.ics")
        if not file.exists():
            return file
    raise InvalidInput("file", _("The file cannot be written."), _("Check the setting “drop_dir”."))


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
