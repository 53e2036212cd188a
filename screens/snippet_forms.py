"""The form of an answer that comes again, and the answer as a whole."""

from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework import intake_words
from kotoutus_tui.guidance import words
from kotoutus_tui.guidance.snippets import Snippet
from kotoutus_tui.i18n import _, current_language
from kotoutus_tui.text import clean_line
from screens import safe
from screens.details_forms import DetailsForm, Save
from screens.dialog import Dialog
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.prose_field import ProseField


def snippet_form(snippet: Snippet | None, save: Save) -> DetailsForm:
    """Return the form of an answer; saving it says that it is right today."""
    fields: list[Field[Any]] = [
        TextField("title", _("Question"), snippet.title if snippet else "", clean=clean_line, required=True),
        ProseField("body", _("Answer"), snippet.body if snippet else "", required=True, lines=5),
        ChoiceField("topic", _("Topic"), words.topics(), snippet.topic if snippet else None, required=True),
        ChoiceField(
            "language", _("Language"), intake_words.languages(),
            snippet.language if snippet else current_language(), required=True,
        ),
        DateField("valid_until", _("Valid until"), snippet.valid_until if snippet else None, required=True),
    ]  # fmt: skip
    return DetailsForm(_("Answer") if snippet else _("New answer"), fields, save)


class WholeAnswer(Dialog[None]):
    """An answer to be read out; Esc closes it."""

    def __init__(self, snippet: Snippet) -> None:
        super().__init__(snippet.title)
        self._body = snippet.body

    def compose_dialog(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="dialog-text"):
            yield Static(safe.prose(self._body))
