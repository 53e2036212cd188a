"""One company: its record, the contact person, who comes in which month, and the steps of settling in."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.guidance import commands, companies, company_commands, company_words, settling_in
from kotoutus_tui.guidance.companies import Arrival, Company, Step
from kotoutus_tui.i18n import _, format_date, format_day
from screens import company_forms as forms
from screens import keys
from screens.base import BaseScreen
from screens.dialog import Confirm
from screens.widgets.event_list import Cell, Entry, EventList, RowsInMemory
from screens.widgets.form import Values

_LEFT_WIDTH = 18


class CompanyScreen(BaseScreen):
    """The facts first, then an arrival after the other with its steps; Enter changes a row."""

    BINDINGS = keys.bindings("company")
    LISTENS = frozenset({"company", "company_arrival", "company_step"})

    def __init__(self, company_id: UUID) -> None:
        super().__init__()
        self.company_id = company_id
        self._company: Company | None = None
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        yield EventList(left=_LEFT_WIDTH, id="company-rows")

    def on_mount(self) -> None:
        """Begin at the first row."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: only a step is done."""
        return action != "done" or self._step is not None

    @property
    def _key(self) -> str:
        return (self.query_one(EventList).cursor_key or "") if self.is_mounted else ""

    @property
    def _step(self) -> Step | None:
        steps = [step for each in self._company.arrivals for step in each.steps] if self._company else []
        return next((step for step in steps if f"step:{step.id}" == self._key), None)

    @property
    def _arrival(self) -> Arrival | None:
        arrivals = self._company.arrivals if self._company else ()
        return next((each for each in arrivals if f"arrival:{each.id}" == self._key), None)

    async def load(self) -> None:
        """Read the company."""
        found = await companies.company(self.desk.db, self.company_id, clock.today())
        if not self.query(EventList):  # left while it was read
            return
        self._company = found
        self.heading, self.whose = _("Company"), found.name
        self._source.rows = company_rows(found)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    # Commands

    @on(EventList.Moved, "#company-rows")
    @on(EventList.Loaded, "#company-rows")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#company-rows")
    def opened(self) -> None:
        """Change what stands under the cursor; a step is done or not."""
        if self._step is not None:
            self.action_done()
        elif (arrival := self._arrival) is not None:
            self._with(lambda _company: self._change_arrival(arrival))
        else:
            first = self._key
            self._with(lambda company: self._change(company, first))

    def action_done(self) -> None:
        """Mark the step as done today, or as not done after all."""
        if (step := self._step) is not None:
            day = None if step.done_on else clock.today()
            self._with(lambda _company: self._set_done(step, done=day is not None))

    def action_arrival(self) -> None:
        """Add how many come in which month."""
        self._with(self._add_arrival)

    def action_confirm(self) -> None:
        """Say that the contact person's data is still right."""
        self._with(self._confirm)

    def action_remove(self) -> None:
        """Remove what stands under the cursor."""
        self._with(self._remove)

    def action_undo(self) -> None:
        """Undo the last own change of this place."""
        self._with(self._undo)

    def _with(self, work: Callable[[Company], Coroutine[Any, Any, None]]) -> None:
        if self._company is not None:
            self.do(work(self._company))

    async def _change(self, company: Company, first: str) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            await company_commands.change(self.desk.db, company, values, operation_id=operation)

        if await self.ask(forms.company_form(company, save, first)):
            self._saved(_("Saved."))

    async def _add_arrival(self, company: Company) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            facts = forms.arrival_of(values)
            await company_commands.add_arrival(self.desk.db, company.id, facts, operation_id=operation)

        if await self.ask(forms.arrival_form(None, save)):
            self._saved(_("Saved."))

    async def _change_arrival(self, arrival: Arrival) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            facts = forms.arrival_of(values)
            await company_commands.change_arrival(self.desk.db, arrival, facts, operation_id=operation)

        if await self.ask(forms.arrival_form(arrival, save)):
            self._saved(_("Saved."))

    async def _set_done(self, step: Step, *, done: bool) -> None:
        day = clock.today() if done else None
        await company_commands.set_done(self.desk.db, step, day, operation_id=uuid4())
        self._saved(_("Marked as done.") if done else _("Marked as not done."))

    async def _confirm(self, company: Company) -> None:
        await company_commands.confirm_contact(self.desk.db, company, operation_id=uuid4())
        self._saved(_("Marked as checked today. u takes it back."))

    async def _remove(self, company: Company) -> None:
        db, operation = self.desk.db, uuid4()
        if (step := self._step) is not None:
            await company_commands.remove_step(db, step, operation_id=operation)
        elif (arrival := self._arrival) is not None:
            await company_commands.remove_arrival(db, arrival, operation_id=operation)
        else:
            effects = [_("The contact person goes too; the advice given stays in the log, without the name.")]
            if not await self.ask(Confirm(_("Remove the company?"), effects, accept=_("Remove"))):
                return
            await company_commands.remove(db, company, operation_id=operation)
            await self.frame.action_back()
            return
        self._saved(_("Removed. u takes it back."))

    async def _undo(self, _company: Company) -> None:
        await commands.undo_last(self.desk.db, operation_id=uuid4())
        self._saved(_("Undone."))

    def _saved(self, sentence: str) -> None:
        self.say(sentence)
        self.go_stale()


def company_rows(company: Company) -> list[Entry]:
    """Return a row a fact, an arrival and a step."""
    today = clock.today()
    rows: list[Entry] = []
    for name in forms.FACTS:
        note: Cell = ""
        if name == "contact" and (line := company_words.contact_line(company, today)):
            note = (f"! {line}", "alert") if company.contact_is_old(today) else line
        value = getattr(company, name) or "–"
        rows.append(
            Entry(name, _("Record"), forms.label(name), (value, "plain"), notes=[note] if note else [])
        )
    for arrival in company.arrivals:
        group, title = company_words.arrival_heading(arrival), company_words.arrival_line(arrival)
        done, many = arrival.progress
        late = sum(step.done_on is None and step.due_on < today for step in arrival.steps)
        told = company_words.late_line(late)
        notes: list[Cell] = [(f"! {told}", "alert")] if told else []
        rows.append(
            Entry(f"arrival:{arrival.id}", group, _("Arrival"), title, right=f"{done}/{many}", notes=notes)
        )
        rows += [_step_row(step, group) for step in arrival.steps]
    return rows


def _step_row(step: Step, group: str) -> Entry:
    today = clock.today()
    left = f"{format_day(step.due_on)}{step.due_on.year}"
    title: Cell = (settling_in.step_name(step.code), "plain")
    right: Cell = settling_in.owner_name(step.owner)
    mark: Cell = " "
    notes: list[Cell] = []
    if step.done_on is not None:
        title, mark = (settling_in.step_name(step.code), "faint"), "✓"
        done = [format_date(step.done_on), step.done_by or ""]
        notes.append(_("done {day_and_by}").format(day_and_by=" · ".join(part for part in done if part)))
    elif step.due_on < today:
        mark = ("!", "alert")
        notes.append((_("late"), "alert"))
    return Entry(f"step:{step.id}", group, left, title, right=right, mark=mark, notes=notes)
