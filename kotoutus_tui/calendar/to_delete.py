"""What is still to be deleted in Outlook by hand, until it is ticked off: moments in a private file."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from kotoutus_tui import private_files
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.i18n import _

_MOST = 2000


def open_ones(state_dir: Path) -> Sequence[datetime]:
    """Return the moments at which Outlook still holds what no longer is so, earliest first."""
    try:
        kept = json.loads(_file(state_dir).read_text("utf-8"))
        return sorted(datetime.fromisoformat(each) for each in kept)
    except (OSError, ValueError, TypeError):
        return []


def add(state_dir: Path, moments: Iterable[datetime]) -> None:
    """Keep more of them; raises Unreachable when that cannot be written."""
    _keep(state_dir, [*open_ones(state_dir), *moments])


def tick(state_dir: Path, number: int) -> Sequence[datetime]:
    """Forget the one at this place, counted from 0, since it was deleted in Outlook; return the rest."""
    left = list(open_ones(state_dir))
    if 0 <= number < len(left):
        del left[number]
        _keep(state_dir, left)
    return left


def tick_all(state_dir: Path) -> None:
    """Forget all of them."""
    _keep(state_dir, [])


def _keep(state_dir: Path, moments: Iterable[datetime]) -> None:
    text = json.dumps([each.isoformat() for each in sorted(moments)][-_MOST:])
    try:
        private_files.replace(_file(state_dir), text)
    except OSError:
        raise Unreachable(
            _("The list of what is to be deleted in Outlook cannot be written."),
            _("Check the setting “state_dir”."),
        ) from None


def _file(state_dir: Path) -> Path:
    return state_dir / "delete-in-outlook.json"
