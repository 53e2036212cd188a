"""The team: what each counsellor carries, and for the lead how clients could be divided more evenly."""

from collections.abc import Mapping
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui.casework import workload
from kotoutus_tui.casework.rebalancing import Occasion
from kotoutus_tui.casework.workload import Trend, Workload
from kotoutus_tui.i18n import _, ngettext
from screens import keys, safe, team_forms, team_rows
from screens.base import BaseScreen
from screens.widgets.paged_table import PagedTable, Row, RowsInMemory

_LEADS = frozenset({"rebalance", "time", "points", "waiting"})


class TeamScreen(BaseScreen):
    """Everybody sees it; only the lead changes anything here."""

    BINDINGS = keys.bindings("team")
    AUTO_FOCUS = "#team"
    LISTENS = frozenset({"assignment", "staff", "absence", "client_weight"})
    DEFAULT_CSS = """
    TeamScreen #team-sum { height: auto; padding: 0 3; margin-bottom: 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lead = False
        self._workload: Workload | None = None
        self._trends: Mapping[str, Trend] = {}
        self._source = RowsInMemory[Row]()

    def compose_body(self) -> ComposeResult:
        """The sum in a line, and the people."""
        yield Static("", id="team-sum", markup=False)
        yield PagedTable(team_rows.columns(lead=False), empty=_("No counsellors."), selects=False, id="team")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only the lead changes anything."""
        return action not in _LEADS or self._lead

    async def load(self) -> None:
        """Read everything again."""
        first = self._workload is None
        self._lead = self.desk.me.is_lead
        self._workload = await workload.read(self.desk.db, lead=self._lead)
        if first:
            # Of weeks: it does not change with every move.
            self._trends = await workload.trends(self.desk.db)
        self.heading, self.whose = _("Team"), ""
        table = self.query_one(PagedTable)
        if first:
            table.set_columns(team_rows.columns(lead=self._lead))
        self._source.rows = team_rows.rows(self._workload, self._trends, table.columns)
        table.keep_showing(self._source)
        self.query_one("#team-sum", Static).update(safe.line(_sum(self._workload, lead=self._lead)))
        self.refresh_bindings()

    @on(PagedTable.Opened, "#team")
    def opened(self) -> None:
        """Change what stands under the cursor."""
        if self._lead:
            self.action_time()

    def action_rebalance(self) -> None:
        """Ask for the occasion, and show a proposal."""
        self.do(self._rebalance(), _("Working it out …"))

    def action_time(self) -> None:
        """Set working time and languages of the counsellor under the cursor."""
        self.do(self._time())

    def action_points(self) -> None:
        """Set the points."""
        self.do(self._points())

    def action_waiting(self) -> None:
        """Show the clients without a counsellor."""
        from screens.waiting import WaitingScreen

        self.frame.push_screen(WaitingScreen())

    def action_deputies(self) -> None:
        """Show who stands in for whom."""
        from screens.deputies import DeputiesScreen

        self.frame.push_screen(DeputiesScreen())

    def action_handovers(self) -> None:
        """Show the transfers that are not over."""
        from screens.transfers import TransfersScreen

        self.frame.push_screen(TransfersScreen())

    def action_reports(self) -> None:
        """Show the reports of proposals that were carried out."""
        self.do(self._reports())

    async def _reports(self) -> None:
        from kotoutus_tui.casework.rebalance_reports import kept
        from screens.fairness import FairnessDialog, kept_title

        staff = {one.login: one.name for one in self._workload.colleagues} if self._workload else {}
        found = [(kept_title(each), each.report) for each in await kept(self.desk.db)]
        await self.ask(FairnessDialog(_("Fairness of proposals"), found, staff))

    async def _rebalance(self) -> None:
        from screens.rebalance import RebalanceScreen

        # What the proposal is made from must be what is there now.
        self._workload = await workload.read(self.desk.db, lead=True)
        kind = await self.ask(team_forms.occasions())
        if kind is None:
            return
        form = team_forms.occasion_form(self._workload, kind)
        occasion = await self.ask(form) if form else Occasion(kind)
        if occasion is not None:
            self.frame.push_screen(RebalanceScreen(self._workload, occasion))

    async def _time(self) -> None:
        key = self.query_one(PagedTable).cursor_key
        found = [one for one in self._workload.colleagues if one.login == key] if self._workload else []
        if found and await self.ask(team_forms.time_form(self.desk.db, found[0], uuid4())) is not None:
            self.go_stale()
            self.say(_("Saved."))

    async def _points(self) -> None:
        if self._workload is None:
            return
        if await self.ask(team_forms.points_form(self.desk.db, self._workload.points, uuid4())) is not None:
            self.go_stale()
            self.say(_("Saved. The points hold from today on."))


def _sum(found: Workload, *, lead: bool) -> str:
    clients = sum(one.clients for one in found.carried)
    parts = [ngettext("{count} client", "{count} clients", clients).format(count=clients)]
    if lead:
        points = sum(one.points for one in found.carried)
        parts.append(ngettext("{count} point", "{count} points", points).format(count=points))
        waiting = found.without_counsellor
        if waiting:
            words = ngettext(
                "{count} client without a counsellor", "{count} clients without a counsellor", waiting
            )
            parts.append(words.format(count=waiting))
    return " · ".join(parts)
