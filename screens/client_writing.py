"""Where an entry is written: the box at the foot of a timeline, its draft, and saving it for certain."""

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kotoutus_tui import log
from kotoutus_tui.casework import timeline_commands
from kotoutus_tui.casework.drafts import Draft, Drafts
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.i18n import _
from screens import safe
from screens.desk import Desk
from screens.widgets.note_box import NoteBox

_PAUSE = 1.0  # seconds between two attempts to save while the database does not answer


class WritingBox(Vertical):
    """Hidden until `begin`. The text is kept as a draft while it is typed, and until it is saved.

    Messages: Wanted, StillTrying, Closed, NotKept.
    """

    DEFAULT_CSS = """
    WritingBox {
        height: auto;
        padding: 0 1;
        display: none;
        & > .writing-title { color: $accent; height: 1; }
        & > NoteBox { height: 8; }
    }
    """

    class Wanted(Message):
        """The text is to be saved."""

    class Closed(Message):
        """The box was closed without saving."""

    @dataclass
    class NotKept(Message):
        """The draft could not be written to the disk."""

        error: OSError

    @dataclass
    class StillTrying(Message):
        """The database does not answer; the text is safe and will be tried again."""

        error: Unreachable

    def __init__(self, desk: Desk, client_id: UUID) -> None:
        super().__init__()
        self._desk = desk
        self._drafts = Drafts(desk.settings)
        self._client_id = client_id
        self._draft: Draft | None = None
        self._saving = False

    def compose(self) -> ComposeResult:
        """What is written, and the text."""
        yield Static("", classes="writing-title", markup=False)
        yield NoteBox(on_change=self._keep)

    @property
    def draft(self) -> Draft | None:
        """What is being written now."""
        return self._draft

    def kept(self) -> list[Draft]:
        """Return the drafts of this client, the newest first."""
        return self._drafts.all(self._client_id)

    def find(self, slot: str) -> Draft | None:
        """Return a draft kept earlier."""
        return self._drafts.find(self._client_id, slot)

    def begin(self, draft: Draft, title: str) -> None:
        """Open the box; what was being written in it before stays as a draft."""
        box = self.query_one(NoteBox)
        box.flush()
        self._draft = draft
        how = _("a dot alone on a line saves")
        self.query_one(Static).update(
            Content.assemble((safe.plain(title), "bold"), (f"   {how}", "$text-muted"))
        )
        box.load_text(safe.plain_prose(draft.text))
        self.display = True
        box.move_cursor(box.document.end)
        box.focus()

    def close(self) -> None:
        """Hide the box; the draft is kept."""
        self.flush()
        self._draft = None
        self.display = False
        self.query_one(NoteBox).empty()

    def focus_text(self) -> None:
        """Put the cursor into the text."""
        self.query_one(NoteBox).focus()

    def flush(self) -> None:
        """Write the draft now."""
        self.query_one(NoteBox).flush()

    def explain(self, reason: str) -> None:
        """Note why a correction is made."""
        if self._draft is not None:
            self._draft = replace(self._draft, reason=reason)

    async def save(self) -> bool:
        """Save what is written; True when it is saved. The box stays open when something was typed since.

        While the database does not answer it is tried again and again, until the box is closed. Whatever
        happens the text stays, here and in its draft. Raises KotoutusError.
        """
        if self._saving or self._draft is None:
            return False
        self._saving = True
        try:
            while (draft := self._next_try()) is not None:
                try:
                    await timeline_commands.save(self._desk.db, self._client_id, draft)
                except Unreachable as error:
                    self.post_message(self.StillTrying(error))
                    await asyncio.sleep(_PAUSE)
                else:
                    return self._saved(draft)
            return False
        finally:
            self._saving = False

    def _next_try(self) -> Draft | None:
        if self._draft is None:
            return None
        written = replace(self._draft, text=self.query_one(NoteBox).text.strip())
        self._draft = written.to_be_saved()
        self._store(self._draft)
        return self._draft

    def _saved(self, draft: Draft) -> bool:
        now = self._draft
        if now is None or now.slot != draft.slot:
            self._discard(draft)
            return True
        if self.query_one(NoteBox).text.strip() != draft.text:
            # Typed on while it was being saved: the next save takes the place of this one.
            self._keep(self.query_one(NoteBox).text)
            return True
        self._draft = None
        self.display = False
        self.query_one(NoteBox).empty()
        self._discard(draft)
        return True

    def _keep(self, text: str) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, text=text)
            self._store(self._draft)

    def _store(self, draft: Draft) -> None:
        try:
            self._drafts.keep(self._client_id, draft)
        except OSError as error:
            log.unexpected(error, "draft not kept")
            self.post_message(self.NotKept(error))

    def _discard(self, draft: Draft) -> None:
        try:
            self._drafts.discard(self._client_id, draft.slot)
        except OSError as error:
            log.unexpected(error, "draft not removed")

    @on(NoteBox.Saved)
    def wanted(self, event: NoteBox.Saved) -> None:
        """Ask the screen to save."""
        event.stop()
        self.post_message(self.Wanted())

    @on(NoteBox.Closed)
    def closed(self, event: NoteBox.Closed) -> None:
        """Close, with the draft kept."""
        event.stop()
        self.close()
        self.post_message(self.Closed())
