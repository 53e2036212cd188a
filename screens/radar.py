"""The deadlines: what is overdue and what is due today, in 7, in 30 and in 90 days."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework import caseload, radar, radar_words, snoozing
from kotoutus_tui.casework.opening import OpenClient, ReasonNeeded
from kotoutus_tui.casework.radar import GROUPS, TASK, RadarQuery, RadarRow
from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.base import BaseScreen
from screens.radar_rows import RadarLine, RadarSource, columns
from screens.widgets.paged_table import PagedTable
from screens.widgets.status_strip import StatusStrip

if TYPE_CHECKING:
    from kotoutus_tui.live import Change

_EVERYTHING = "-"


class RadarScreen(BaseScreen):
    """What is due for the clients of this person, of the lead: for all, the earliest first."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS = keys.bindings("radar")
    AUTO_FOCUS = "#due"
    LISTENS = frozenset({"deadline", "task", "client", "assignment"})

    def __init__(self) -> None:
        super().__init__()
        self._query = RadarQuery()
        self._source: RadarSource | None = None
        self._lead = False
        self._only = ""
        self._own: frozenset[UUID] | None = None
        self._own_outdated = True
        self._working_days = False

    def compose_body(self) -> ComposeResult:
        """Strip, filter line, table and the explanation of the row under the cursor."""
        yield StatusStrip(id="strip")
        yield Static("", id="filter", markup=False)
        yield PagedTable(columns(lead=False), id="due")
        yield Static("", id="explained", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense for the row under the cursor and for this person."""
        if action == "counsellor":
            return self._lead
        if action in ("snooze", "only_client"):
            row = self._row
            return row is not None and (action != "snooze" or not row.is_task)
        return True

    def concerns(self, change: "Change") -> bool:
        """Only changes of clients this person has."""
        if change.table == "assignment":
            self._own_outdated = True
        mine = self._own_outdated or self._own is None or change.id in self._own
        return super().concerns(change) and mine

    @property
    def _row(self) -> RadarRow | None:
        found = self.query_one(PagedTable).cursor_row if self.is_mounted else None
        return found.due if isinstance(found, RadarLine) else None

    async def load(self) -> None:
        """Read the counts and show the rows of the query."""
        table = self.query_one(PagedTable)
        if self._source is None:
            self._lead = self.desk.me.is_lead
            table.set_columns(columns(self._lead))
        self.heading = _("Deadlines")
        self.whose = _("team") if self._lead else _("own clients")
        same = self._source is not None and self._source.query == self._query
        source = self._source if same and self._source else RadarSource(self.desk.db, self._query)
        source.with_working_days = self._working_days
        self._show_strip(await source.count())
        if same:
            table.reload()
        else:
            key = table.cursor_key
            self._source = source
            table.empty = (
                _("Nothing is due within 90 days.")
                if self._query == RadarQuery()
                else _("Nothing is due with this filter. x takes it off.")
            )
            table.show(source, key)
        if self._own_outdated and not self._lead:
            self._own_outdated = False
            self._own = await caseload.own_ids(self.desk.db)
        self.refresh_bindings()

    def _show_strip(self, counts: radar.RadarCounts) -> None:
        chosen = GROUPS.index(self._query.group) + 1 if self._query.group else 0
        everything = sum(counts.of(group) for group in GROUPS if group != "snoozed")
        items = [(_(radar_words.GROUP_NAMES[group]), counts.of(group)) for group in GROUPS]
        self.query_one(StatusStrip).show([(_("all"), everything), *items], chosen)
        line = self.query_one("#filter", Static)
        line.update(safe.line(_("Filter: {query}").format(query=self._only) if self._only else ""))
        line.set_class(not self._only, "-hidden")

    # The row under the cursor

    @on(PagedTable.Moved, "#due")
    def moved(self) -> None:
        """Explain the row under the cursor."""
        self._explain()

    @on(PagedTable.Loaded, "#due")
    def rows_loaded(self) -> None:
        """Explain the row under the cursor; after the first rows look the days off up."""
        self._explain()
        if not self._working_days:
            self.run_worker(self._learn_working_days(), group="days", exclusive=True)

    async def _learn_working_days(self) -> None:
        await asyncio.to_thread(radar_words.next_working_day, clock.today())
        self._working_days = True
        if self._source is not None:
            self._source.with_working_days = True
            self.query_one(PagedTable).reload()

    def _explain(self) -> None:
        row = self._row
        told = " ".join(radar_words.explanation(row)) if row is not None and self._working_days else ""
        self.query_one("#explained", Static).update(safe.line(told))
        self.refresh_bindings()

    @on(PagedTable.Opened, "#due")
    def opened(self) -> None:
        """Go to the client's timeline."""
        from screens.client_timeline import ClientTimelineScreen

        if (row := self._row) is not None:
            self.frame.push_screen(ClientTimelineScreen(row.client_id))

    # Commands

    def action_snooze(self) -> None:
        """Snooze the deadline under the cursor, or take it back."""
        if (row := self._row) is not None and not row.is_task:
            self.do(self._snooze(row))

    def action_only_client(self) -> None:
        """Show only the client under the cursor, or all again."""
        row = self._row
        if self._query.client_id is not None or row is None:
            self._use(replace(self._query, client_id=None), "")
        else:
            self._use(replace(self._query, client_id=row.client_id), row.name)

    def action_section(self) -> None:
        """Choose a section of law."""
        self.do(self._choose_section())

    def action_counsellor(self) -> None:
        """Choose a counsellor."""
        self.do(self._choose_counsellor())

    def action_next_group(self) -> None:
        """Show the next group."""
        self._step(1)

    def action_previous_group(self) -> None:
        """Show the group before."""
        self._step(-1)

    def action_show_all(self) -> None:
        """Take every filter off."""
        self._use(RadarQuery(), "")

    def _step(self, step: int) -> None:
        groups = ("", *GROUPS)
        at = (groups.index(self._query.group) + step) % len(groups)
        self._use(self._query.with_group(groups[at]), self._only)

    def _use(self, query: RadarQuery, only: str) -> None:
        self._query, self._only = query, only
        self.go_stale()

    async def _choose_section(self) -> None:
        from screens.client_forms import Choose

        found = await radar.sections(self.desk.db, replace(self._query, rule=None))
        choices = [(_EVERYTHING, _("Everything")), (TASK, _("Own tasks"))]
        choices += [(section, f"{section} ({count})") for section, count in found]
        chosen = await self.ask(Choose(_("Show"), choices))
        if chosen is None:
            return
        query = replace(self._query, section=None, rule=None)
        if chosen == _EVERYTHING:
            self._use(query, "")
        elif chosen == TASK:
            self._use(replace(query, rule=TASK), _("Own tasks"))
        else:
            self._use(replace(query, section=chosen), chosen)

    async def _choose_counsellor(self) -> None:
        from screens.client_forms import Choose

        people = await radar.counsellors(self.desk.db)
        chosen = await self.ask(Choose(_("Show"), [(_EVERYTHING, _("Everybody")), *people]))
        if chosen == _EVERYTHING:
            self._use(replace(self._query, counsellor=None), "")
        elif chosen is not None:
            self._use(replace(self._query, counsellor=chosen), dict(people)[chosen])

    async def _snooze(self, row: RadarRow) -> None:
        from screens.radar_forms import snooze_form

        if not await self._open(row):
            return
        operation = uuid4()
        if row.snoozed_until is not None and row.snoozed_until > clock.today():
            await snoozing.take_back(self.desk.db, row, operation_id=operation)
            self.say(_("The deadline is in sight again."))
        elif await self.ask(snooze_form(self.desk.db, row, operation)) is not None:
            self.say(_("Snoozed. It is among the snoozed until its day."))
        else:
            return
        self.go_stale()

    async def _open(self, row: RadarRow) -> bool:
        from screens.client_forms import reason_form

        opening = OpenClient(self.desk.db, row.client_id)
        try:
            await opening.renew()
        except ReasonNeeded:
            form = reason_form(_("Say why you open the client."), opening.open, _("Open"))
            return await self.ask(form) is not None
        return True
