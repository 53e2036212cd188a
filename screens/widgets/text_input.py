"""A line to type in: no blinking cursor, and what is pasted loses its control codes."""

from textual import events
from textual.widgets import Input

from screens import safe


class TextInput(Input):
    """Textual's Input as it is used here; a paste of several lines becomes one."""

    def __init__(self, value: str = "", *, hint: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(safe.plain(value), hint, id=id, compact=True, select_on_focus=False)
        # A blinking cursor sends two kilobytes a second to an idle terminal.
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Clean what comes from the clipboard; Textual inserts it after this."""
        event.text = safe.plain(event.text.strip())
