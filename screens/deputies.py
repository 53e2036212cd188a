"""Deputies: who stands in for whom, and the appointments of those who are away."""

from collections.abc import Sequence
from uuid import uuid4

from textual import on
from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import deputies, team
from kotoutus_tui.casework.deputies import Held, StandIn
from kotoutus_tui.i18n import _, format_date, format_datetime
from screens import keys
from screens.base import BaseScreen
from screens.details_forms import DetailsForm, Save
from screens.dialog import Confirm
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.form import Values

_DAY_WIDTH = 22


class DeputiesScreen(BaseScreen):
    """Everybody sees it; the lead sets and ends deputies, a deputy takes appointments over."""

    BINDINGS = keys.bindings("deputies")
    AUTO_FOCUS = "#deputies"
    LISTENS = frozenset({"deputy", "absence", "appointment"})

    def __init__(self) -> None:
        super().__init__()
        self._stand_ins: dict[str, StandIn] = {}
        self._held: dict[str, Held] = {}
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        listed = EventList(empty=_("Nobody has a deputy now."), left=_DAY_WIDTH, id="deputies")
        listed.opens = False
        yield listed

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What fits the person and the row under the cursor."""
        key = self.query_one(EventList).cursor_key or "" if self.is_mounted else ""
        return {
            "new": self.desk.me.is_lead,
            "end": self.desk.me.is_lead and key in self._stand_ins,
            "take": key in self._held,
        }.get(action, True)

    async def load(self) -> None:
        """Read who stands in for whom, and what is to be held instead."""
        db = self.desk.db
        self._stand_ins = {str(each.id): each for each in await deputies.coming(db)}
        self._held = {str(each.id): each for each in await deputies.appointments(db)}
        self.heading, self.whose = _("Deputies"), ""
        self._source.rows = [
            *map(_stand_in_row, self._stand_ins.values()),
            *map(_held_row, self._held.values()),
        ]
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    @on(EventList.Moved, "#deputies")
    @on(EventList.Loaded, "#deputies")
    def moved(self) -> None:
        """Other commands fit the row under the cursor."""
        self.refresh_bindings()

    def action_new(self) -> None:
        """Ask who stands in for whom, and when."""
        self.do(self._new())

    def action_end(self) -> None:
        """End the one under the cursor."""
        found = self._stand_ins.get(self.query_one(EventList).cursor_key or "")
        if found is not None:
            self.do(self._end(found))

    def action_take(self) -> None:
        """Take the appointment under the cursor over."""
        found = self._held.get(self.query_one(EventList).cursor_key or "")
        if found is not None:
            self.do(self._take(found))

    async def _new(self) -> None:
        operation = uuid4()
        people = [(each.login, each.name) for each in await team.counsellors(self.desk.db)]

        async def save(values: Values) -> None:
            await deputies.add(
                self.desk.db, values["absent"], values["deputy"], values["from_on"], values["to_on"],
                operation_id=operation,
            )  # fmt: skip

        if await self.ask(_form(people, save)):
            self.say(_("Saved. Both are told."))
            self.go_stale()

    async def _end(self, found: StandIn) -> None:
        effects = [_("{name} no longer sees the clients.").format(name=found.deputy_name)]
        if await self.ask(Confirm(_("End the deputy's rights?"), effects, accept=_("End"))):
            await deputies.end(self.desk.db, found.id, operation_id=uuid4())
            self.go_stale()

    async def _take(self, found: Held) -> None:
        await deputies.take_over(self.desk.db, found.id)
        self.say(_("The appointment is in your calendar."))
        self.go_stale()


def _form(people: Sequence[tuple[str, str]], save: Save) -> DetailsForm:
    today = clock.today()
    return DetailsForm(
        _("New deputy"),
        [
            ChoiceField("absent", _("Who is away"), people, required=True),
            ChoiceField("deputy", _("Deputy"), people, required=True),
            DateField("from_on", _("First day"), today, required=True),
            DateField("to_on", _("Last day"), required=True),
        ],
        save,
    )


def _stand_in_row(found: StandIn) -> Entry:
    return Entry(
        str(found.id),
        _("Now") if found.begun else _("Coming"),
        f"{format_date(found.from_on)}–{format_date(found.to_on)}",
        _("{deputy}, deputy for {absent}").format(deputy=found.deputy_name, absent=found.absent_name),
    )


def _held_row(found: Held) -> Entry:
    return Entry(
        str(found.id),
        _("Appointments to take over or to move"),
        format_datetime(found.starts_at),
        ", ".join([_(KINDS[found.kind]), *found.names]),
        right=found.counsellor,
    )
