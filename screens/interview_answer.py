"""Where the answer to one item of the interview is written; it is saved as it is left."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kotoutus_tui import log
from kotoutus_tui.casework import interview_commands as commands
from kotoutus_tui.casework.interview_drafts import AnswerDraft, AnswerDrafts
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.i18n import _
from screens import safe
from screens.desk import Desk
from screens.widgets.note_box import NoteBox

_PAUSE = 1.0  # seconds between two attempts while the database does not answer

Settle = Callable[[AnswerDraft, commands.AnswerConflict], Awaitable[AnswerDraft | None]]


class AnswerBox(Vertical):
    """Hidden until `begin`. What is typed is kept in a file until the database has it.

    Messages: Left, StillTrying, NotKept.
    """

    DEFAULT_CSS = """
    AnswerBox {
        height: auto;
        padding: 0 1;
        display: none;
        & > .answer-title { color: $accent; height: auto; max-height: 2; }
        & > NoteBox { height: 7; }
    }
    """

    @dataclass
    class Left(Message):
        """The answer is finished with; `onward` is whether the next item comes."""

        onward: bool

    @dataclass
    class StillTrying(Message):
        """The database does not answer; the text is safe and will be tried again."""

        error: Unreachable

    class NotKept(Message):
        """The draft could not be written to the disk."""

    def __init__(self, desk: Desk, client_id: UUID) -> None:
        super().__init__()
        self._desk = desk
        self._client_id = client_id
        self._drafts = AnswerDrafts(desk.settings)
        self._draft: AnswerDraft | None = None
        self._saving = False

    def compose(self) -> ComposeResult:
        """The item, and the text."""
        yield Static("", classes="answer-title", markup=False)
        yield NoteBox(on_change=self._keep)

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
        box = self.query_one(NoteBox)
        box.flush()
        self._draft = draft
        how = _("it is saved as you leave it")
        self.query_one(Static).update(
            Content.assemble((safe.plain(title), "bold"), (f"   {how}", "$text-muted"))
        )
        box.load_text(safe.plain_prose(draft.text))
        self.display = True
        box.move_cursor(box.document.end)
        box.focus()

    def close(self) -> None:
        """Hide the box; what is not saved stays in its file."""
        self.flush()
        self._draft = None
        self.display = False
        self.query_one(NoteBox).empty()

    def flush(self) -> None:
        """Write the draft now."""
        self.query_one(NoteBox).flush()

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
                    self.post_message(self.StillTrying(error))
                    await asyncio.sleep(_PAUSE)
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
        try:
            self._drafts.discard(self._client_id, draft)
        except OSError as error:
            log.unexpected(error, "draft not removed")

    def _next_try(self) -> AnswerDraft | None:
        if self._draft is None:
            return None
        written = replace(self._draft, text=self.query_one(NoteBox).text.strip())
        self._draft = written.to_be_saved()
        if self._draft.text != self._draft.seen.text:
            self._store(self._draft)
        return self._draft

    def _saved(self, draft: AnswerDraft) -> bool:
        now = self._draft
        if now is None or now.seen.item != draft.seen.item:
            return True
        if self.query_one(NoteBox).text.strip() != draft.text:
            # Typed on while it was being saved: that is saved too.
            return False
        self._draft = None
        self.display = False
        self.query_one(NoteBox).empty()
        return True

    def _keep(self, text: str) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, text=text)
            if text.strip() == self._draft.seen.text:
                self.forget(self._draft)
            else:
                self._store(self._draft)

    def _store(self, draft: AnswerDraft) -> None:
        try:
            self._drafts.keep(self._client_id, draft)
        except OSError as error:
            log.unexpected(error, "draft not kept")
            self.post_message(self.NotKept())

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
