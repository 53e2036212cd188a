"""A form in steps: each is checked before the next, what was typed in any of them stays and is a draft.

await self.ask(WizardDialog(
    _("Review of the plan"), fields,
    [Step(_("Participation"), ("held_on", "participation")), …],
    save=self._save, accept=_("Save"), on_change=draft.keep,
))
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, Static

from kotoutus_tui.errors import InvalidInput, KotoutusError
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.field import Field
from screens.widgets.form import Form, FormDialog, Result, Values
from screens.widgets.message_line import MessageLine


@dataclass(frozen=True)
class Step:
    """One step: its title, the names of its fields, and what is to be read before answering."""

    title: str
    fields: tuple[str, ...]
    beside: str = ""


class StepForm(Form):
    """The fields of all steps, one step in sight."""

    @dataclass
    class Moved(Message):
        """Another step is in sight."""

        step: int

    def __init__(
        self,
        fields: Sequence[Field[Any]],
        steps: Sequence[Step],
        on_change: Callable[[Mapping[str, str]], None] | None,
    ) -> None:
        super().__init__(fields, on_change=on_change)
        self.steps = tuple(steps)
        self.step = 0

    @property
    def in_sight(self) -> list[Field[Any]]:
        """The fields of the step."""
        return [each for each in self.fields if each.name in self.steps[self.step].fields]

    def on_mount(self) -> None:
        """Begin with the first step."""
        self.go(0)

    def go(self, step: int) -> None:
        """Show a step."""
        self.step = max(0, min(step, len(self.steps) - 1))
        for each in self.fields:
            each.display = each in self.in_sight
        self.call_after_refresh(self.in_sight[0].focus_editor)
        self.post_message(self.Moved(self.step))

    def submit(self) -> None:
        """Go on to the next step when all in sight is right; submit from the last one."""
        if self.step + 1 == len(self.steps):
            super().submit()
        elif self._right():
            self.go(self.step + 1)

    def show_error(self, error: KotoutusError) -> bool:
        """Show an error at its field, in its step."""
        for number, step in enumerate(self.steps):
            if isinstance(error, InvalidInput) and error.field in step.fields:
                self.go(number)
        return super().show_error(error)

    def next_field(self, field: Field[Any]) -> Field[Any] | None:
        """Return the field after this one, in sight."""
        shown = self.in_sight
        place = shown.index(field) + 1
        return shown[place] if place < len(shown) else None

    def _right(self) -> bool:
        for field in self.in_sight:
            try:
                field.value()
            except InvalidInput as error:
                field.show_error(f"{error.sentence} {error.next_step}".strip())
                field.focus_editor()
                return False
        return True


class WizardDialog(FormDialog[Result]):
    """The dialog around the steps; Esc keeps what was typed as a draft."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field[Any]],
        steps: Sequence[Step],
        *,
        save: Callable[[Values], Awaitable[Result]],
        accept: str,
        on_change: Callable[[Mapping[str, str]], None] | None = None,
    ) -> None:
        super().__init__(title, [], save=save, accept=accept)
        self._form = self._stepped = StepForm(fields, steps, on_change)

    def compose_dialog(self) -> ComposeResult:
        """Where one is, what to read, the fields and the answers."""
        yield Static("", id="step-title", markup=False)
        yield Static("", id="step-beside", markup=False)
        yield self._form
        yield MessageLine()
        with Horizontal(classes="answers"):
            yield Button("", id="accept", compact=True)
            yield Button(safe.line(_("Back")), id="step-back", compact=True)
            yield Button(safe.line(_("Cancel")), id="refuse", compact=True)

    @on(StepForm.Moved)
    def moved(self, event: StepForm.Moved) -> None:
        """Tell where one is."""
        steps = self._stepped.steps
        step = steps[event.step]
        title = _("Step {number} of {count}: {title}").format(
            number=event.step + 1, count=len(steps), title=step.title
        )
        self.query_one("#step-title", Static).update(safe.line(title))
        beside = self.query_one("#step-beside", Static)
        beside.update(safe.prose(step.beside))
        beside.display = bool(step.beside)
        last = event.step + 1 == len(steps)
        self.query_one("#accept", Button).label = safe.line(self._accept if last else _("Next"))
        self.query_one("#step-back", Button).display = event.step > 0

    @on(Button.Pressed, "#step-back")
    def back(self, event: Button.Pressed) -> None:
        """Show the step before."""
        event.stop()
        event.prevent_default()
        self._stepped.go(self._stepped.step - 1)
