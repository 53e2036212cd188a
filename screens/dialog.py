"""Dialogs: a question or a form over the screen, closed with Esc.

class Reason(Dialog[str]):
    def compose_dialog(self): ...           widgets between title and keys
    # self.dismiss("…") answers

if await self.ask(Confirm(_("Move 3 clients?"), [_("…"), …], accept=_("Move"))):
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Static

from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.frame_screen import FrameScreen
from screens.widgets.key_line import KeyLine


class Dialog(FrameScreen[ScreenResultType], ModalScreen[ScreenResultType], inherit_bindings=False):
    """The base of every dialog; `title` is one line, the answer is given to `dismiss`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings("dialog"),
        *keys.bindings_of("next_field", "previous_field"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.dialog_title = title

    def compose_frame(self) -> ComposeResult:
        """Title, content and keys."""
        with Vertical(classes="dialog"):
            yield Static(safe.line(self.dialog_title), classes="dialog-title")
            yield from self.compose_dialog()
        yield KeyLine()

    def compose_dialog(self) -> ComposeResult:
        """The content, for the kinds of dialog to fill in."""
        yield from ()


class Answers(Horizontal):
    """The answers under a dialog; the first has the focus, the arrows go from one to the other."""

    def __init__(self, accept: str, refuse: str) -> None:
        super().__init__(classes="answers")
        self._words = (accept, refuse)

    def compose(self) -> ComposeResult:
        """The two buttons."""
        accept, refuse = self._words
        yield Button(safe.line(accept), id="accept", compact=True)
        yield Button(safe.line(refuse), id="refuse", compact=True)

    def on_key(self, event: events.Key) -> None:
        """Go to the other answer."""
        if event.key in ("left", "right"):
            event.stop()
            self.query_one("#accept" if event.key == "left" else "#refuse").focus()


class Confirm(Dialog[bool]):
    """Asks before something is done; `effects` are sentences that say what will happen.

    Enter does it, Esc does not.
    """

    def __init__(self, title: str, effects: Sequence[str] = (), *, accept: str, refuse: str = "") -> None:
        super().__init__(title)
        self._effects = tuple(effects)
        self._accept = accept
        self._refuse = refuse or _("Cancel")

    def compose_dialog(self) -> ComposeResult:
        """What will happen, and the two answers."""
        with VerticalScroll(can_focus=False, classes="dialog-text"):
            for effect in self._effects:
                yield Static(safe.prose(effect))
        yield Answers(self._accept, self._refuse)

    @on(Button.Pressed)
    def answered(self, event: Button.Pressed) -> None:
        """Take the answer."""
        self.dismiss(event.button.id == "accept")


class Trouble(Dialog[None]):
    """Tells the reference of an unexpected error; the log has its place, nobody sees its values."""

    BINDINGS = keys.bindings("trouble")

    def __init__(self, reference: str) -> None:
        super().__init__(_("Something went wrong in the program."))
        self._reference = reference

    def compose_dialog(self) -> ComposeResult:
        """The reference and what to do with it."""
        sentence = _("The session goes on. Tell the administrator the reference {reference}.")
        yield Static(safe.line(sentence.format(reference=self._reference)))

    def action_close(self) -> None:
        """Go on."""
        self.dismiss(None)
