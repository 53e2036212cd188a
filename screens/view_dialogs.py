"""Dialogs for saved views: choose one, remove one, give one a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid4, uuid5

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kotoutus_tui.casework import saved_views
from kotoutus_tui.casework.caseload_query import CaseloadQuery, parse, write
from kotoutus_tui.casework.saved_views import View
from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.dialog import Dialog
from screens.widgets.message_line import MessageLine
from screens.widgets.text_input import TextInput

if TYPE_CHECKING:
    from screens.base import BaseScreen


async def choose_view(screen: "BaseScreen") -> CaseloadQuery | None:
    """Ask for one of the saved views; return what it shows, or None. Inside `do`."""
    db = screen.desk.db
    views = await saved_views.saved(db)
    if not views:
        screen.say(_("There are no saved views yet."))
        return None
    choice = await screen.ask(ChooseView(views))
    if choice is None:
        return None
    if choice.remove:
        await saved_views.remove(db, uuid4(), choice.view_id)
        screen.say(_("The view was removed."))
        return None
    return parse(next(view.query for view in views if view.id == choice.view_id))


async def save_view(screen: "BaseScreen", query: CaseloadQuery) -> None:
    """Ask for a name and save the query under it; a name that is refused can be corrected. Inside `do`."""
    line = write(query)
    if await screen.ask(NameView(line)) is not None:
        screen.say(_("The view was saved."))


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
    """Asks for the name of a view and saves it; stays open while the name is refused."""

    def __init__(self, query: str) -> None:
        super().__init__(_("Save this view"))
        self._query = query
        self._operation = uuid4()

    def compose_dialog(self) -> ComposeResult:
        """What will be saved, and the field."""
        yield Static(safe.line(self._query or _("All clients")))
        yield TextInput(hint=_("Name of the view"))
        yield MessageLine()

    def say(self, text: str, *, alert: bool = False) -> None:
        """Show a sentence under the field."""
        self.query_one(MessageLine).say(text, alert=alert)

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Save it."""
        event.stop()
        if event.value.strip():
            self.do(self._save(event.value))

    async def _save(self, name: str) -> None:
        # Another name after a broken try is another command.
        operation = uuid5(self._operation, name)
        await saved_views.save(self.desk.db, operation, name, self._query)
        self.dismiss(name)
