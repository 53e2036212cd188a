"""A box for a note of several lines: ctrl+enter saves, and so does a dot alone on a line."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from screens import keys, safe
from screens.widgets.debounce import Debounce


class NoteBox(TextArea):
    """`on_change` gets the text soon after the last key, for the draft; `flush` gives it at once.

    Many terminals send the same for Enter and ctrl+enter, so the dot is the way that always works.
    """

    BINDINGS = keys.bindings("note")
    DEFAULT_CSS = """
    NoteBox {
        height: 8;
        border: none;
        padding: 0 1;
        background: $surface;
        &:focus { border: none; background: $block-cursor-blurred-background; }
    }
    """

    @dataclass
    class Saved(Message):
        """The note is to be saved; the box keeps its text until the screen clears it."""

        box: "NoteBox"
        text: str

        @property
        def control(self) -> "NoteBox":
            """The box, for `@on(NoteBox.Saved, "#note")`."""
            return self.box

    @dataclass
    class Closed(Message):
        """The box is to be closed without saving."""

        box: "NoteBox"

    def __init__(
        self,
        text: str = "",
        *,
        hint: str = "",
        on_change: Callable[[str], None] | None = None,
        id: str | None = None,  # noqa: A002 (Textual's word)
    ) -> None:
        super().__init__(
            safe.plain_prose(text),
            id=id,
            compact=True,
            soft_wrap=True,
            highlight_cursor_line=False,
            placeholder=safe.line(hint),
        )
        self.cursor_blink = False
        self._draft = Debounce(lambda: on_change(self.text) if on_change else None)

    def flush(self) -> None:
        """Give the text to `on_change` now, before the screen goes."""
        self._draft.flush()

    def empty(self) -> None:
        """Clear the box after its note was saved; the draft is not written again."""
        self.load_text("")
        self._draft.forget()

    def action_save(self) -> None:
        """Ask the screen to save."""
        if self.text.strip():
            self.post_message(self.Saved(self, self.text.rstrip()))

    def action_close(self) -> None:
        """Ask the screen to close the box."""
        self.post_message(self.Closed(self))

    def on_text_area_changed(self) -> None:
        """Note the change for the draft."""
        self._draft.changed()

    def on_key(self, event: events.Key) -> None:
        """A dot alone on a line, then Enter, saves."""
        row, _column = self.cursor_location
        if event.key == "enter" and self.document.get_line(row).strip() == ".":
            event.prevent_default()
            event.stop()
            self.delete((row, 0), (row, len(self.document.get_line(row))))
            self.action_save()

    def on_paste(self, event: events.Paste) -> None:
        """Clean what comes from the clipboard; Textual inserts it after this."""
        event.text = safe.plain_prose(event.text)
