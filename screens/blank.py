"""The blank screen: nothing of a client is seen, and no key does anything but show it again."""

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.frame_screen import FrameScreen


class BlankScreen(FrameScreen[None], ModalScreen[None], inherit_bindings=False):
    """Covers everything, messages too, until Enter or Esc."""

    BINDINGS = keys.bindings("blank")

    def compose_frame(self) -> ComposeResult:
        """One quiet sentence, so that the person knows the session lives."""
        yield Static(safe.line(_("Press Enter to go on.")), id="blank-sentence")

    def action_show(self) -> None:
        """Show the screen again."""
        self.dismiss(None)
