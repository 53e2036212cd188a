"""One entry of a timeline in full: its text, when it happened and was entered, what stood there before."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework.timeline import Correction, TimelineEvent
from kotoutus_tui.casework.timeline_words import kind_of, marks_of
from kotoutus_tui.i18n import _, format_datetime
from screens import safe
from screens.dialog import Dialog


class EventDialog(Dialog[None]):
    """Shows an entry with every text it had; the arrows scroll it, Esc closes it."""

    def __init__(self, event: TimelineEvent, corrections: Sequence[Correction] = ()) -> None:
        super().__init__(kind_of(event))
        self._event = event
        self._corrections = corrections

    def compose_dialog(self) -> ComposeResult:
        """Who and when, the text in force, its marks, and the texts before it."""
        event = self._event
        with VerticalScroll(classes="dialog-text", can_focus=True):
            yield self._faint(
                _("{moment} · written by {author}").format(
                    moment=format_datetime(event.occurred_at), author=event.author
                )
            )
            yield Static(safe.prose(event.body), classes="event-body")
            for mark in marks_of(event, whole=True):
                yield self._faint(mark)
            for number, each in enumerate(self._corrections):
                yield self._faint(
                    _("Corrected {moment} by {author}: {reason}").format(
                        moment=format_datetime(each.entered_at), author=each.author, reason=each.reason
                    )
                )
                older = self._corrections[number + 1 :]
                before = older[0].body if older else event.original or ""
                yield self._faint(_("Before the correction: {text}").format(text=before))
            yield self._faint(_("Entered {moment}").format(moment=format_datetime(event.entered_at)))

    @staticmethod
    def _faint(text: str) -> Static:
        return Static(safe.prose(text), classes="faint")
