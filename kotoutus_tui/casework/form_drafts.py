"""What stands in a form that is not saved yet, in a file that only its writer can read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from kotoutus_tui import private_files


class FormDraft:
    """The draft of one form; `slot` tells the forms of one person apart."""

    def __init__(self, state_dir: Path, slot: str) -> None:
        self._file = state_dir / "drafts" / f"{slot}.json"

    @classmethod
    def about(cls, state_dir: Path, client_id: UUID, slot: str) -> "FormDraft":
        """Return the draft of a form about one client."""
        return cls(state_dir, f"form-{slot}-{client_id}")

    def read(self) -> dict[str, str]:
        """Return the fields as they were typed; none when there is no draft or it cannot be read."""
        try:
            found: Any = json.loads(self._file.read_text("utf-8"))
            return {str(name): str(text) for name, text in found.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def keep(self, typed: Mapping[str, str]) -> None:
        """Keep what stands in the fields; empty fields throw the draft away. Raises OSError."""
        kept = {name: text for name, text in typed.items() if text}
        if kept:
            private_files.replace(self._file, json.dumps(kept, ensure_ascii=False))
        else:
            self.discard()

    def discard(self) -> None:
        """Throw the draft away. Raises OSError."""
        self._file.unlink(missing_ok=True)
