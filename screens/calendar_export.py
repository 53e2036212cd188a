"""Handing appointments over to Outlook as a file: what a colleague sees, what is new, what to delete."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.calendar import files, handover, history, outlook_help, titles, to_delete
from kotoutus_tui.calendar.entry import Entry
from kotoutus_tui.calendar.handover import Handover
from kotoutus_tui.calendar.preview import Shown, preview
from kotoutus_tui.calendar.reading import read
from kotoutus_tui.i18n import _, format_date, ngettext
from screens import calendar_export_dialogs as dialogs
from screens import calendar_export_rows as lines
from screens import keys, safe
from screens.base import BaseScreen
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.widgets.form import Values
from screens.widgets.paged_table import PagedTable, Row, RowsInMemory

_AHEAD = timedelta(days=28)
_EXAMPLES = 3


class CalendarExportScreen(BaseScreen):
    """Nothing is written before `e`; by default nobody is named."""

    BINDINGS = keys.bindings("export")
    AUTO_FOCUS = "#shown"
    LISTENS = frozenset({"appointment", "appointment_client"})
    DEFAULT_CSS = """
    CalendarExportScreen .about { height: auto; padding: 0 3; }
    CalendarExportScreen #choices { margin-bottom: 1; }
    CalendarExportScreen #file { color: $text-muted; margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._from_on = clock.today()
        self._to_on = self._from_on + _AHEAD
        self._template = "busy"
        self._everything = False
        self._entries: Sequence[Entry] = ()
        self._shown: Sequence[Shown] = ()
        self._open: Sequence[datetime] = ()
        self._rows, self._deletions = RowsInMemory[Row](), RowsInMemory[Row]()
        self._deleting = False
        self._left: Sequence[Path] = ()

    def compose_body(self) -> ComposeResult:
        """What was chosen and would be written, what a colleague sees or is to be deleted, and files left."""
        yield Static("", id="choices", classes="about", markup=False)
        yield PagedTable(
            lines.columns(), empty=_("No appointments on these days."), selects=False, id="shown"
        )
        yield PagedTable(
            lines.deletion_columns(), empty=_("Nothing is to be deleted in Outlook."), selects=False,
            id="deletions",
        )  # fmt: skip
        yield Static("", id="file", classes="about", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What fits what is shown."""
        fits = {
            "tick": self._deleting and bool(self._open),
            "single": not self._deleting and bool(self._shown),
            "fetch": bool(self._left),
            "remove": bool(self._left),
        }
        return fits.get(action, True)

    async def load(self) -> None:
        """Read the appointments of the days chosen."""
        self.heading = _("To Outlook")
        self._entries = await read(self.desk.db, self._from_on, self._to_on)
        self._open = to_delete.open_ones(self.desk.settings.state_dir)
        self._left = files.left_over(self.desk.settings.drop_dir)
        self._show()

    def action_write(self) -> None:
        """Write the file."""
        self.do(self._write(None), _("Writing …"))

    def action_single(self) -> None:
        """Write the appointment under the cursor alone."""
        if (key := self.query_one("#shown", PagedTable).cursor_key) is not None:
            self.do(self._write(UUID(key)), _("Writing …"))

    def action_title(self) -> None:
        """Ask what a colleague sees."""
        self.do(self._ask_title())

    def action_range(self) -> None:
        """Ask for the days."""
        self.do(self._ask_range())

    def action_scope(self) -> None:
        """Write what is new, or everything."""
        self._everything = not self._everything
        self._show()

    def action_deletions(self) -> None:
        """Show what is to be deleted by hand, or the appointments again."""
        self._deleting = not self._deleting
        self._show()
        self.query_one("#deletions" if self._deleting else "#shown").focus()

    def action_tick(self) -> None:
        """It is deleted in Outlook."""
        if (key := self.query_one("#deletions", PagedTable).cursor_key) is not None:
            self._open = to_delete.tick(self.desk.settings.state_dir, int(key))
            self._show()

    def action_fetch(self) -> None:
        """Show how the newest file is fetched."""
        if self._left:
            self.do(self._tell(self._left[-1]))

    def action_remove(self) -> None:
        """Delete the files from the server."""
        self.do(self._remove())

    def action_outlook(self) -> None:
        """Ask which Outlook, and tell how it takes the file in."""
        self.do(self._help())

    def action_history(self) -> None:
        """Show one's earlier hand-overs."""
        self.do(self._history())

    @on(PagedTable.Opened, "#shown")
    def looked_at(self, event: PagedTable.Opened) -> None:
        """Show all that Outlook gets of an appointment."""
        for each in self._shown:
            if str(each.id) == event.key:
                self.do(self._look(each))

    @on(PagedTable.Opened, "#deletions")
    def opened(self) -> None:
        """Enter ticks off, too."""
        self.action_tick()

    async def _write(self, only: UUID | None) -> None:
        settings = self.desk.settings
        done = self._arranged(only)
        if not done.count and not done.to_delete:
            self.say(_("There is nothing new to write. Everything is written with the key a."))
            return
        file = files.free_name(settings.drop_dir)
        await handover.deliver(self.desk.db, done, file)
        to_delete.add(settings.state_dir, done.to_delete)
        await self.load()
        self.do(self._after(file, done))

    async def _after(self, file: Path, done: Handover) -> None:
        if done.count:
            await self.ask(dialogs.fetching(file, done.count))
        if done.to_delete:
            self._deleting = True
            self._show()
            self.query_one("#deletions").focus()
            self.say(_("Delete these in Outlook by hand; a file cannot do it. Space ticks one off."))

    async def _ask_title(self) -> None:
        async def use(values: Values) -> bool:
            template = dialogs.template_of(values)
            titles.check(template, self._entries)
            self._template = template
            return True

        if await self.ask(dialogs.title_form(self._template, use, self._judged)):
            self._show()

    def _judged(self, template: str) -> str:
        titles.check(template, self._entries)
        shown = preview(self._entries, self._from_on, self._to_on, template)
        seen = list(dict.fromkeys(" · ".join(filter(None, (each.title, each.place))) for each in shown))
        if not seen:
            return _("No appointments on these days.")
        sentence = _("This is what a colleague sees in Outlook: {titles}")
        return sentence.format(titles=" | ".join(seen[:_EXAMPLES]))

    async def _ask_range(self) -> None:
        async def use(values: Values) -> bool:
            from_on: date = values["from"]
            to_on: date = values["to"]
            handover.check_range(from_on, to_on)
            self._from_on, self._to_on = from_on, to_on
            return True

        if await self.ask(dialogs.range_form(self._from_on, self._to_on, use)):
            await self.load()

    async def _remove(self) -> None:
        many = len(self._left)
        sentence = ngettext(
            "{count} file for Outlook is deleted from this server.",
            "{count} files for Outlook are deleted from this server.",
            many,
        ).format(count=many)
        if await self.ask(Confirm(_("Delete the files?"), [sentence], accept=_("Delete"))):
            files.remove(self.desk.settings.drop_dir)
            await self.load()

    async def _help(self) -> None:
        choices = [(each, outlook_help.help_for(each).name) for each in outlook_help.VERSIONS]
        chosen = await self.ask(Choose(_("Which Outlook do you use?"), choices))
        if chosen is not None:
            await self.ask(dialogs.help_dialog(chosen))

    async def _history(self) -> None:
        await self.ask(dialogs.history_dialog(await history.exports(self.desk.db)))

    async def _tell(self, file: Path) -> None:
        await self.ask(dialogs.fetching(file, None))

    async def _look(self, shown: Shown) -> None:
        await self.ask(dialogs.whole(shown))

    def _arranged(self, only: UUID | None = None) -> Handover:
        return handover.arrange(
            self._entries, self._from_on, self._to_on, self._template, everything=self._everything, only=only
        )

    def _show(self) -> None:
        self._shown = preview(self._entries, self._from_on, self._to_on, self._template)
        self._rows.rows, self._deletions.rows = lines.rows(self._shown), lines.deletion_rows(self._open)
        for name, source in (("#shown", self._rows), ("#deletions", self._deletions)):
            table = self.query_one(name, PagedTable)
            table.display = (name == "#deletions") == self._deleting
            table.show(source)
        self.query_one("#choices", Static).update(safe.prose("\n".join(self._said())))
        self.query_one("#file", Static).update(safe.prose(self._said_of_files()))
        self.refresh_bindings()

    def _said(self) -> list[str]:
        done = self._arranged()
        scope = _("everything") if self._everything else _("what is new or changed")
        days = f"{format_date(self._from_on)}–{format_date(self._to_on)}"
        chosen = _("Days {days} · {scope}").format(days=days, scope=scope)
        title = _("Title: {title}").format(title=titles.name_of(self._template))
        many = ngettext(
            "{count} appointment goes into the file.", "{count} appointments go into the file.", done.count
        ).format(count=done.count)
        waiting = len(self._open) + len(done.to_delete)
        deleted = ngettext(
            "{count} is to be deleted in Outlook by hand.",
            "{count} are to be deleted in Outlook by hand.",
            waiting,
        ).format(count=waiting)
        head = (
            _("Delete these in Outlook by hand; Space ticks one off:")
            if self._deleting
            else _("This is what a colleague sees in Outlook:")
        )
        return [chosen, title, f"{many} {deleted}" if waiting else many, head]

    def _said_of_files(self) -> str:
        many = len(self._left)
        if not many:
            return ""
        return ngettext(
            "{count} file waits on this server: fetch it (f), then delete it.",
            "{count} files wait on this server: fetch them (f), then delete them.",
            many,
        ).format(count=many)
