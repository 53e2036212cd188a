"""The box a note is written in: Ctrl+Enter or a dot alone on a line saves, Esc closes."""

from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from textual.widgets import TextArea

from screens import keys, safe


class NoteBox(TextArea):
    """Hidden until `begin`; tells `Save` and `Closed`, and `Kept` a moment after the last change."""

    BINDINGS = keys.bindings("note")

    @dataclass
    class Save(Message):
        """The text is to be saved; the dot is not part of it."""

        text: str

    class Kept(Message):
        """The text changed and is to be kept as a draft."""

    class Closed(Message):
        """The box is to be closed without saving."""

    def __init__(self) -> None:
        super().__init__("", soft_wrap=True, show_line_numbers=False, id="note-box")
        self.display = False

    def begin(self, text: str, title: str) -> None:
        """Show the box with a text and the cursor at its end."""
        self.text = safe.plain_prose(text)
        self.border_title = safe.line(title).markup
        self.display = True
        self.move_cursor(self.document.end)
        self.focus()

    def end(self) -> None:
        """Hide the box and forget its text."""
        self.display = False
        self.text = ""

    def action_save(self) -> None:
        """Ask for the text to be saved."""
        self.post_message(self.Save(self.text))

    @on(TextArea.Changed)
    def changed(self, event: TextArea.Changed) -> None:
        """Tell that there is something to keep."""
        event.stop()
        if self.display:
            self.post_message(self.Kept())

    async def on_key(self, event: events.Key) -> None:
        """Close on Esc; save on Enter after a dot alone on its line."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Closed())
        elif event.key == "enter":
            row, _column = self.cursor_location
            if self.document.get_line(row) == "." and row == self.document.line_count - 1:
                event.stop()
                event.prevent_default()
                self.post_message(self.Save(self.text[:-1].rstrip("\n")))
