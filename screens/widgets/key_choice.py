"""A choice made by one key: every choice stands in the form with its digit or letter before it."""

from collections.abc import Callable, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.field import Field

_GAP = 2


class KeyChoice(Field[str]):
    """`choices` are (code, name) pairs; the value is a code.

    Up to nine choices have digits, more have letters. The key of a choice takes it and goes on; the arrows
    go through them. With `find` letters may be typed: it turns them into a code, or None. `picked` hears of
    every new choice.
    """

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        value: str,
        *,
        find: Callable[[str], tuple[str, str] | None] | None = None,
        picked: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(name, label, value)
        self.choices = tuple(choices)
        self._find = find
        self._picked = picked

    def read(self, text: str) -> str:
        """Return the code."""
        if text not in dict(self.choices):
            raise InvalidInput("", _("Choose one of these."))
        return text

    def compose_editor(self) -> ComposeResult:
        """The choices."""
        yield KeyLineOfChoices(self.choices, self.text, self._find)

    def focus_editor(self) -> None:
        """Put the keys to work on this field."""
        self.query_one(KeyLineOfChoices).focus()

    def on_key_line_of_choices_chosen(self, event: "KeyLineOfChoices.Chosen") -> None:
        """Take the choice; a key that named it also goes on to the next field."""
        event.stop()
        self.choices = event.line.choices
        self._current = event.code
        self.check()
        self.post_message(self.Changed(self))  # pyright: ignore[reportArgumentType]
        if self._picked is not None:
            self._picked(event.code)
        if event.goes_on:
            self._go_on()

    def on_key_line_of_choices_finished(self, event: "KeyLineOfChoices.Finished") -> None:
        """Go on with what is chosen."""
        event.stop()
        self._go_on()

    def _go_on(self) -> None:
        self.post_message(self.Entered(self))  # pyright: ignore[reportArgumentType]


class KeyLineOfChoices(Widget, can_focus=True):
    """The choices of a KeyChoice on as many lines as they need."""

    DEFAULT_CSS = """
    KeyLineOfChoices { height: auto; width: 1fr; padding: 0 1; }
    """

    class Chosen(Message):
        """Another choice; `goes_on` when its own key was pressed."""

        def __init__(self, line: "KeyLineOfChoices", code: str, *, goes_on: bool) -> None:
            super().__init__()
            self.line, self.code, self.goes_on = line, code, goes_on

    class Finished(Message):
        """Enter: the choice stands."""

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        chosen: str,
        find: Callable[[str], tuple[str, str] | None] | None,
    ) -> None:
        super().__init__()
        self.choices = self._named = tuple(choices)
        self._chosen = chosen
        self._find = find
        self._typed = ""
        self._keys = "123456789" if len(self.choices) <= 9 else "abcdefghijklmnopqrstuvwxyz"

    def on_key(self, event: events.Key) -> None:
        """Take a choice by its key, by the arrows or by letters of its name."""
        letter = event.character or ""
        if event.key in ("left", "right"):
            self._step(1 if event.key == "right" else -1)
        elif event.key == "enter":
            self._typed = ""
            self.post_message(self.Finished())
        elif event.key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
            self._search()
        elif len(letter) == 1 and letter.casefold() in self._keys[: len(self._named)]:
            self._take(self.choices[self._keys.index(letter.casefold())][0], goes_on=True)
        elif self._find is not None and letter.isalpha():
            self._typed += letter
            self._search()
        elif not letter.isalnum():
            return
        event.stop()
        event.prevent_default()

    def on_blur(self) -> None:
        """Forget the letters typed."""
        self._typed = ""
        self.refresh()

    def on_focus(self) -> None:
        """Show where the keys work."""
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines the choices need."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the choices, the one taken in brackets."""
        lines = [Content("").join(pieces) for pieces in self._lines(self.size.width)]
        return Content("\n").join(lines)

    def _lines(self, width: int) -> list[list[Content]]:
        lines: list[list[Content]] = [[]]
        used = 0
        for place, (code, name) in enumerate(self.choices):
            key = self._keys[place] if place < len(self._named) else ""
            text = f"{key} {safe.plain(name)}".strip()
            taken = code == self._chosen
            shown = f"[{text}]" if taken else f" {text} "
            size = cell_len(shown)
            if lines[-1] and used + size > width:
                lines.append([])
                used = 0
            lines[-1].append(self._piece(shown, taken=taken))
            used += size + _GAP - 1
            lines[-1].append(Content(" " * (_GAP - 1)))
        if self._typed:
            lines.append([Content.styled(f" {safe.plain(self._typed)} …", "$text-muted")])
        return lines

    def _piece(self, shown: str, *, taken: bool) -> Content:
        if not taken:
            return Content(shown)
        style = "$block-cursor-foreground on $block-cursor-background" if self.has_focus else "bold"
        return Content.styled(shown, style)

    def _step(self, by: int) -> None:
        codes = [code for code, _name in self.choices]
        at = codes.index(self._chosen) if self._chosen in codes else -by
        self._take(codes[(at + by) % len(codes)], goes_on=False)

    def _search(self) -> None:
        found = self._find(self._typed) if self._find is not None and self._typed else None
        if found is not None:
            named = found[0] in dict(self._named)
            self.choices = self._named if named else (*self._named, found)
            self._take(found[0], goes_on=False, typed=self._typed)
        self.refresh(layout=True)

    def _take(self, code: str, *, goes_on: bool, typed: str = "") -> None:
        self._chosen, self._typed = code, typed
        self.refresh(layout=True)
        self.post_message(self.Chosen(self, code, goes_on=goes_on))


def found_among(choices: Sequence[tuple[str, str]]) -> Callable[[str], Any]:
    """Return a `find` for choices too many for keys: a code as it is, else the first name so beginning."""

    def find(typed: str) -> tuple[str, str] | None:
        wanted = typed.casefold()
        exact = [each for each in choices if each[0] == wanted]
        named = [each for each in choices if each[1].casefold().startswith(wanted)]
        return next(iter([*exact, *named]), None)

    return find
