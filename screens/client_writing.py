"""Where an entry is written: the box at the foot of a timeline, its draft, and saving it for certain."""

import asyncio
from dataclasses import replace
from uuid import UUID

from textual import on
from textual.message import Message

from kotoutus_tui.casework import timeline_commands
from kotoutus_tui.casework.drafts import Draft, Drafts
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.i18n import _
from screens.desk import Desk
from screens.draft_box import PAUSE, DraftBox
from screens.widgets.note_box import NoteBox


class WritingBox(DraftBox):
    """Where an entry is written. Messages: Wanted, Closed."""

    DEFAULT_CSS = """
    WritingBox > .draft-title { height: 1; }
    """

    class Wanted(Message):
        """The text is to be saved."""

    class Closed(Message):
        """The box was closed without saving."""

    def __init__(self, desk: Desk, client_id: UUID) -> None:
        super().__init__()
        self._desk = desk
        self._drafts = Drafts(desk.settings)
        self._client_id = client_id
        self._draft: Draft | None = None
        self._saving = False

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
        self.flush()
        self._draft = draft
        self.open_with(title, _("a dot alone on a line saves"), draft.text)

    def focus_text(self) -> None:
        """Put the cursor into the text."""
        self.query_one(NoteBox).focus()

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
                    self.still_trying(error)
                    await asyncio.sleep(PAUSE)
                else:
                    return self._saved(draft)
            return False
        finally:
            self._saving = False

    def keep(self, text: str) -> None:
        """Keep the text as a draft."""
        if self._draft is not None:
            self._store(replace(self._draft, text=text))

    def end(self) -> None:
        """Forget the draft being written; its file stays."""
        self._draft = None

    def _next_try(self) -> Draft | None:
        return self._store(replace(self._draft, text=self.text).to_be_saved()) if self._draft else None

    def _saved(self, draft: Draft) -> bool:
        now = self._draft
        if now is not None and now.slot == draft.slot:
            if self.text != draft.text:
                # Typed on while it was being saved: the next save takes the place of this one.
                self.keep(self.query_one(NoteBox).text)
                return True
            self.hide()
        self.try_to_discard(lambda: self._drafts.discard(self._client_id, draft.slot))
        return True

    def _store(self, draft: Draft) -> Draft:
        self._draft = draft
        self.try_to_keep(lambda: self._drafts.keep(self._client_id, draft))
        return draft

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
