"""One household that arrives: its checklist, who does what by when, and what waits for what."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework.reception import arriving, board, edits, steps, words
from kotoutus_tui.casework.reception.household import Arrival, Step
from kotoutus_tui.errors import NotFound
from kotoutus_tui.i18n import _, format_date
from screens import keys, safe
from screens import reception_forms as forms
from screens.base import BaseScreen
from screens.client_search import FindClient, open_timeline
from screens.details_forms import reason_form
from screens.dialog import Confirm
from screens.reception import change_arrival
from screens.reception_rows import DAY_WIDTH, Order, step_rows
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

_OF_STEP = ("done", "not_applicable")
_OF_CLIENT = ("client", "take_out")


class HouseholdScreen(BaseScreen):
    """The checklist of one arrival, by day or by who carries the steps out."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS = keys.bindings("household")
    LISTENS = frozenset({"arrival", "arrival_person", "reception_step"})

    def __init__(self, arrival_id: UUID) -> None:
        super().__init__()
        self.arrival_id = arrival_id
        self._arrival: Arrival | None = None
        self._order: Order = "day"
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """Who arrives, and the steps."""
        yield Static("", id="household-who", markup=False)
        yield EventList(empty=_("There are no steps. a adds one."), left=DAY_WIDTH, id="steps")

    def on_mount(self) -> None:
        """Begin at the first step."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: some need a step or an own client under the cursor."""
        if self._arrival is None:
            return action in ("open", "order")
        if action in _OF_STEP:
            return self._step is not None
        return action not in _OF_CLIENT or self._client is not None

    @property
    def _step(self) -> Step | None:
        key = self.query_one(EventList).cursor_key if self.is_mounted else None
        return self._arrival.step(UUID(key)) if key and self._arrival else None

    @property
    def _client(self) -> UUID | None:
        step = self._step
        people = self._arrival.people if self._arrival else ()
        named = {person.client_id for person in people if person.name is not None}
        return step.client_id if step is not None and step.client_id in named else None

    async def load(self) -> None:
        """Read the arrival; the first step that is open stands under the cursor."""
        try:
            self._arrival = await board.arrival(self.desk.db, self.arrival_id)
        except NotFound:
            # Taken from this person meanwhile: nothing of it stays in sight.
            self._arrival, self._source.rows = None, []
            self.query_one("#household-who", Static).update("")
            self.query_one(EventList).reload()
            raise
        self._draw(self._arrival)

    def _draw(self, arrival: Arrival) -> None:
        self.heading = _("Reception")
        self.whose = arrival.label
        self.query_one("#household-who", Static).update(safe.prose("\n".join(_lines(arrival))))
        self._source.rows = step_rows(arrival, self._order, clock.today())
        first = next((row.key for row in self._source.rows if _is_open(arrival, row.key)), None)
        self.query_one(EventList).keep_showing(self._source, first)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#steps")
    @on(EventList.Loaded, "#steps")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#steps")
    def opened(self) -> None:
        """Change the step under the cursor."""
        if self._arrival is not None and (step := self._step) is not None:
            self.do(self._change_step(self._arrival, step))

    def action_done(self) -> None:
        """Mark the step as done today, or as not done after all."""
        if (step := self._step) is not None:
            self.do(self._mark(step))

    def action_not_applicable(self) -> None:
        """Ask why the step is not needed, or take that back."""
        if (step := self._step) is not None:
            self.do(self._not_applicable(step))

    def action_step(self) -> None:
        """Add a step of one's own."""
        self._with(self._add_step)

    def action_person(self) -> None:
        """Find a client of one's own list and bring the client in."""
        self._with(self._find_person)

    def action_new_client(self) -> None:
        """Search, make a new client, and bring the client in."""
        self._with(self._new_client)

    def action_change(self) -> None:
        """Change the facts of the arrival."""
        self._with(self._change_arrival)

    def action_undo(self) -> None:
        """Undo the last own change of this arrival."""
        self.do(self._undo())

    def action_order(self) -> None:
        """Group by day or by owner."""
        self._order = "owner" if self._order == "day" else "day"
        if self._arrival is not None:
            self._draw(self._arrival)

    def action_client(self) -> None:
        """Show the timeline of the step's client."""
        if (client := self._client) is not None:
            self.do(open_timeline(self.frame, client))

    def action_take_out(self) -> None:
        """Take the step's client out of the household."""
        if self._arrival is not None and (client := self._client) is not None:
            self.do(self._take_out(self._arrival, client))

    def _with(self, work: Callable[[Arrival], Coroutine[Any, Any, None]]) -> None:
        if self._arrival is not None:
            self.do(work(self._arrival))

    async def _mark(self, step: Step) -> None:
        if step.open:
            await steps.mark_done(self.desk.db, step, operation_id=uuid4())
            self._saved(_("Done: {step}").format(step=words.title_of(step)))
        else:
            await steps.mark_open(self.desk.db, step, operation_id=uuid4())
            self._saved(_("Not done after all: {step}").format(step=words.title_of(step)))

    async def _not_applicable(self, step: Step) -> None:
        if step.not_applicable_reason is not None:
            await steps.mark_open(self.desk.db, step, operation_id=uuid4())
            self._saved(_("Needed after all."))
            return
        operation = uuid4()

        async def save(values: Values) -> None:
            await steps.mark_not_applicable(self.desk.db, step, values["reason"], operation_id=operation)

        if await self.ask(reason_form(_("Why is the step not needed?"), save, _("Save"))):
            self._saved(_("Saved."))

    async def _change_step(self, arrival: Arrival, step: Step) -> None:
        team, operation = await board.people_of_team(self.desk.db), uuid4()

        async def save(values: Values) -> None:
            await steps.change(self.desk.db, step, forms.step_facts_of(values), operation_id=operation)

        if await self.ask(forms.step_form(step, arrival, team, save)):
            self._saved(_("Saved."))

    async def _add_step(self, arrival: Arrival) -> None:
        team, operation = await board.people_of_team(self.desk.db), uuid4()

        async def save(values: Values) -> None:
            client = UUID(values["client"]) if values["client"] else None
            facts = forms.step_facts_of(values)
            await steps.add(self.desk.db, arrival.id, facts, client, operation_id=operation)

        if await self.ask(forms.step_form(None, arrival, team, save)):
            self._saved(_("Saved."))

    async def _find_person(self, arrival: Arrival) -> None:
        found = await self.ask(FindClient())
        if found is not None and found.client_id is not None:
            await self._bring_in(arrival, found.client_id)

    async def _new_client(self, arrival: Arrival) -> None:
        from screens.new_client import new_client

        client_id = await new_client(self)
        if client_id is not None:
            await self._bring_in(arrival, client_id)

    async def _bring_in(self, arrival: Arrival, client_id: UUID) -> None:
        effects = [_("Everybody who takes part in the reception sees the steps of the client.")]
        if arrival.place:
            effects.append(_("If the client has a protection order, the place of the arrival is deleted."))
        if await self.ask(Confirm(_("Bring the client into the household?"), effects, accept=_("Bring in"))):
            await arriving.add_person(self.desk.db, arrival, client_id, operation_id=uuid4())
            self._saved(_("Saved."))

    async def _take_out(self, arrival: Arrival, client_id: UUID) -> None:
        person = next(each for each in arrival.people if each.client_id == client_id)
        effects = [
            words.name_of(person),
            _("The steps of the client go too, and what the timeline told of them is withdrawn."),
        ]
        if await self.ask(Confirm(_("Take the client out of the household?"), effects, accept=_("Take out"))):
            await arriving.take_out(self.desk.db, arrival, client_id, operation_id=uuid4())
            self._saved(_("Saved."))

    async def _change_arrival(self, arrival: Arrival) -> None:
        if await change_arrival(self, arrival):
            self._saved(_("Saved."))

    async def _undo(self) -> None:
        await edits.undo_last(self.desk.db, self.arrival_id, operation_id=uuid4())
        self._saved(_("Undone."))

    def _saved(self, sentence: str) -> None:
        self.say(sentence)
        self.go_stale()


def _is_open(arrival: Arrival, key: str) -> bool:
    step = arrival.step(UUID(key))
    return step is not None and step.open


def _lines(arrival: Arrival) -> list[str]:
    """What stands above the steps: when, from where, who; what is at risk and who waits for whom."""
    today = clock.today()
    place = _("place hidden: protection order") if arrival.protected else arrival.place or ""
    facts = [
        format_date(arrival.arrives_on), words.source_name(arrival.source), words.people_count(arrival),
        place,
        _("responsible: {name}").format(name=arrival.responsible_name) if arrival.responsible_name else "",
        words.bar(*arrival.progress, width=10),
    ]  # fmt: skip
    lines = [" · ".join(part for part in facts if part)]
    names = ", ".join(words.name_of(person) for person in arrival.people)
    lines.append(names or _("No clients yet: p brings one in, n adds a new one."))
    if arrival.cancelled_at is not None:
        return [*lines, _("Cancelled: {reason}").format(reason=arrival.cancelled_reason or "")]
    if risk := words.at_risk(arrival, today):
        lines.append(f"! {risk}")
    return lines
