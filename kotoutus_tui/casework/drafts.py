"""What was being written and is not saved yet: one file for each client, readable by its writer alone."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from kotoutus_tui.settings import Settings


class Drafts:
    """The drafts of one person; a draft is kept until it is saved as a note or thrown away."""

    def __init__(self, settings: "Settings") -> None:
        self._folder = settings.state_dir / "drafts"

    def read(self, client_id: UUID) -> str:
        """Return the draft for this client, or an empty text."""
        try:
            return self._file(client_id).read_text("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return ""

    def keep(self, client_id: UUID, text: str) -> None:
        """Put the draft in the place of the one before; an empty text throws it away. Raises OSError."""
        if not text.strip():
            self.discard(client_id)
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self._file(client_id)
        # Written beside and moved, so that a crash leaves either the old draft or the new one.
        beside = target.with_suffix(f".{os.getpid()}")
        with suppress(FileNotFoundError):
            beside.unlink()
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)

    def discard(self, client_id: UUID) -> None:
        """Throw the draft away."""
        self._file(client_id).unlink(missing_ok=True)

    def _file(self, client_id: UUID) -> Path:
        return self._folder / f"{client_id}.txt"
