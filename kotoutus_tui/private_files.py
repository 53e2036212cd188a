"""Files that only their writer can read, put in their place whole."""

import os
from contextlib import suppress
from pathlib import Path

from kotoutus_tui import clock
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

_MOST_A_DAY = 1000


def replace(file: Path, text: str) -> None:
    """Put `text` in the place of what the file held; a crash leaves either of them. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        beside.unlink()
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)


def create(file: Path, text: str) -> None:
    """Make a new file; raises FileExistsError when it is there, OSError when it cannot be written."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as opened:
        opened.write(text)


def create_bytes(file: Path, content: bytes) -> None:
    """Make a new file that is no text, as `create` does."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)


def free_name(directory: Path, name: str, ending: str) -> Path:
    """Return a file of the directory that is not there yet: need-2026-11-24.csv, need-2026-11-24-2.csv.

    Raises InvalidInput when there are a thousand of them today.
    """
    stem = f"{name}-{clock.today()}"
    for number in range(1, _MOST_A_DAY):
        file = directory / (f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}")
        if not file.exists():
            return file
    raise InvalidInput("file", _("The file cannot be written."), _("Check the setting “drop_dir”."))
