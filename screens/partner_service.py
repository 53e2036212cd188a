"""One service of a partner: who may come, languages, room, hours, places and contact persons."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework.referrals.ground_words import under_way
from kotoutus_tui.casework.referrals.reading import of_service
from kotoutus_tui.catalogue import provenance
from kotoutus_tui.catalogue.provenance import Provenance
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import commands, edits, reading, words
from kotoutus_tui.partners.opening_hours import opening, read_weekly
from kotoutus_tui.partners.reading import Whole
from screens import keys, safe
from screens import partner_forms as forms
from screens import partner_rows as rows
from screens.base import BaseScreen
from screens.details_forms import DetailsForm, Save
from screens.dialog import Confirm
from screens.partner_referring import refer_to
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

Write = Callable[[Values, UUID], Coroutine[Any, Any, None]]


class ServiceScreen(BaseScreen):
    """The facts of one service; Enter changes what stands under the cursor."""

    CSS_PATH = Path(__file__).with_name("partners.tcss")
    BINDINGS = keys.bindings("service")
    LISTENS = frozenset({
        "organisation", "service", "place", "service_hours", "partner_contact", "referral",
    })  # fmt: skip

    def __init__(self, service_id: UUID) -> None:
        super().__init__()
        self.service_id = service_id
        self._whole: Whole | None = None
        self._provenance = Provenance()
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """Whose service it is, and its facts."""
        yield Static("", id="service-top", markup=False)
        yield EventList(left=rows.LABEL_WIDTH, id="facts")

    def on_mount(self) -> None:
        """Begin at the first fact."""
        self.query_one(EventList).focus()

    async def load(self) -> None:
        """Read the service."""
        whole = await reading.service(self.desk.db, self.service_id)
        self._provenance = await provenance.read(self.desk.db, self.service_id)
        counts = await of_service(self.desk.db, self.service_id)
        if not self.query("#service-top"):  # left while it was read
            return
        self._whole = whole
        self.heading, self.whose = _("Partner network"), whole.service.name
        now = clock.now()
        open_line = words.open_line(opening(whole.hours, now), now)
        top = [line for line in rows.top_lines(whole, open_line, clock.today()) if line]
        top += [line] if (line := under_way(counts)) else []
        self.query_one("#service-top", Static).update(safe.prose("\n".join(top)))
        self._source.rows = rows.fact_rows(whole, self._provenance)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    @property
    def _fact(self) -> str:
        return rows.source_name(self.query_one(EventList).cursor_key or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: the catalogue's value is taken where ours stands instead."""
        return action != "theirs" or (self.is_mounted and self._provenance.is_changed(self._fact))

    @on(EventList.Moved, "#facts")
    @on(EventList.Loaded, "#facts")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    # Commands

    @on(EventList.Opened, "#facts")
    def opened(self, event: EventList.Opened) -> None:
        """Change the fact under the cursor."""
        if self._whole is not None:
            self.do(self._change(self._whole, event.key))

    def action_right(self) -> None:
        """Say that the partner was called and the data is right."""
        self._with(self._right)

    def action_add(self) -> None:
        """Add a contact person, a place or a day with other hours."""
        self._with(self._add)

    def action_refer(self) -> None:
        """Refer the client one came from to this service."""
        self.do(refer_to(self, self.service_id))

    def action_pause(self) -> None:
        """Pause the service, or take it up again."""
        self._with(self._pause)

    def action_remove(self) -> None:
        """Remove the row under the cursor; on a fact of the service itself, end the service."""
        self._with(self._remove)

    def action_partner(self) -> None:
        """Change the facts of the partner."""
        self._with(self._change_partner)

    def action_successor(self) -> None:
        """Say who comes after the partner."""
        self._with(self._succeed)

    def action_theirs(self) -> None:
        """Take the catalogue's value in the place of ours."""
        self.do(self._take_theirs(self._fact))

    def action_merge(self) -> None:
        """Make this service or its partner one with another."""
        from screens.partner_merge import merge

        self._with(lambda whole: merge(self, whole.service))

    def action_undo(self) -> None:
        """Undo the last own change of the network."""
        self.do(self._undo())

    def _with(self, work: Callable[[Whole], Coroutine[Any, Any, None]]) -> None:
        if self._whole is not None:
            self.do(work(self._whole))

    async def _change(self, whole: Whole, key: str) -> None:
        db, service = self.desk.db, whole.service
        kind, _colon, name = key.partition(":")
        if kind == "fact":

            async def write(values: Values, operation: UUID) -> None:
                await commands.change_service(db, service, forms.facts_of(values), operation_id=operation)

            await self._form(lambda save: forms.section_form(service, name, save), write)
        elif kind == "weekly":

            async def write_weekly(values: Values, operation: UUID) -> None:
                weekly = read_weekly(values["weekly"] or "")
                await commands.set_weekly(db, service, whole.hours, weekly, operation_id=operation)

            await self._form(
                lambda save: forms.weekly_form(words.weekly_text(whole.hours), save), write_weekly
            )
        elif kind == "partner":
            await self._change_partner(whole)
        else:
            await self._change_part(whole, key)

    async def _change_part(self, whole: Whole, key: str) -> None:
        db = self.desk.db
        if (place := rows.place_of(whole, key)) is not None:

            async def write_place(values: Values, operation: UUID) -> None:
                await commands.change_place(db, place, values, operation_id=operation)

            await self._form(lambda save: forms.place_form(place, save), write_place)
        elif (contact := rows.contact_of(whole, key)) is not None:

            async def write_contact(values: Values, operation: UUID) -> None:
                await commands.change_contact(db, contact, values, operation_id=operation)

            await self._form(lambda save: forms.contact_form(contact, save), write_contact)

    async def _add(self, whole: Whole) -> None:
        chosen: list[str] = []

        async def choose(values: Values) -> None:
            chosen.append(values["what"])

        if not await self.ask(forms.addition_form(choose)):
            return
        form = forms.ADDITIONS[chosen[-1]]
        add = {
            "contact": commands.add_contact,
            "place": commands.add_place,
            "day": commands.add_day,
        }[chosen[-1]]

        async def write(values: Values, operation: UUID) -> None:
            await add(self.desk.db, whole.service, values, operation_id=operation)

        await self._form(form, write)

    async def _right(self, whole: Whole) -> None:
        await commands.verify(self.desk.db, whole.service, operation_id=uuid4())
        self._saved(_("Marked as checked today. u takes it back."))

    async def _pause(self, whole: Whole) -> None:
        paused = whole.service.state == "active"
        state = "paused" if paused else "active"
        await commands.set_state(self.desk.db, whole.service, state, operation_id=uuid4())
        self._saved(_("The service is paused.") if paused else _("The service is in use."))

    async def _remove(self, whole: Whole) -> None:
        key = self.query_one(EventList).cursor_key or ""
        row = rows.place_of(whole, key) or rows.hours_of(whole, key) or rows.contact_of(whole, key)
        if row is not None:
            await commands.remove(self.desk.db, whole.service, row, operation_id=uuid4())
            self._saved(_("Removed. u takes it back."))
            return
        effects = [_("It is found no more. u takes it back.")]
        if await self.ask(Confirm(_("End the service?"), effects, accept=_("End"))):
            await commands.set_state(self.desk.db, whole.service, "ended", operation_id=uuid4())
            self._saved(_("The service has ended."))

    async def _change_partner(self, whole: Whole) -> None:
        async def write(values: Values, operation: UUID) -> None:
            await commands.change_organisation(
                self.desk.db, whole.organisation, values, operation_id=operation
            )

        await self._form(lambda save: forms.partner_form(whole.organisation, save), write)

    async def _succeed(self, whole: Whole) -> None:
        async def write(values: Values, operation: UUID) -> None:
            facts = {name: values[name] for name in ("name_fi", "kind")}
            await commands.succeed(
                self.desk.db, whole.organisation, facts, values["since"], operation_id=operation
            )

        await self._form(lambda save: forms.successor_form(whole.organisation, clock.today(), save), write)

    async def _take_theirs(self, name: str) -> None:
        if await provenance.take_theirs(self.desk.db, self.service_id, name, operation_id=uuid4()):
            self._saved(_("The catalogue's value stands. u takes it back."))

    async def _undo(self) -> None:
        await edits.undo_last(self.desk.db, operation_id=uuid4())
        self._saved(_("Undone."))

    async def _form(self, form: Callable[[Save], DetailsForm], write: Write) -> None:
        operation = uuid4()

        async def save(values: Values) -> None:
            await write(values, operation)

        if await self.ask(form(save)):
            self._saved(_("Saved."))

    def _saved(self, sentence: str) -> None:
        self.say(sentence)
        self.go_stale()
