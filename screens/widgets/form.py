"""A form: fields in one column, Enter to go on, errors at their field, a draft while typing.

    task = await self.ask(FormDialog(
        _("New task"),
        [TextField("what", _("What"), required=True), DateField("due", _("Due"))],
        save=self._save_task,               async (values) -> result; may raise InvalidInput("due", …)
        accept=_("Save"),
        on_change=draft.keep,               values as typed, soon after the last key
    ))

The dialog stays open with everything typed in it until `save` succeeds or Esc closes it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input

from kotoutus_tui.errors import InvalidInput, KotoutusError
from kotoutus_tui.i18n import _
from screens.dialog import Answers, Dialog
from screens.widgets.debounce import Debounce
from screens.widgets.field import Field
from screens.widgets.message_line import MessageLine

Result = TypeVar("Result")
Values = dict[str, Any]

_NARROW = 52  # from this width on labels stand beside their fields


class Form(VerticalScroll, can_focus=False):
    """The fields; `values` checks them all, `show_error` puts an error to its field.

    The cursor begins in the field named `first`, by default in the first one.
    """

    DEFAULT_CSS = """
    Form { height: auto; max-height: 100%; }
    """

    @dataclass
    class Submitted(Message):
        """Enter in the last field: all are right."""

        form: "Form"
        values: Values

    def __init__(
        self,
        fields: Sequence[Field[Any]],
        *,
        on_change: Callable[[Mapping[str, str]], None] | None = None,
        first: str = "",
    ) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self._first = first
        self._draft = Debounce(lambda: on_change(self.typed) if on_change else None)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field, for a draft."""
        return {field.name or "": field.text for field in self.fields}

    def compose(self) -> ComposeResult:
        """The fields in their order."""
        yield from self.fields

    def values(self) -> Values | None:
        """Return all values by field name; with an error, show it, go to its field and return None."""
        found: Values = {}
        wrong: Field[Any] | None = None
        for field in self.fields:
            try:
                found[field.name or ""] = field.value()
            except InvalidInput as error:
                field.show_error(f"{error.sentence} {error.next_step}".strip())
                wrong = wrong or field
        if wrong is not None:
            wrong.focus_editor()
            return None
        return found

    def show_error(self, error: KotoutusError) -> bool:
        """Show an error at its field and go there; False when it belongs to none of them."""
        for field in self.fields:
            if isinstance(error, InvalidInput) and error.field and error.field == field.name:
                field.show_error(f"{error.sentence} {error.next_step}".strip())
                field.focus_editor()
                return True
        return False

    def submit(self) -> None:
        """Post Submitted if every field is right."""
        if (values := self.values()) is not None:
            self.post_message(self.Submitted(self, values))

    def flush(self) -> None:
        """Give the draft away now, before the form goes."""
        self._draft.flush()

    def forget_draft(self) -> None:
        """Write no draft any more: the form was saved."""
        self._draft.forget()

    def on_mount(self) -> None:
        """Begin in a field."""
        for field in [each for each in self.fields if each.name == self._first] or self.fields[:1]:
            field.focus_editor()

    def on_resize(self, event: events.Resize) -> None:
        """Labels beside the fields, or above them where it is narrow."""
        for field in self.fields:
            field.set_class(event.size.width < _NARROW, "-narrow")

    @on(Field.Changed)
    def changed(self, event: Field.Changed) -> None:
        """Note the change for the draft."""
        event.stop()
        self._draft.changed()

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, from the last one it submits."""
        event.stop()
        self._go_on(next(field for field in self.fields if event.input in field.query(Input)))

    @on(Field.Entered)
    def field_entered(self, event: Field.Entered) -> None:
        """A field of several lines is finished."""
        event.stop()
        self._go_on(event.field)

    def next_field(self, field: Field[Any]) -> Field[Any] | None:
        """Return the field after this one that is shown, None after the last."""
        following = self.fields[self.fields.index(field) + 1 :]
        return next((each for each in following if each.display), None)

    def _go_on(self, field: Field[Any]) -> None:
        following = self.next_field(field)
        if following is not None:
            following.focus_editor()
        else:
            self.submit()


class FormDialog(Dialog[Result]):
    """A form over the screen; see the module for its use."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field[Any]],
        *,
        save: Callable[[Values], Awaitable[Result]],
        accept: str,
        on_change: Callable[[Mapping[str, str]], None] | None = None,
        first: str = "",
    ) -> None:
        super().__init__(title)
        self._form = Form(fields, on_change=on_change, first=first)
        self._save = save
        self._accept = accept
        self._saving = False

    def compose_dialog(self) -> ComposeResult:
        """The fields, what went wrong, and the answers."""
        yield self._form
        yield MessageLine()
        yield Answers(self._accept, _("Cancel"))

    def say(self, text: str, *, alert: bool = False) -> None:
        """Show a sentence under the fields."""
        self.query_one(MessageLine).say(text, alert=alert)

    def while_waiting(self, doing: str) -> None:
        """Show under the fields that it is being saved."""
        self.query_one(MessageLine).wait_for(doing)

    def tell(self, error: Exception) -> None:
        """Show an error at its field if it has one."""
        if not (isinstance(error, KotoutusError) and self._form.show_error(error)):
            super().tell(error)

    @on(Button.Pressed)
    def answered(self, event: Button.Pressed) -> None:
        """Submit, or close."""
        if event.button.id == "accept":
            self._form.submit()
        else:
            self.dismiss(None)

    @on(Form.Submitted)
    def submitted(self, event: Form.Submitted) -> None:
        """Save, once at a time."""
        if not self._saving:
            self._saving = True
            self.do(self._carry_out_save(event.values), _("Saving …"))

    async def before_leaving(self) -> None:
        """Give the draft away."""
        self._form.flush()

    def on_unmount(self) -> None:
        """A closed form leaves its draft to be found again."""
        self._form.flush()

    async def _carry_out_save(self, values: Values) -> None:
        try:
            result = await self._save(values)
        finally:
            self._saving = False
        self._form.forget_draft()
        self.dismiss(result)
