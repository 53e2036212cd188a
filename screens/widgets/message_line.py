"""The line above the keys: what went wrong and what to do, or what is going on."""

from textual.timer import Timer
from textual.widgets import Static

from screens import safe

_LINGERS = 30.0  # seconds a sentence stays; an alert stays until all is well


class MessageLine(Static):
    """Takes no room while there is nothing to say; a long sentence is broken, never cut."""

    DEFAULT_CSS = """
    MessageLine {
        dock: bottom;
        height: auto;
        max-height: 4;
        padding: 0 1;
        margin-bottom: 1;
        display: none;
        &.-shown { display: block; }
        &.-alert { color: $error; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._said = ""
        self._alert = False
        self._fading: Timer | None = None

    def say(self, text: str, *, alert: bool = False) -> None:
        """Show a sentence; an empty one takes the line away."""
        self._said, self._alert = text, alert
        if self._fading is not None:
            self._fading.stop()
        self._fading = self.set_timer(_LINGERS, lambda: self.say("")) if text and not alert else None
        self._show(f"! {text}" if alert and text else text, alert)

    def wait_for(self, doing: str) -> None:
        """Show what is going on; an empty text brings back what was said before."""
        if doing:
            self._show(doing, False)
        else:
            self.say(self._said, alert=self._alert)

    def clear_alert(self) -> None:
        """Take an alert away once all is well again."""
        if self._alert:
            self.say("")

    def _show(self, text: str, alert: bool) -> None:
        self.update(safe.prose(text))
        self.set_class(bool(text), "-shown")
        self.set_class(alert, "-alert")
