"""The reception: households of the next weeks, what is at risk, and who waits for whom."""

from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.casework.reception import arriving, board
from kotoutus_tui.casework.reception.board import SCOPES, Scope
from kotoutus_tui.casework.reception.household import Arrival
from kotoutus_tui.i18n import _
from screens import keys
from screens import reception_forms as forms
from screens.base import BaseScreen
from screens.details_forms import reason_form
from screens.reception_rows import DAY_WIDTH, board_rows
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values


class ReceptionScreen(BaseScreen):
    """The arrivals this person takes part in; of the lead: all."""

    BINDINGS = keys.bindings("reception")
    LISTENS = frozenset({"arrival", "arrival_person", "reception_step"})

    def __init__(self) -> None:
        super().__init__()
        self._scope: Scope = "board"
        self._arrivals: dict[str, Arrival] = {}
        self._source = RowsInMemory[Entry]()
        self._logged: set[Scope] = set()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=DAY_WIDTH, id="arrivals")

    def on_mount(self) -> None:
        """Begin at the first household."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: some need a household under the cursor."""
        return action not in ("change", "cancel") or self._arrival is not None

    @property
    def _arrival(self) -> Arrival | None:
        return self._arrivals.get(self.query_one(EventList).cursor_key or "") if self.is_mounted else None

    async def load(self) -> None:
        """Read the arrivals of the scope."""
        found = await board.arrivals(self.desk.db, self._scope)
        self.heading = _("Reception")
        self.whose = _SCOPE_NAMES[self._scope]()
        self._arrivals = {str(each.id): each for each in found}
        self._source.rows = board_rows(found, self._scope, clock.today())
        listed = self.query_one(EventList)
        listed.empty = _EMPTY[self._scope]()
        listed.keep_showing(self._source)
        self.refresh_bindings()
        if self._scope not in self._logged:
            self._logged.add(self._scope)
            await self.desk.db.call("log_use", "list", "reception", len(found))

    # Commands

    @on(EventList.Moved, "#arrivals")
    @on(EventList.Loaded, "#arrivals")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#arrivals")
    def opened(self, event: EventList.Opened) -> None:
        """Open the household's checklist."""
        self._open(UUID(event.key))

    def action_new(self) -> None:
        """Add an arrival, and open its checklist."""
        self.do(self._new())

    def action_change(self) -> None:
        """Change the arrival under the cursor."""
        if (arrival := self._arrival) is not None:
            self.do(self._change(arrival))

    def action_cancel(self) -> None:
        """Cancel the arrival under the cursor, or take it up again."""
        if (arrival := self._arrival) is not None:
            self.do(self._cancel(arrival))

    def action_scope(self) -> None:
        """Show the next scope."""
        self._scope = SCOPES[(SCOPES.index(self._scope) + 1) % len(SCOPES)]
        self.go_stale()

    def action_compensation(self) -> None:
        """Show the claims of compensation."""
        from screens.compensation import CompensationScreen

        self.frame.push_screen(CompensationScreen())

    async def _new(self) -> None:
        operation, team = uuid4(), await board.people_of_team(self.desk.db)
        made: list[UUID] = []

        async def save(values: Values) -> None:
            made.append(await arriving.make(self.desk.db, forms.facts_of(values), operation_id=operation))

        if await self.ask(forms.arrival_form(None, team, self.desk.me.login, save)):
            self._open(made[-1])

    async def _change(self, arrival: Arrival) -> None:
        if await change_arrival(self, arrival):
            self.say(_("Saved."))
            self.go_stale()

    async def _cancel(self, arrival: Arrival) -> None:
        if arrival.cancelled_at is not None:
            await arriving.take_up_again(self.desk.db, arrival, operation_id=uuid4())
            self.say(_("The arrival is taken up again."))
        else:
            operation = uuid4()

            async def save(values: Values) -> None:
                await arriving.cancel(self.desk.db, arrival, values["reason"], operation_id=operation)

            if not await self.ask(
                reason_form(_("Why does the household not come?"), save, _("Cancel the arrival"))
            ):
                return
            self.say(_("The arrival is cancelled."))
        self.go_stale()

    def _open(self, arrival_id: UUID) -> None:
        from screens.reception_household import HouseholdScreen

        self.frame.push_screen(HouseholdScreen(arrival_id))


async def change_arrival(screen: BaseScreen, arrival: Arrival) -> bool:
    """Ask for new facts of an arrival and write them; return whether something was saved. Inside `do`."""
    team, operation = await board.people_of_team(screen.desk.db), uuid4()

    async def save(values: Values) -> None:
        facts = forms.facts_of(values, arrival.source)
        await arriving.change(screen.desk.db, arrival, facts, operation_id=operation)

    return bool(await screen.ask(forms.arrival_form(arrival, team, screen.desk.me.login, save)))


_SCOPE_NAMES = {
    "board": lambda: _("the next 60 days"),
    "later": lambda: _("later"),
    "finished": lambda: _("finished"),
    "cancelled": lambda: _("cancelled"),
}
_EMPTY = {
    "board": lambda: _("Nobody arrives within 60 days. n adds an arrival, f shows others."),
    "later": lambda: _("Nobody arrives later. f shows others."),
    "finished": lambda: _("No reception is finished yet. f shows others."),
    "cancelled": lambda: _("No arrival was cancelled. f shows others."),
}
