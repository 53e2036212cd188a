"""Dialogs for saved views: choose one, remove one, give one a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kotoutus_tui.casework.saved_views import View
from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.dialog import Dialog


@dataclass(frozen=True)
class Choice:
    """The view chosen, to be used or to be removed."""

    view_id: UUID
    remove: bool = False


class ChooseView(Dialog[Choice]):
    """Answers with a view to use (Enter) or to remove."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("views")

    def __init__(self, views: Sequence[View]) -> None:
        super().__init__(_("Saved views"))
        self._views = tuple(views)

    def compose_dialog(self) -> ComposeResult:
        """The views with what they ask for."""
        options = [Option(safe.line(f"{view.name}  {view.query}"), id=str(view.id)) for view in self._views]
        yield OptionList(*options, compact=True, markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the first view."""
        self.query_one(OptionList).highlighted = 0

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Use it."""
        self.dismiss(Choice(UUID(event.option.id)))

    def action_remove(self) -> None:
        """Remove the view under the cursor."""
        number = self.query_one(OptionList).highlighted
        if number is not None:
            self.dismiss(Choice(self._views[number].id, remove=True))


class NameView(Dialog[str]):
    """Asks for the name of a view; answers with it."""

    def __init__(self, query: str) -> None:
        super().__init__(_("Save this view"))
        self._query = query

    def compose_dialog(self) -> ComposeResult:
        """What will be saved, and the field."""
        yield Static(safe.line(self._query or _("All clients")))
        yield Input(placeholder=_("Name of the view"), max_length=60, compact=True)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Answer with the name."""
        if event.value.strip():
            self.dismiss(event.value)
