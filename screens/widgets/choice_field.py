"""A choice from a list, made by typing a part of its name."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.field import Field
from screens.widgets.text_input import TextInput

_SHOWN = 7
_NONE = "–"


class ChoiceField(Field[str]):
    """`choices` are (code, name) pairs; the value is a code.

    While the field has the cursor the names that fit what is typed stand under it; the arrows go through
    them, Enter takes the marked one, and so does leaving the field after typing.
    """

    DEFAULT_CSS = """
    ChoiceField .choices { height: auto; padding: 0 1; display: none; }
    ChoiceField .choices.-open { display: block; }
    """

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        value: str | None = None,
        *,
        required: bool = False,
    ) -> None:
        super().__init__(name, label, dict(choices).get(value or "", ""), required=required)
        self._choices = tuple(choices)
        self._typed = ""
        self._written: str = self._current
        self._marked = 0
        self._touched = False

    def read(self, text: str) -> str:
        """Return the code of the name; a part of a name will do while it fits only one."""
        exact = [code for code, name in self._choices if name.casefold() == text.casefold()]
        fitting = exact or [code for code, _name in self._fitting(text)]
        if exact or len(fitting) == 1:
            return fitting[0]
        raise InvalidInput("", _("Choose one of these.") if fitting else _("There is no such choice."))

    def choose(self, code: str) -> None:
        """Choose from outside; an empty code takes the choice off."""
        self._typed, self._touched = "", False
        self._written = self._current = dict(self._choices).get(code, "")
        self.query_one(Input).value = self._written

    def compose_editor(self) -> ComposeResult:
        """What is typed, and the names that fit."""
        yield TextInput(self._current)
        yield Static("", classes="choices", markup=False)

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Offer all names with the chosen one marked; the first letter typed replaces it."""
        self._typed, self._touched = "", False
        names = [name for _code, name in self._offered()]
        self._marked = names.index(self.text) if self.text in names else 0
        self.query_one(Input).select_all()
        self.query_one(".choices").add_class("-open")
        self._show()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Take the marked name after typing."""
        if self._touched:
            self._take()
        self.query_one(".choices").remove_class("-open")
        super().on_descendant_blur(event)

    def on_key(self, event: events.Key) -> None:
        """Go through the names."""
        if event.key in ("up", "down"):
            event.stop()
            self._touched = True
            self._marked = (self._marked + (1 if event.key == "down" else -1)) % max(1, len(self._offered()))
            self._show()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Offer what fits; what the field itself wrote is no typing."""
        if event.value != self._written:
            self._typed, self._marked, self._touched = event.value, 0, True
            self._written = event.value
        self._show()

    @on(Input.Submitted)
    def entered(self) -> None:
        """Take the marked name before the form goes on."""
        self._take()

    def _take(self) -> None:
        offered = self._offered()
        if offered and (self._typed or not self._cleared()):
            code, name = offered[min(self._marked, len(offered) - 1)]
            self._written = self._current = name if code else ""
            self.query_one(Input).value = self._written
        self._typed, self._touched = "", False

    def _cleared(self) -> bool:
        return self._touched and not self.text and self._marked == 0

    def _offered(self) -> list[tuple[str, str]]:
        none = [] if self.required or self._typed else [("", _NONE)]
        return none + self._fitting(self._typed)

    def _fitting(self, text: str) -> list[tuple[str, str]]:
        words = text.casefold().split()
        found = [each for each in self._choices if all(word in each[1].casefold() for word in words)]
        # What begins with the letters typed comes first.
        return sorted(found, key=lambda each: not each[1].casefold().startswith(text.casefold()))

    def _show(self) -> None:
        offered = self._offered()
        first = max(0, min(self._marked - _SHOWN // 2, len(offered) - _SHOWN))
        lines: list[Content] = []
        for position, (_code, name) in enumerate(offered[first : first + _SHOWN], start=first):
            marked = position == self._marked
            style = "$block-cursor-foreground on $block-cursor-background" if marked else ""
            lines.append(Content.styled(f"{'▸' if marked else ' '} {safe.plain(name)} ", style))
        if len(offered) > first + _SHOWN:
            lines.append(Content.styled("  …", "$text-muted"))
        choices = self.query_one(".choices", Static)
        choices.update(Content("\n").join(lines))
        if choices.has_class("-open"):
            # In a scrolled form the names would open below its edge.
            self.call_after_refresh(choices.scroll_visible, animate=False)
