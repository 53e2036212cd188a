"""One entry of a timeline in full: its text, when it happened and was entered, what stood there before."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.casework.timeline_words import kind_of, marks_of
from kotoutus_tui.i18n import _, format_datetime
from screens import safe
from screens.dialog import Dialog


class EventDialog(Dialog[None]):
    """Shows an entry; the arrows scroll it, Esc closes it."""

    def __init__(self, event: TimelineEvent) -> None:
        super().__init__(kind_of(event))
        self._event = event

    def compose_dialog(self) -> ComposeResult:
        """Who and when, the text, and its marks."""
        event = self._event
        happened = _("{moment} · written by {author}").format(
            moment=format_datetime(event.occurred_at), author=event.author
        )
        entered = _("Entered {moment}").format(moment=format_datetime(event.entered_at))
        with VerticalScroll(classes="dialog-text", can_focus=True):
            yield Static(safe.line(happened), classes="faint")
            yield Static(safe.prose(event.body), classes="event-body")
            for mark in marks_of(event):
                yield Static(safe.prose(mark), classes="faint")
            yield Static(safe.line(entered), classes="faint")
