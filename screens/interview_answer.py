"""Where the answer to one item of the interview is written; it is saved as it is left."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from textual import events, on
from textual.message import Message

from kotoutus_tui.casework import interview_commands as commands
from kotoutus_tui.casework.interview_drafts import AnswerDraft, AnswerDrafts
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.i18n import _
from screens import safe
from screens.desk import Desk
from screens.draft_box import PAUSE, DraftBox
from screens.widgets.note_box import NoteBox

Settle = Callable[[AnswerDraft, commands.AnswerConflict], Awaitable[AnswerDraft | None]]


class AnswerBox(DraftBox):
    """Where the answer is written. Message: Left."""

    DEFAULT_CSS = """
    AnswerBox > NoteBox { height: 7; }
    """

    @dataclass
    class Left(Message):
        """The answer is finished with; `onward` is whether the next item comes."""

        onward: bool

    def __init__(self, desk: Desk, client_id: UUID) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = client_id
        self._drafts = AnswerDrafts(desk.settings)
        self._draft: AnswerDraft | None = None
        self._saving = False

    @property
    def draft(self) -> AnswerDraft | None:
        """What is being written now."""
        return self._draft

    @property
    def saving(self) -> bool:
        """Whether an answer is on its way to the database."""
        return self._saving

    def kept(self) -> list[AnswerDraft]:
        """Return the answers of this client that are not saved, without the one being written."""
        now = self._draft
        return [
            each
            for each in self._drafts.all(self._client_id)
            if now is None or (each.interview_id, each.seen.item) != (now.interview_id, now.seen.item)
        ]

    def begin(self, draft: AnswerDraft, title: str) -> None:
        """Open the box."""
        self.flush()
        self._draft = draft
        self.open_with(title, _("it is saved as you leave it"), draft.text)

    def keep(self, text: str) -> None:
        """Keep the text in its file while it differs from the saved answer."""
        if self._draft is not None:
            self._draft = replace(self._draft, text=text)
            if text.strip() == self._draft.seen.text:
                self.forget(self._draft)
            else:
                self._store(self._draft)

    def end(self) -> None:
        """Forget the answer being written; its file stays."""
        self._draft = None

    async def save(self, settle: Settle) -> bool:
        """Save what is written and close the box; True when the database has it.

        While the database does not answer it is tried again and again, until the box is closed. `settle`
        is asked when a colleague answered the same. Raises KotoutusError; the text stays.
        """
        if self._saving or self._draft is None:
            return False
        self._saving = True
        try:
            while (draft := self._next_try()) is not None:
                try:
                    await self.carry_out(draft)
                except Unreachable as error:
                    self.still_trying(error)
                    await asyncio.sleep(PAUSE)
                except commands.AnswerConflict as conflict:
                    settled = await settle(draft, conflict)
                    if settled is None:
                        raise
                    self._draft = settled
                    self.query_one(NoteBox).load_text(safe.plain_prose(settled.text))
                else:
                    if self._saved(draft):
                        return True
            return False
        finally:
            self._saving = False

    async def carry_out(self, draft: AnswerDraft) -> None:
        """Save one draft and throw its file away. Raises KotoutusError."""
        ready = draft.to_be_saved()
        await commands.save_answer(
            self._desk.db, self._client_id, ready.interview_id, ready.seen, ready.text, ready.source,
            operation_id=ready.operation_id or UUID(int=0), tried=ready.tried,
        )  # fmt: skip
        self.forget(ready)

    def forget(self, draft: AnswerDraft) -> None:
        """Throw a draft away."""
        self.try_to_discard(lambda: self._drafts.discard(self._client_id, draft))

    def _next_try(self) -> AnswerDraft | None:
        if self._draft is None:
            return None
        self._draft = replace(self._draft, text=self.text).to_be_saved()
        if self._draft.text != self._draft.seen.text:
            self._store(self._draft)
        return self._draft

    def _saved(self, draft: AnswerDraft) -> bool:
        now = self._draft
        if now is None or now.seen.item != draft.seen.item:
            return True
        if self.text != draft.text:
            # Typed on while it was being saved: that is saved too.
            return False
        self.hide()
        return True

    def _store(self, draft: AnswerDraft) -> None:
        self.try_to_keep(lambda: self._drafts.keep(self._client_id, draft))

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Leaving the box by Tab or by the mouse saves too."""
        if self.display and self.screen.focused is not None:
            self.post_message(self.Left(onward=False))

    @on(NoteBox.Saved)
    def wanted(self, event: NoteBox.Saved) -> None:
        """Go on to the next item."""
        event.stop()
        self.post_message(self.Left(onward=True))

    @on(NoteBox.Closed)
    def closed(self, event: NoteBox.Closed) -> None:
        """Save and go back to the list."""
        event.stop()
        self.post_message(self.Left(onward=False))
