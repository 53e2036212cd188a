"""A form that says while one types what saving would do, before anything is saved."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens import safe
from screens.dialog import Answers
from screens.widgets.field import Field
from screens.widgets.form import FormDialog, Values
from screens.widgets.message_line import MessageLine


class WhatIfForm(FormDialog[bool]):
    """`judge` turns what is typed into a sentence, or raises InvalidInput; it must be pure and quick."""

    DEFAULT_CSS = """
    WhatIfForm Form { max-height: 42vh; }
    WhatIfForm .what-if { height: auto; max-height: 6; margin-top: 1; padding: 0 1; color: $accent; }
    WhatIfForm .what-if.-refused { color: $error; text-style: bold; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field[Any]],
        save: Callable[[Values], Awaitable[bool]],
        judge: Callable[[Values], str],
        *,
        first: str = "",
        accept: str = "",
    ) -> None:
        super().__init__(
            title, fields, save=save, accept=accept or _("Save"), on_change=self._look, first=first
        )
        self._fields = tuple(fields)
        self._judge = judge

    def compose_dialog(self) -> ComposeResult:
        """The fields, what it would do, and the answers."""
        yield self._form
        yield Static("", classes="what-if", markup=False)
        yield MessageLine()
        yield Answers(self._accept, _("Leave"))

    def on_mount(self) -> None:
        """Say at once what stands there."""
        self._look({})

    def _look(self, _typed: Mapping[str, str]) -> None:
        text, refused = self._said()
        # A form that closes gives its draft away once more, without its widgets.
        for line in self.query(".what-if").results(Static):
            line.update(safe.prose(f"! {text}" if refused else text))
            line.set_class(refused, "-refused")

    def _said(self) -> tuple[str, bool]:
        values: Values = {}
        for field in self._fields:
            try:
                values[field.name or ""] = field.value()
            except InvalidInput:
                if field.text:
                    return _("What is typed is not whole yet."), False
                values[field.name or ""] = None
        try:
            return self._judge(values), False
        except InvalidInput as error:
            return f"{error.sentence} {error.next_step}".strip(), True
