"""Answers of an interview that are being written or wait for the database, in files of their writer alone."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import private_files
from kotoutus_tui.casework.interview import Answer

if TYPE_CHECKING:
    from kotoutus_tui.settings import Settings


@dataclass(frozen=True)
class AnswerDraft:
    """An answer being written; `seen` is what it began from.

    `operation_id` is that of the last attempt to save it and `tried` are the texts of all attempts, the
    last one last: an attempt may have reached the database without an answer.
    """

    interview_id: UUID
    seen: Answer
    text: str
    source: str = "client"
    operation_id: UUID | None = None
    tried: tuple[str, ...] = ()

    def to_be_saved(self) -> "AnswerDraft":
        """Return the draft with the operation id to save it under; the same text keeps its id."""
        if self.operation_id is not None and self.tried[-1:] == (self.text,):
            return self
        return replace(self, operation_id=uuid4(), tried=(*self.tried, self.text))


class AnswerDrafts:
    """The answers one person has not saved yet."""

    def __init__(self, settings: "Settings") -> None:
        self._folder = settings.state_dir / "interviews"

    def all(self, client_id: UUID) -> list[AnswerDraft]:
        """Return the drafts for this client; what cannot be read is passed over."""
        try:
            files = sorted(self._folder.glob(f"{client_id}.*.json"))
        except OSError:
            return []
        return [draft for file in files if (draft := _read(file)) is not None]

    def keep(self, client_id: UUID, draft: AnswerDraft) -> None:
        """Put the draft in the place of the one before. Raises OSError."""
        private_files.replace(
            self._file(client_id, draft), json.dumps(asdict(draft), default=str, ensure_ascii=False)
        )

    def discard(self, client_id: UUID, draft: AnswerDraft) -> None:
        """Throw a draft away. Raises OSError."""
        self._file(client_id, draft).unlink(missing_ok=True)

    def _file(self, client_id: UUID, draft: AnswerDraft) -> Path:
        return self._folder / f"{client_id}.{draft.interview_id}.{draft.seen.item}.json"


def _read(file: Path) -> AnswerDraft | None:
    try:
        facts: dict[str, Any] = json.loads(file.read_text("utf-8"))
        seen: dict[str, Any] = facts.pop("seen")
        told_on, operation = seen.pop("told_on"), facts.pop("operation_id")
        return AnswerDraft(
            UUID(facts.pop("interview_id")),
            Answer(told_on=date.fromisoformat(told_on) if told_on else None, **seen),
            operation_id=UUID(operation) if operation else None,
            tried=tuple(facts.pop("tried")),
            **facts,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
