"""A proposal to divide clients anew: the curve, the moves with their reasons, leaving out, carrying out."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework import rebalancing, rebalancing_words, team, workload
from kotoutus_tui.casework.rebalancing import Occasion
from kotoutus_tui.casework.workload import Workload
from kotoutus_tui.i18n import _, ngettext
from kotoutus_tui.rebalance.errors import Infeasible
from kotoutus_tui.rebalance.plan import Plan
from kotoutus_tui.rebalance.reasons import Explanation
from screens import keys, rebalance_rows, safe
from screens.base import BaseScreen
from screens.dialog import Dialog
from screens.move_clients import effective_field
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values
from screens.widgets.paged_table import PagedTable, Row, RowsInMemory


class RebalanceScreen(BaseScreen):
    """Works a proposal out when it loads; nothing is stored before it is carried out."""

    BINDINGS = keys.bindings("rebalance")
    AUTO_FOCUS = "#moves"
    DEFAULT_CSS = """
    RebalanceScreen .about { height: auto; padding: 0 3; }
    RebalanceScreen #loads { color: $text-muted; }
    RebalanceScreen #curve { height: 2; margin-bottom: 1; }
    RebalanceScreen #reason { height: 2; color: $text-muted; }
    """

    def __init__(self, found: Workload, occasion: Occasion) -> None:
        super().__init__()
        self._workload, self._occasion = found, occasion
        self._staff = {one.login: one.name for one in found.colleagues}
        self._whole: Plan | None = None  # with the curve, nothing left out
        self._base: Plan | None = None  # the point chosen, nothing left out
        self._plan: Plan | None = None
        self._chosen = 0
        self._left_out: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}
        self._explained: dict[str, Explanation] = {}
        self._source = RowsInMemory[Row]()
        self._operation = uuid4()
        self._outdated = False

    def compose_body(self) -> ComposeResult:
        """Summary, loads, curve, moves, and the reason of the move under the cursor."""
        yield Static("", id="summary", classes="about", markup=False)
        yield Static("", id="loads", classes="about", markup=False)
        yield Static("", id="curve", classes="about", markup=False)
        yield PagedTable(
            rebalance_rows.columns(), empty=_("Nobody needs to move."), selects=False, id="moves"
        )
        yield Static("", id="reason", classes="about", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What fits the proposal as it is."""
        points = len(self._whole.frontier) if self._whole else 0
        fits = {
            "apply": bool(self._plan and self._plan.moves) and self._occasion.kind != "arrivals",
            "fairness": bool(self._plan),
            "switch": bool(self._source.rows),
            "fewer": self._chosen > 0,
            "more": self._chosen + 1 < points,
        }
        return fits.get(action, True)

    async def load(self) -> None:
        """Work the proposal out the first time."""
        self.heading = _(rebalancing_words.OCCASIONS[self._occasion.kind])
        self.whose = self._staff.get(self._occasion.login or "", "")
        if self._whole is None:
            await self._work_out()
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """The curve fits the width."""
        super().on_resize(event)
        self._show_curve()

    @on(PagedTable.Moved, "#moves")
    def moved(self) -> None:
        """Tell the reason of another move."""
        self._show_reason()

    @on(PagedTable.Opened, "#moves")
    def opened(self) -> None:
        """Show what speaks against the others."""
        explained = self._explained.get(self.query_one(PagedTable).cursor_key or "")
        if explained is not None:
            name = self._names.get(explained.move.clients[0], "–")
            self.do(self._show_others(name, explained))

    def action_switch(self) -> None:
        """Leave the move under the cursor out, or take it in again; the rest is solved again at once."""
        key = self.query_one(PagedTable).cursor_key
        if key is None:
            return
        left_out = {other: clients for other, clients in self._left_out.items() if other != key}
        if key not in self._left_out and key in self._explained:
            left_out[key] = self._explained[key].move.clients
        self.do(self._leave_out(left_out, key), _("Working it out …"))

    def action_fewer(self) -> None:
        """Go to the point of the curve before."""
        self.do(self._choose(self._chosen - 1), _("Working it out …"))

    def action_more(self) -> None:
        """Go to the next point of the curve."""
        self.do(self._choose(self._chosen + 1), _("Working it out …"))

    def action_apply(self) -> None:
        """Ask for the reason and carry the proposal out."""
        self.do(self._apply())

    def action_fairness(self) -> None:
        """Show how even and how fair the proposal is."""
        if self._plan is not None:
            self.do(self._fairness(self._plan))

    async def _fairness(self, plan: Plan) -> None:
        from kotoutus_tui.rebalance.fairness import fairness
        from screens.fairness import FairnessDialog

        await self.ask(FairnessDialog(_("Fairness of the proposal"), [("", fairness(plan))], self._staff))

    async def _work_out(self) -> None:
        self._whole = self._base = self._plan = await rebalancing.solve(self._workload, self._occasion)
        self._chosen = _place_of(self._whole)
        await self._explain()

    async def _choose(self, place: int) -> None:
        from asyncio import to_thread

        from kotoutus_tui.rebalance.solve import solve

        if self._whole is None or not 0 <= place < len(self._whole.frontier):
            return
        self._chosen = place
        chosen = rebalancing.of_point(self._whole, place)
        self._base = await to_thread(solve, chosen, curve=False)
        await self._solve_again()

    async def _leave_out(self, left_out: dict[str, tuple[str, ...]], key: str) -> None:
        before, self._left_out = self._left_out, left_out
        try:
            await self._solve_again()
        except Infeasible:
            self._left_out = before
            raise
        if key in self._left_out and key in self._explained:
            # A rule forces the move; it may have another counsellor now.
            self._left_out = before
            await self._solve_again()
            self.say(_("A rule forces this move: it cannot be left out."), alert=True)

    async def _solve_again(self) -> None:
        from asyncio import to_thread

        from kotoutus_tui.rebalance.solve import resolve

        if self._base is None:
            return
        moving = {client for move in self._base.moves for client in move.clients}
        rejected = [key for key in self._left_out if key in moving]
        self._left_out = {key: self._left_out[key] for key in rejected}
        self._plan = self._base
        if rejected:
            self._plan = await to_thread(resolve, self._base, rejected=rejected, curve=False)
        await self._explain()
        self._show()

    async def _explain(self) -> None:
        from kotoutus_tui.rebalance.reasons import by_regret

        if self._plan is None:
            return
        found = by_regret(self._plan)
        self._explained = {one.move.clients[0]: one for one in found}
        moving = [client for one in found for client in one.move.clients]
        wanted = [UUID(client) for client in moving if not client.startswith(rebalancing.ARRIVING)]
        self._names |= {
            client: _("a new client") for client in moving if client.startswith(rebalancing.ARRIVING)
        }
        for client_id, name, _counsellor in await team.names(self.desk.db, wanted):
            self._names[str(client_id)] = name
        rows = [rebalance_rows.move_row(one, self._names, self._staff) for one in found]
        owners = {str(client.client_id): client.own_counsellor for client in self._workload.clients}
        rows += [
            rebalance_rows.left_out_row(clients, self._names, self._staff.get(owners.get(key) or "", "–"))
            for key, clients in self._left_out.items()
            if key not in self._explained
        ]
        self._source.rows = rows

    def _show(self) -> None:
        if self._plan is None:
            return
        self.query_one("#summary", Static).update(
            safe.line(rebalance_rows.summary(self._plan, len(self._left_out)))
        )
        self.query_one("#loads", Static).update(safe.line(rebalance_rows.loads(self._plan, self._staff)))
        self.query_one(PagedTable).keep_showing(self._source)
        self._show_curve()
        self._show_reason()
        self.refresh_bindings()

    def _show_curve(self) -> None:
        if self._whole is not None and self.is_mounted:
            bars, numbers = rebalance_rows.curve(self._whole, self._chosen, self.size.width - 6)
            words = _("moves")
            self.query_one("#curve", Static).update(safe.prose(f"{bars}\n{numbers} {words}"))

    def _show_reason(self) -> None:
        explained = self._explained.get(self.query_one(PagedTable).cursor_key or "")
        text = rebalancing_words.why(explained, self._staff) if explained else ""
        self.query_one("#reason", Static).update(safe.prose(text))

    async def _show_others(self, name: str, explained: Explanation) -> None:
        sentences = [
            rebalancing_words.why(explained, self._staff),
            "",
            _("Why not the others:"),
            *rebalancing_words.why_not(explained, self._staff),
        ]
        await self.ask(Reasons(name, sentences))

    async def _apply(self) -> None:
        if self._plan is None:
            return
        moved = sum(len(move.clients) for move in self._plan.moves)
        done = await self.ask(self._apply_form(self._plan, moved))
        if self._outdated:
            self._outdated = False
            self._left_out.clear()
            self._operation = uuid4()
            self._workload = await workload.read(self.desk.db, lead=True)
            await self._work_out()
            self._show()
        if done:
            words = ngettext(
                "{count} client was moved. It can be undone in the caseload within 24 hours.",
                "{count} clients were moved. It can be undone in the caseload within 24 hours.",
                done,
            )
            # What is said on a screen goes with it, and so does the work that it began.
            below = self.frame.screen_stack[-2]
            if isinstance(below, BaseScreen):
                below.say(words.format(count=done))
            await self.frame.action_back()

    def _apply_form(self, plan: Plan, moved: int) -> FormDialog[int]:
        async def save(values: Values) -> int:
            return await rebalancing.apply(
                self.desk.db, plan, self._occasion, values["reason"], values["effective_on"],
                operation_id=self._operation,
            )  # fmt: skip

        title = ngettext("Move {count} client", "Move {count} clients", moved).format(count=moved)
        fields = [
            effective_field(),
            TextField("reason", _("Reason"), required=True, hint=_("Both counsellors see it.")),
        ]
        return FormDialog(title, fields, save=save, accept=_("Move"))


class Reasons(Dialog[None]):
    """Why a client moves, and what speaks against every other counsellor."""

    def __init__(self, name: str, sentences: Sequence[str]) -> None:
        super().__init__(name)
        self._sentences = sentences

    def compose_dialog(self) -> ComposeResult:
        """The sentences, one a line."""
        with VerticalScroll(classes="dialog-text"):
            for sentence in self._sentences:
                yield Static(safe.prose(sentence))


def _place_of(plan: Plan) -> int:
    """Return the point of the curve that is the proposal: the last with no more moves."""
    fitting = [place for place, point in enumerate(plan.frontier) if point.moves <= plan.moved]
    return fitting[-1] if fitting else 0
