"""A new client's form that was left unfinished: kept on this computer, readable by its writer alone."""

from collections.abc import Mapping
from pathlib import Path

from kotoutus_tui.casework.form_drafts import FormDraft

_SLOT = "new-client"
# What identifies a person by itself is typed again.
_NEVER_KEPT = {"personal_id"}


def keep(state_dir: Path, typed: Mapping[str, str]) -> None:
    """Keep what stands in the fields; empty fields throw the draft away. Raises OSError."""
    kept = {name: text for name, text in typed.items() if name not in _NEVER_KEPT}
    FormDraft(state_dir, _SLOT).keep(kept)


def read(state_dir: Path) -> dict[str, str]:
    """Return the fields of the draft; none when there is none or it cannot be read."""
    return FormDraft(state_dir, _SLOT).read()


def discard(state_dir: Path) -> None:
    """Throw the draft away."""
    FormDraft(state_dir, _SLOT).discard()
