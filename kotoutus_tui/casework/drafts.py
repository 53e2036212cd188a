"""What was being written and is not saved yet, in files that only its writer can read."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import private_files

if TYPE_CHECKING:
    from kotoutus_tui.settings import Settings


@dataclass(frozen=True)
class Draft:
    """An entry being written: its kind (an event kind or `correction`), text and facts.

    `about` is the event that is corrected or answered; `answer_by` is the day a referral wants its answer.
    `tries` are the operation ids of attempts to save
    it, `tried` what the last of them held: an attempt may have reached the database without an answer.
    """

    kind: str
    text: str = ""
    channel: str | None = None
    minutes: int | None = None
    occurred_at: datetime | None = None
    about: UUID | None = None
    reason: str = ""
    answer_by: date | None = None
    tries: tuple[UUID, ...] = ()
    tried: str = ""

    @property
    def slot(self) -> str:
        """What tells the drafts of one client apart: one of each kind, and one for each event corrected."""
        return f"{self.kind}-{self.about}" if self.about else self.kind

    def to_be_saved(self) -> "Draft":
        """Return the draft with the operation id to save it under as the last of `tries`.

        The same content keeps its id, so that a repeated attempt has one effect; changed content gets a
        new one, so that it is never taken for saved.
        """
        content = self._content()
        if self.tries and self.tried == content:
            return self
        return replace(self, tries=(*self.tries, uuid4()), tried=content)

    def _content(self) -> str:
        facts = {name: value for name, value in asdict(self).items() if name not in ("tries", "tried")}
        return hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()


class Drafts:
    """The drafts of one person; a draft is kept until it is saved or its text is emptied."""

    def __init__(self, settings: "Settings") -> None:
        self._folder = settings.state_dir / "drafts"

    def all(self, client_id: UUID) -> list[Draft]:
        """Return the drafts for this client, the newest first; what cannot be read is passed over."""
        try:
            files = sorted(
                self._folder.glob(f"{client_id}.*.json"), key=lambda file: file.stat().st_mtime, reverse=True
            )
        except OSError:
            return []
        return [draft for file in files if (draft := _read(file)) is not None]

    def find(self, client_id: UUID, slot: str) -> Draft | None:
        """Return the draft of one slot, None when there is none."""
        return _read(self._file(client_id, slot))

    def keep(self, client_id: UUID, draft: Draft) -> None:
        """Put the draft in the place of the one before; an empty text throws it away. Raises OSError."""
        if not draft.text.strip():
            self.discard(client_id, draft.slot)
            return
        text = json.dumps(asdict(draft), default=str, ensure_ascii=False)
        private_files.replace(self._file(client_id, draft.slot), text)

    def discard(self, client_id: UUID, slot: str) -> None:
        """Throw the draft of one slot away. Raises OSError."""
        self._file(client_id, slot).unlink(missing_ok=True)

    def _file(self, client_id: UUID, slot: str) -> Path:
        return self._folder / f"{client_id}.{slot}.json"


def _read(file: Path) -> Draft | None:
    try:
        facts: dict[str, Any] = json.loads(file.read_text("utf-8"))
        moment, day, about = facts.pop("occurred_at"), facts.pop("answer_by"), facts.pop("about")
        return Draft(
            occurred_at=datetime.fromisoformat(moment) if moment else None,
            answer_by=date.fromisoformat(day) if day else None,
            about=UUID(about) if about else None,
            tries=tuple(UUID(each) for each in facts.pop("tries")),
            **facts,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
