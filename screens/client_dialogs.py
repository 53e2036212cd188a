"""The questions of a client's timeline: one of a list, or one to two lines of text."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens import safe
from screens.dialog import Dialog


class Choose(Dialog[str]):
    """Asks for one of several; pairs of code and words. Enter answers the code."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._choices = tuple(choices)

    def compose_dialog(self) -> ComposeResult:
        """The list."""
        yield OptionList(*(Option(safe.line(words), id=code) for code, words in self._choices), markup=False)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Take the answer."""
        self.dismiss(event.option.id)


class Lines(Dialog[list[str]]):
    """Asks for lines of text; pairs of label and first value. Enter in the last one answers."""

    def __init__(self, title: str, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._fields = tuple(fields)

    def compose_dialog(self) -> ComposeResult:
        """A label and a field for each."""
        for label, value in self._fields:
            yield Static(safe.line(label))
            yield Input(safe.plain(value), max_length=200)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Go to the next field, or take the answers."""
        inputs = list(self.query(Input))
        if event.input is inputs[-1]:
            self.dismiss([each.value for each in inputs])
        else:
            inputs[inputs.index(event.input) + 1].focus()
