"""Answers to questions that come again: found while it is typed, copied, logged, checked."""

from collections.abc import Sequence
from uuid import uuid4

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from kotoutus_tui import clock
from kotoutus_tui.guidance import commands, log, snippets, words
from kotoutus_tui.guidance.snippets import Snippet
from kotoutus_tui.i18n import _, format_date, language_name, ngettext
from screens import guidance_forms, keys, safe
from screens import snippet_forms as forms
from screens.base import BaseScreen
from screens.widgets.event_list import Cell, Entry, EventList, RowsInMemory
from screens.widgets.form import Values
from screens.widgets.text_input import TextInput

_LEFT_WIDTH = 24
_FOLD = 3


class SnippetsScreen(BaseScreen):
    """The search over the answers; Enter shows the whole answer, from which it may be changed."""

    BINDINGS = keys.bindings("snippets")
    LISTENS = frozenset({"answer_snippet"})
    DEFAULT_CSS = """
    SnippetsScreen #ask { margin: 0 2 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: Sequence[Snippet] = ()
        self._due = False
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """The question, and what answers it."""
        yield TextInput(hint=_("s: words of the question"), id="ask")
        yield EventList(left=_LEFT_WIDTH, fold=_FOLD, id="snippets")

    def on_mount(self) -> None:
        """Begin in the list, where the keys work."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: some need an answer under the cursor."""
        return action not in ("copy", "entry", "remove", "change") or self._snippet is not None

    @property
    def _snippet(self) -> Snippet | None:
        key = self.query_one(EventList).cursor_key if self.is_mounted else None
        return next((each for each in self._known if str(each.id) == key), None)

    async def load(self) -> None:
        """Read the answers."""
        self._known = await snippets.snippets(self.desk.db)
        if self.query(EventList):
            self._answer()

    def _answer(self) -> None:
        today = clock.today()
        found = snippets.found(self._known, self.query_one("#ask", Input).value, today, due=self._due)
        due = len(snippets.found(self._known, "", today, due=True))
        self.heading = _("Answers")
        self.whose = _("to be checked") if self._due else _("{count} to be checked").format(count=due)
        group = ngettext("{count} answer", "{count} answers", len(found)).format(count=len(found))
        self._source.rows = [_row(each, group) for each in found]
        listed = self.query_one(EventList)
        listed.empty = self._nothing()
        listed.keep_showing(self._source)
        self.refresh_bindings()

    def _nothing(self) -> str:
        if self._due:
            return _("No answer needs to be checked. f shows all.")
        if self._known:
            return _("No answer has all these words. n adds one.")
        return _("There are no answers yet. n adds one.")

    # Commands

    @on(Input.Changed, "#ask")
    def asked(self, event: Input.Changed) -> None:
        """Answer while it is typed."""
        event.stop()
        self._answer()

    @on(Input.Submitted, "#ask")
    def entered(self, event: Input.Submitted) -> None:
        """Go to what was found."""
        event.stop()
        self.query_one(EventList).focus()

    def on_key(self, event: events.Key) -> None:
        """The arrow down goes from the question to the list."""
        if event.key == "down" and self.query_one("#ask").has_focus:
            event.stop()
            event.prevent_default()
            self.query_one(EventList).focus()

    @on(EventList.Moved, "#snippets")
    @on(EventList.Loaded, "#snippets")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#snippets")
    def opened(self) -> None:
        """Show the whole answer."""
        if (snippet := self._snippet) is not None:
            self.do(self._show(snippet))

    def action_ask(self) -> None:
        """Put the cursor into the question."""
        box = self.query_one("#ask", Input)
        box.focus()
        box.select_all()

    def action_new(self) -> None:
        """Add an answer."""
        self.do(self._write(None))

    def action_change(self) -> None:
        """Change the answer under the cursor, which says that it is right."""
        if (snippet := self._snippet) is not None:
            self.do(self._write(snippet))

    def action_copy(self) -> None:
        """Copy the answer to the clipboard of the person's computer."""
        if (snippet := self._snippet) is not None:
            self.frame.copy_to_clipboard(safe.plain_prose(snippet.body))
            if snippet.expired(clock.today()):
                self.say(_("Copied, but the answer has expired: check it first."), alert=True)
            else:
                self.say(_("Copied. If nothing can be pasted, Enter shows the whole text."))

    def action_entry(self) -> None:
        """Write down that the answer was given."""
        if (snippet := self._snippet) is not None:
            self.do(self._log(snippet))

    def action_due(self) -> None:
        """Show only what is to be checked, or all."""
        self._due = not self._due
        self._answer()

    def action_remove(self) -> None:
        """Remove the answer under the cursor."""
        if (snippet := self._snippet) is not None:
            self.do(self._remove(snippet))

    def action_undo(self) -> None:
        """Undo the last own change of this place."""
        self.do(self._undo())

    async def _show(self, snippet: Snippet) -> None:
        await self.ask(forms.WholeAnswer(snippet))

    async def _write(self, snippet: Snippet | None) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            if snippet is None:
                await snippets.add(self.desk.db, values, operation_id=operation)
            else:
                await snippets.change(self.desk.db, snippet, values, operation_id=operation)

        if await self.ask(forms.snippet_form(snippet, save)):
            self._saved(_("Saved. u takes it back."))

    async def _log(self, snippet: Snippet) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            facts = guidance_forms.facts_of(values)
            await commands.add(self.desk.db, facts, operation_id=operation)

        begin = log.answered_with(await log.beginning(self.desk.db), snippet.topic, snippet.language)
        named = await guidance_forms.company_choices(self.desk.db)
        if await self.ask(guidance_forms.entry_form(None, begin, named, save)):
            self._saved(_("Saved. u takes it back."))

    async def _remove(self, snippet: Snippet) -> None:
        await snippets.remove(self.desk.db, snippet, operation_id=uuid4())
        self._saved(_("Removed. u takes it back."))

    async def _undo(self) -> None:
        await commands.undo_last(self.desk.db, operation_id=uuid4())
        self._saved(_("Undone."))

    def _saved(self, sentence: str) -> None:
        self.say(sentence)
        self.go_stale()


def _row(snippet: Snippet, group: str) -> Entry:
    today = clock.today()
    until = format_date(snippet.valid_until)
    note: Cell = _("valid until {day}").format(day=until)
    if snippet.expired(today):
        expired = _("expired {day}: check before you answer").format(day=until)
        note = (f"! {expired}", "alert")
    elif snippet.expires_soon(today):
        note = (_("valid until {day}: to be checked soon").format(day=until), "accent")
    checked = [format_date(snippet.checked_on), snippet.checked_by or ""]
    line = _("checked {day_and_by}").format(day_and_by=" · ".join(part for part in checked if part))
    return Entry(
        str(snippet.id), group, words.topic_name(snippet.topic), snippet.title,
        right=language_name(snippet.language), body=snippet.body, notes=[note, line],
    )  # fmt: skip
