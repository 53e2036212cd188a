"""The guidance log: advice given to city units, partners, companies and residents, by day."""

from datetime import date
from uuid import uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock, private_files
from kotoutus_tui.guidance import commands, log, statistics, words
from kotoutus_tui.guidance.log import SCOPES, Scope
from kotoutus_tui.guidance.log import Entry as LogEntry
from kotoutus_tui.i18n import _
from screens import guidance_forms as forms
from screens import keys
from screens.base import BaseScreen
from screens.guidance_rows import LEFT_WIDTH, LogRows
from screens.widgets.event_list import EventList
from screens.widgets.form import Values


class GuidanceScreen(BaseScreen):
    """One's own entries, or the whole team's; a new one takes some seven keys."""

    BINDINGS = keys.bindings("guidance")
    LISTENS = frozenset({"guidance_entry", "company"})

    def __init__(self) -> None:
        super().__init__()
        self._scope: Scope = "own"
        self._rows: LogRows | None = None
        self._anew = True  # the list begins at the entry `_at`, or at its top, until it has been read so
        self._at: str | None = None

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=LEFT_WIDTH, id="entries")

    def on_mount(self) -> None:
        """Begin in the list, where the keys work."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: only one's own entry is removed."""
        return action != "remove" or ((entry := self._entry) is not None and entry.mine)

    @property
    def _entry(self) -> LogEntry | None:
        if not self.is_mounted or self._rows is None:
            return None
        return self._rows.known.get(self.query_one(EventList).cursor_key or "")

    async def load(self) -> None:
        """Read the entries of the scope; what this week came to stands in the header."""
        week = [
            each
            for each in await log.between(self.desk.db, *statistics.this_week(clock.today()))
            if each.mine or self._scope == "team"
        ]
        self.heading = _("Guidance log")
        self.whose = _("{whose} · this week {time}").format(
            whose=_("own") if self._scope == "own" else _("the team"),
            time=words.duration(sum(each.minutes for each in week)),
        )
        listed = self.query_one(EventList)
        listed.empty = _("No entries yet. n writes down advice you gave.")
        if self._rows is None or self._anew:
            self._rows = LogRows(self.desk.db, self._scope)
            listed.show(self._rows, self._at)
        else:
            listed.reload()

    # Commands

    @on(EventList.Moved, "#entries")
    @on(EventList.Loaded, "#entries")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        listed = self.query_one(EventList)
        if listed.cursor_key == self._at or (self._at is None and listed.cursor == 0):
            self._anew, self._at = False, None
        self.refresh_bindings()

    @on(EventList.Opened, "#entries")
    def opened(self) -> None:
        """Correct an own entry."""
        if (entry := self._entry) is not None:
            self.do(self._write(entry))

    def action_new(self) -> None:
        """Write down advice."""
        self.do(self._write(None))

    def action_remove(self) -> None:
        """Remove the entry under the cursor."""
        if (entry := self._entry) is not None:
            self.do(self._remove(entry))

    def action_undo(self) -> None:
        """Undo the last own change of this place."""
        self.do(self._undo())

    def action_scope(self) -> None:
        """Show the other scope."""
        self._scope = SCOPES[(SCOPES.index(self._scope) + 1) % len(SCOPES)]
        self._anew = True
        self.go_stale()

    def action_companies(self) -> None:
        """Show the companies."""
        from screens.companies import CompaniesScreen

        self.frame.push_screen(CompaniesScreen())

    def action_snippets(self) -> None:
        """Show the answers that come again."""
        from screens.snippets import SnippetsScreen

        self.frame.push_screen(SnippetsScreen())

    def action_export(self) -> None:
        """Ask for the days and write the statistics."""
        self.do(self._export())

    async def _write(self, entry: LogEntry | None) -> None:
        if entry is not None and not entry.mine:
            self.say(_("An entry is corrected by whoever wrote it."))
            return
        operation = uuid4()

        async def save(values: Values) -> None:
            facts = forms.facts_of(values)
            if entry is None:
                self._at = str(await commands.add(self.desk.db, facts, operation_id=operation))
                self._anew = True
            else:
                await commands.correct(self.desk.db, entry, facts, operation_id=operation)

        begin = await log.beginning(self.desk.db)
        named = await forms.company_choices(self.desk.db)
        if await self.ask(forms.entry_form(entry, begin, named, save)):
            self._saved(_("Saved. u takes it back."))

    async def _remove(self, entry: LogEntry) -> None:
        await commands.remove(self.desk.db, entry, operation_id=uuid4())
        self._saved(_("Removed. u takes it back."))

    async def _undo(self) -> None:
        await commands.undo_last(self.desk.db, operation_id=uuid4())
        self._anew = True
        self._saved(_("Undone."))

    async def _export(self) -> None:
        made: list[tuple[int, str]] = []

        async def save(values: Values) -> None:
            first: date = values["first"]
            file = private_files.free_name(self.desk.settings.drop_dir, "guidance", ".csv")
            many = await statistics.export(
                self.desk.db, first, values["last"], file, rows=values["kind"] == "rows"
            )
            made.append((many, str(file)))

        first, last = statistics.this_week(clock.today())
        if await self.ask(forms.export_form(first, last, save)):
            many, file = made[-1]
            self.say(_("{entries} written to {file}").format(entries=words.many_entries(many), file=file))

    def _saved(self, sentence: str) -> None:
        self.say(sentence)
        self.go_stale()
