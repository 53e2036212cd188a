"""One field of a form: its label, what is typed, and under it what is wrong or how it was understood."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.text_input import TextInput

T = TypeVar("T")


class Field(Horizontal, Generic[T]):
    """The base of the fields; `name` is the code name, `label` is in the language in use.

    `read` turns what was typed into the value and raises InvalidInput. What is wrong is shown once the
    field is left, and from then on while it is typed.
    """

    DEFAULT_CSS = """
    Field {
        height: auto;
        margin-bottom: 1;
        & > .field-label { width: 20; margin-right: 2; color: $text-muted; }
        & > .field-body { height: auto; width: 1fr; }
        & .field-note { height: auto; color: $text-muted; padding: 0 1; display: none; }
        & .field-note.-shown { display: block; }
        & .field-note.-wrong { color: $error; text-style: bold; }
        &.-narrow { layout: vertical; }
        &.-narrow > .field-label { width: 1fr; margin-right: 0; }
        &.-narrow > .field-body { width: 1fr; }
    }
    """

    @dataclass
    class Changed(Message):
        """Something was typed."""

        field: "Field[object]"

    @dataclass
    class Entered(Message):
        """The field is finished: go on to the next one."""

        field: "Field[object]"

    def __init__(
        self, name: str, label: str, value: str = "", *, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__(name=name)
        self.label = label
        self.required = required
        self.hint = hint
        self._current = value
        self._left = False

    @property
    def text(self) -> str:
        """What stands in the field, without blanks at its ends."""
        return self._current.strip()

    def begin_with(self, text: str) -> None:
        """Begin with what was typed before instead of the value; before the field is on the screen."""
        self._current = text

    def value(self) -> T | None:
        """Return the value, None for an empty field; raises InvalidInput with the field's name."""
        if not self.text:
            if self.required:
                raise InvalidInput(self.name or "", _("This is needed."))
            return None
        try:
            return self.read(self.text)
        except InvalidInput as error:
            raise InvalidInput(self.name or "", error.sentence, error.next_step) from None

    def read(self, text: str) -> T:
        """Turn what was typed into the value, for the kinds of field to fill in."""
        raise NotImplementedError

    def meaning(self, value: T) -> str:
        """How the value was understood, shown while it is typed; by default nothing."""
        del value
        return ""

    def show_error(self, sentence: str) -> None:
        """Show what is wrong with this field; an empty sentence takes it away."""
        self._left = True
        self._note(sentence, wrong=True)

    def compose(self) -> ComposeResult:
        """Label, editor and the line under it."""
        mark = " *" if self.required else ""
        yield Static(safe.line(self.label + mark), classes="field-label")
        with Vertical(classes="field-body"):
            yield from self.compose_editor()
            yield Static("", classes="field-note", markup=False)

    def compose_editor(self) -> ComposeResult:
        """What is typed into; by default one line."""
        yield TextInput(self._current, hint=self.hint)

    def focus_editor(self) -> None:
        """Put the cursor into the field."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Tell how it is understood, or what is wrong once the field was left before."""
        event.stop()
        self._current = event.value
        self.check()
        self.post_message(self.Changed(self))  # pyright: ignore[reportArgumentType]

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Show what is wrong now that the field is left."""
        if self.text:
            self._left = True
        self.check()

    def check(self) -> None:
        """Show what is wrong, or how the value was understood."""
        try:
            value = self.value()
        except InvalidInput as error:
            sentence = f"{error.sentence} {error.next_step}".strip()
            self._note(sentence if self._left else "", wrong=True)
        else:
            self._note(self.meaning(value) if value is not None else "", wrong=False)

    def _note(self, text: str, *, wrong: bool) -> None:
        note = self.query_one(".field-note", Static)
        note.update(safe.line(f"! {text}" if wrong and text else text))
        note.set_class(bool(text), "-shown")
        note.set_class(wrong, "-wrong")


class TextField(Field[str]):
    """One line of text; `clean` (such as text.clean_line) turns it into the value or raises InvalidInput."""

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        clean: Callable[[str], str] | None = None,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(name, label, value, required=required, hint=hint)
        self._clean = clean

    def read(self, text: str) -> str:
        """Return the text, cleaned."""
        return self._clean(text) if self._clean else text
