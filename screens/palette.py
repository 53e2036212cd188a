"""The command palette: every command by its name, in the language in use."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.commands import Entry
from screens.dialog import Dialog


class Palette(Dialog[Entry]):
    """Answers with the command chosen; the letters typed may be anywhere in its words, in any order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(_("Commands"))
        self._entries = tuple(entries)

    def compose_dialog(self) -> ComposeResult:
        """What is typed, and what fits."""
        yield Input(placeholder=_("Type a part of its name"), compact=True)
        yield OptionList(compact=True)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 (Textual's)
        """Show the commands in the width there is, all of them at first."""
        self.call_after_refresh(lambda: self._fill(self.query_one(Input).value))

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._fill(event.value)

    @on(Input.Submitted)
    def entered(self) -> None:
        """Take the one under the cursor."""
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Answer with it."""
        self.dismiss(next(each for each in self._entries if each.command.id == event.option.id))

    def key_down(self) -> None:
        """The arrows move in the list while the letters go to the field."""
        self.query_one(OptionList).action_cursor_down()

    def key_up(self) -> None:
        """The arrows move in the list while the letters go to the field."""
        self.query_one(OptionList).action_cursor_up()

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        options = self.query_one(OptionList)
        options.clear_options()
        for entry in self._entries:
            name = _(entry.command.help)
            searched = f"{name} {_(entry.command.label)}".casefold()
            if all(word in searched for word in words):
                options.add_option(Option(self._line(entry, name), id=entry.command.id))
        if options.option_count:
            options.highlighted = 0
        else:
            options.add_option(Option(Content(_("No such command.")), disabled=True))

    def _line(self, entry: Entry, name: str) -> Content:
        place = next(each.title for each in keys.CONTEXTS if each.id == entry.command.context)
        where = "" if entry.target is not None else _(place)
        key = keys.key_name(entry.key)
        key_width = max(safe.width_of(keys.key_name(each.key)) for each in self._entries)
        # Name, place and key in three columns; the name gives way.
        room = self.query_one(Input).size.width - key_width - 3
        where_width = safe.width_of(where) + 2 if where else 0
        return Content.assemble(
            (f" {safe.fit(name, max(10, room - where_width))}", ""),
            (safe.fit(where, where_width, "right"), "$text-muted"),
            (f"  {safe.fit(key, key_width)}", "$accent"),
        )
