"""A field for text of several lines: Enter makes a new line, ctrl+enter or a dot alone on a line goes on."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import TextArea

from kotoutus_tui.text import clean_prose
from screens import keys
from screens.widgets.field import Field
from screens.widgets.note_box import NoteBox


class ProseBox(NoteBox, inherit_bindings=False):
    """The box of a ProseField; Esc belongs to the form around it."""

    BINDINGS: ClassVar[list[BindingType]] = [*TextArea.BINDINGS, *keys.bindings("prose")]
    DEFAULT_CSS = """
    ProseBox { height: 5; }
    """

    def action_save(self) -> None:
        """Go on, also from an empty box."""
        self.post_message(self.Saved(self, self.text.rstrip()))


class ProseField(Field[str]):
    """`clean` turns the text into the value or raises InvalidInput; `lines` is how many are seen at once."""

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        clean: Callable[[str], str] = clean_prose,
        required: bool = False,
        lines: int = 5,
        hint: str = "",
    ) -> None:
        super().__init__(name, label, value, required=required, hint=hint)
        self._clean = clean
        self._lines = lines

    def read(self, text: str) -> str:
        """Return the text, cleaned."""
        return self._clean(text)

    def compose_editor(self) -> ComposeResult:
        """The box."""
        box = ProseBox(self._current, hint=self.hint)
        box.styles.height = self._lines
        yield box

    def focus_editor(self) -> None:
        """Put the cursor at the end of the text."""
        box = self.query_one(ProseBox)
        box.move_cursor(box.document.end)
        box.focus()

    @on(TextArea.Changed)
    def written(self, event: TextArea.Changed) -> None:
        """Note what was typed."""
        event.stop()
        if event.text_area.text != self._current:
            self._current = event.text_area.text
            self.check()
            self.post_message(self.Changed(self))  # pyright: ignore[reportArgumentType]

    @on(NoteBox.Saved)
    def finished(self, event: NoteBox.Saved) -> None:
        """Go on to the next field."""
        event.stop()
        self.post_message(self.Entered(self))  # pyright: ignore[reportArgumentType]
