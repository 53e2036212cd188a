"""A box to write in whose text is kept in a file until the database has it."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kotoutus_tui import log
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.i18n import _
from screens import safe
from screens.base import BaseScreen
from screens.widgets.note_box import NoteBox

PAUSE = 1.0  # seconds between two attempts to save while the database does not answer


class DraftBox(Vertical):
    """Hidden until it is opened; its screen says when the text cannot be saved or kept."""

    DEFAULT_CSS = """
    DraftBox {
        height: auto;
        padding: 0 1;
        display: none;
        & > .draft-title { color: $accent; height: auto; max-height: 2; }
        & > NoteBox { height: 8; }
    }
    """

    def compose(self) -> ComposeResult:
        """What is written, and the text."""
        yield Static("", classes="draft-title", markup=False)
        yield NoteBox(on_change=self.keep)

    def keep(self, text: str) -> None:
        """Keep what stands in the box, for the kinds of box to fill in."""
        raise NotImplementedError

    def end(self) -> None:
        """Forget what was being written, its file stays; for the kinds of box to fill in."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What stands in the box, without blanks at its ends."""
        return self.query_one(NoteBox).text.strip()

    def open_with(self, title: str, how: str, text: str) -> None:
        """Show the box with the cursor at the end of `text`; `how` tells how it is saved."""
        self.query_one(Static).update(
            Content.assemble((safe.plain(title), "bold"), (f"   {how}", "$text-muted"))
        )
        box = self.query_one(NoteBox)
        box.load_text(safe.plain_prose(text))
        self.display = True
        box.move_cursor(box.document.end)
        box.focus()

    def close(self) -> None:
        """Hide the box; what is not saved stays in its file."""
        self.flush()
        self.hide()

    def hide(self) -> None:
        """Hide the box, empty."""
        self.end()
        self.display = False
        self.query_one(NoteBox).empty()

    def flush(self) -> None:
        """Write the draft now."""
        self.query_one(NoteBox).flush()

    def try_to_keep(self, write: Callable[[], None]) -> None:
        """Write a draft to the disk, or say that the text is on the screen only."""
        try:
            write()
        except OSError as error:
            log.unexpected(error, "draft not kept")
            self._say(_("The draft cannot be kept on this computer. Save before you leave."))

    def try_to_discard(self, remove: Callable[[], None]) -> None:
        """Throw a draft away; one that stays is offered again."""
        try:
            remove()
        except OSError as error:
            log.unexpected(error, "draft not removed")

    def still_trying(self, error: Unreachable) -> None:
        """Say that the database does not answer and nothing is lost."""
        kept = _("Your text is kept, and saving is tried again.")
        self._say(f"{error.sentence} {kept}")

    def _say(self, sentence: str) -> None:
        if isinstance(self.screen, BaseScreen):
            self.screen.say(sentence, alert=True)
