"""The partner network: ask as people ask, see why each service was found and how fresh it is."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from kotoutus_tui import clock
from kotoutus_tui.i18n import _, sort_key
from kotoutus_tui.partners import commands, distances, edits, reading
from kotoutus_tui.partners.freshness import is_due
from kotoutus_tui.partners.network import Network, Service
from kotoutus_tui.partners.search import Index
from screens import keys
from screens import partner_forms as forms
from screens.base import BaseScreen
from screens.partner_referring import refer_to
from screens.partner_rows import FRESHNESS_WIDTH, HitRows
from screens.widgets.event_list import EventList
from screens.widgets.form import Values
from screens.widgets.text_input import TextInput

if TYPE_CHECKING:
    from kotoutus_tui.catalogue.sync import Sync


class PartnersScreen(BaseScreen):
    """The search over everything the partners offer."""

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS = keys.bindings("partners")
    LISTENS = frozenset({"organisation", "service", "place"})

    def __init__(self) -> None:
        super().__init__()
        self._network = Network()
        self._index: Index | None = None
        self._due = False
        self._sync: Sync | None = None

    def compose_body(self) -> ComposeResult:
        """The question, and what answers it."""
        yield TextInput(hint=_("s: what is needed, language, place"), id="ask")
        yield EventList(left=FRESHNESS_WIDTH, id="services")

    def on_mount(self) -> None:
        """Begin in the list, where the keys work."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: to say that it is right needs a service under the cursor."""
        return action not in ("right", "refer") or self._service is not None

    @property
    def _service(self) -> Service | None:
        key = self.query_one(EventList).cursor_key if self.is_mounted else None
        return next((each for each in self._network.services if str(each.id) == key), None)

    async def load(self) -> None:
        """Read the network, and answer the question anew."""
        self._network = await reading.network(self.desk.db)
        # Ten thousand services take a second, in which the keys go on.
        office = distances.office(self.desk.settings.office)
        self._index = await asyncio.to_thread(Index, self._network, clock.today(), office)
        if self.query(EventList):  # else it was left while it was read
            self._answer(at=self.query_one(EventList).cursor_key)

    def _answer(self, *, at: str | None = None) -> None:
        if self._index is None:
            return
        today, question = clock.today(), self.query_one("#ask", Input).value
        if self._due:
            answer = self._index.find(
                question,
                lambda service: is_due(service.verified_on, today),
                lambda service: service.verified_on or date.min,
            )
        else:
            answer = self._index.find(question)
        self.heading = _("Partner network")
        self.whose = _("to be called") if self._due else _("all services")
        listed = self.query_one(EventList)
        listed.empty = self._nothing(question)
        listed.show(HitRows(answer, today), at)
        self.refresh_bindings()

    def _nothing(self, question: str) -> str:
        if question.strip():
            return _("Nothing answers this. Write fewer words, or n adds a service.")
        if self._due:
            return _("Nobody needs to be called. f shows all.")
        return _("There are no services yet. n adds one.")

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

    @on(EventList.Moved, "#services")
    @on(EventList.Loaded, "#services")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    @on(EventList.Opened, "#services")
    def opened(self, event: EventList.Opened) -> None:
        """Show the service."""
        self._open(UUID(event.key))

    def action_ask(self) -> None:
        """Put the cursor into the question."""
        box = self.query_one("#ask", Input)
        box.focus()
        box.select_all()

    def action_new(self) -> None:
        """Add a service, and show it."""
        self.do(self._new())

    def action_right(self) -> None:
        """Say that the partner was called and the data is right."""
        if (service := self._service) is not None:
            self.do(self._right(service))

    def action_refer(self) -> None:
        """Refer the client one came from to the service under the cursor."""
        if (service := self._service) is not None:
            self.do(refer_to(self, service.id))

    def action_due(self) -> None:
        """Show only what is due, or all."""
        self._due = not self._due
        self._answer()

    def action_catalogue(self) -> None:
        """Show what the national catalogue offers, where it was left."""
        from kotoutus_tui.catalogue.sync import Sync
        from screens.catalogue import CatalogueScreen

        if self._sync is None:
            self._sync = Sync(self.desk.db, self.desk.settings)
        self.frame.push_screen(CatalogueScreen(self._sync))

    def action_need(self) -> None:
        """Compare what clients need with what partners give."""
        from screens.need_supply import NeedSupplyScreen

        self.frame.push_screen(NeedSupplyScreen())

    def action_files(self) -> None:
        """Write the network into a file, or read a file in."""
        from screens.partner_files import files

        self.do(files(self))

    def action_merge(self) -> None:
        """Make two services or two partners one."""
        from screens.partner_merge import merge

        self.do(merge(self, self._service))

    def action_undo(self) -> None:
        """Undo the last own change."""
        self.do(self._undo())

    async def _new(self) -> None:
        operation = uuid4()
        made: list[UUID] = []
        known = sorted(self._network.organisations.values(), key=lambda each: sort_key(each.name))
        today = clock.today()
        current = [each for each in known if self._network.current(each.id, today).id == each.id]

        async def save(values: Values) -> None:
            facts = {name: values[name] for name in ("name_fi", "area", "spoken")}
            partner = forms.partner_of(values)
            made.append(await commands.add_service(self.desk.db, facts, partner, operation_id=operation))

        if await self.ask(forms.new_form(current, save)):
            self._open(made[-1])

    async def _right(self, service: Service) -> None:
        await commands.verify(self.desk.db, service, operation_id=uuid4())
        self.say(_("Marked as checked today. u takes it back."))
        self.go_stale()

    async def _undo(self) -> None:
        await edits.undo_last(self.desk.db, operation_id=uuid4())
        self.say(_("Undone."))
        self.go_stale()

    def _open(self, service_id: UUID) -> None:
        from screens.partner_service import ServiceScreen

        self.frame.push_screen(ServiceScreen(service_id))
