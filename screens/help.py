"""The keys of this place, grouped by where they work."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kotoutus_tui.i18n import _
from screens import keys
from screens.dialog import Dialog


class HelpScreen(Dialog[None]):
    """Shows the commands given to it with their keys; made from the same table as the bindings."""

    BINDINGS = keys.bindings_of("help")

    def __init__(self, commands: Sequence[tuple[keys.Command, Sequence[str]]]) -> None:
        super().__init__(_("Keys that work here"))
        self._commands = commands

    def compose_dialog(self) -> ComposeResult:
        """One line a command."""
        with VerticalScroll(classes="dialog-text"):
            yield Static(self._content())

    def _content(self) -> Content:
        parts: list[tuple[str, str]] = []
        named = [(command, "  ".join(keys.key_name(key) for key in used)) for command, used in self._commands]
        column = max((cell_len(names) for _command, names in named), default=0)
        for context in keys.CONTEXTS:
            here = [(command, names) for command, names in named if command.context == context.id]
            if here:
                parts.append((f"{_(context.title)}\n", "$text-muted"))
            for command, names in here:
                parts.append((f"  {names}{' ' * (column - cell_len(names))}  ", "bold $accent"))
                parts.append((f"{_(command.help)}\n", ""))
        return Content.assemble(*parts).rstrip()
