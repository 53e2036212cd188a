"""The timeline of one client: who, what happened, what is to be done, and the box to write in at hand."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.casework import deadline_store, timeline
from kotoutus_tui.casework import side as beside
from kotoutus_tui.casework.opening import OpenClient, ReasonNeeded
from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.casework.timeline_words import KINDS
from kotoutus_tui.errors import NotAllowed, NotFound
from kotoutus_tui.i18n import _
from screens import client_entries, client_forms, client_parts, client_side, client_steps, keys
from screens.base import BaseScreen
from screens.client_presence import Presence
from screens.client_top import PeriodRuler, who_line
from screens.client_writing import WritingBox
from screens.timeline_rows import DAY_WIDTH, TimelineSource
from screens.widgets.event_list import Entry, EventList, RowsInMemory

if TYPE_CHECKING:
    from kotoutus_tui.live import Change

_SIDE_FROM_COLUMNS = 110
_FOLD = 8  # lines of an entry shown in the stream; Enter shows it whole
_ON_OPEN_ENTRY = frozenset({"correct", "withdraw"})


class ClientTimelineScreen(BaseScreen):
    """Opens the client when it loads; a lead is asked for a reason first.

    `begin` is what the person came to write: contact, task, refer, appointment, or nothing.
    """

    CSS_PATH = Path(__file__).with_suffix(".tcss")
    BINDINGS = keys.bindings("client")
    LISTENS = frozenset({
        "client", "client_detail", "client_language", "event", "task", "presence", "household_member", "plan",
        "plan_goal", "plan_measure", "referral",
    })  # fmt: skip

    def __init__(self, client_id: UUID, begin: str = "") -> None:
        super().__init__()
        self.client_id = client_id
        self._begin = begin
        self._source: TimelineSource | None = None
        self._side = beside.Side()
        self._to_newest = False

    def compose_body(self) -> ComposeResult:
        """Who, ruler, stream with side panel, box."""
        yield Static("", id="client-who", markup=False)
        yield PeriodRuler()
        with Horizontal(id="client-body"):
            yield EventList(empty=_("Nothing has been written yet."), left=DAY_WIDTH, fold=_FOLD, id="events")
            with VerticalScroll(id="side", can_focus=False):
                yield client_side.SidePanel()
        yield WritingBox(self.desk, self.client_id)

    def on_mount(self) -> None:
        """Begin at the newest event."""
        self.opening = OpenClient(self.desk.db, self.client_id)
        self._presence = Presence(self, self.desk.db, self.client_id)
        self.query_one(EventList).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Show the side panel where there is room, else in the place of the stream when it is asked for."""
        super().on_resize(event)
        wide = event.size.width >= _SIDE_FROM_COLUMNS
        self.set_class(wide, "-wide")
        if wide:
            self._show_side(False)
        self.refresh_bindings()

    def concerns(self, change: "Change") -> bool:
        """Only changes of this client; a member known by name alone has no client to tell."""
        mine = change.id == self.client_id or change.table == "household_member"
        return super().concerns(change) and mine

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense now, so that the footer never shows one that does nothing."""
        if self.has_class("-gone"):
            return False
        if action in _ON_OPEN_ENTRY:
            return self.event is not None and self.event.withdrawn_at is None
        return {
            "side": not self.has_class("-wide"),
            "finish": bool(self._side.tasks),
            "answer": bool(self._side.referrals or client_side.answerable(self._side)),
        }.get(action, True)

    @property
    def event(self) -> TimelineEvent | None:
        """The event under the cursor."""
        return self._source.event(self.query_one(EventList).cursor_key) if self._source else None

    async def load(self) -> None:
        """Open the client the first time, then read everything."""
        first = not self.opening.is_open
        try:
            await self.opening.renew()
        except ReasonNeeded:
            self.do(self._open_with_reason())
            return
        try:
            await self._read()
        except (NotFound, NotAllowed):
            # The client was given to somebody else meanwhile: nothing of it stays in sight.
            self._forget()
            raise
        self.remove_class("-gone")
        self.desk.last_client = self.client_id
        if first and await deadline_store.recount_if_stale(self.desk.db, self.client_id):
            await self._read()
        if first:
            self._start_writing()

    async def before_leaving(self) -> None:
        """Keep what is being written."""
        self.query_one(WritingBox).flush()
        await self._presence.end()

    async def ready_to_write(self) -> None:
        """See to it that the client is still open; before every command."""
        await self.opening.renew()

    async def _open_with_reason(self) -> None:
        form = client_forms.reason_form(_("Say why you open the client."), self.opening.open, _("Open"))
        if await self.ask(form) is None:
            await self.frame.action_back()
            return
        self.go_stale()
        self._start_writing()

    def _start_writing(self) -> None:
        if self._begin:
            self.call_later(self.run_action, self._begin)
        else:
            client_entries.offer_draft(self)

    async def _read(self) -> None:
        db = self.desk.db
        header = await timeline.header(db, self.client_id)
        self._side = await beside.side(db, self.client_id)
        self.heading = _("Timeline")
        self.whose = header.own_counsellor or ""
        self.query_one("#client-who", Static).update(who_line(header))
        self.query_one(PeriodRuler).show(header.period, header.reviews, header.review_due, clock.today())
        self.query_one(client_side.SidePanel).show(self._side, clock.today())
        self._presence.seen(header.colleagues)
        if self._source is None:
            self._show_kind("")
        else:
            self._source.forget_places()
            stream = self.query_one(EventList)
            if self._to_newest:
                self._to_newest = False
                stream.show(self._source)
            else:
                stream.reload()
        self.refresh_bindings()

    def _forget(self) -> None:
        self.add_class("-gone")
        self.writing.close()
        self._side = beside.Side()
        self._source = None
        self.query_one("#client-who", Static).update("")
        self.query_one(PeriodRuler).show(None, (), None, clock.today())
        self.query_one(client_side.SidePanel).show(self._side, clock.today())
        self.query_one(EventList).show(RowsInMemory[Entry]())

    def _show_kind(self, kind: str) -> None:
        key = self.query_one(EventList).cursor_key
        self._source = TimelineSource(self.desk.db, self.client_id, (kind,) if kind else ())
        self.query_one(EventList).show(self._source, key)
        self.heading = _("Timeline: {kind}").format(kind=_(KINDS[kind])) if kind else _("Timeline")

    # What is written in the box

    @property
    def writing(self) -> WritingBox:
        """The box."""
        return self.query_one(WritingBox)

    def action_note(self) -> None:
        """Open the box for a note; an empty one can begin from a template."""
        self.do(client_entries.note(self))

    def action_contact(self) -> None:
        """Ask how the contact was, then for its text."""
        self.do(client_entries.write(self, "contact"))

    def action_add(self) -> None:
        """Ask what kind of entry it is, then for its text."""
        self.do(client_entries.add(self))

    def action_refer(self, service: str = "") -> None:
        """Ask to whom the client is referred, unless it is this service, then what for."""
        self.do(client_entries.refer(self, UUID(service) if service else None))

    def action_answer(self) -> None:
        """Write down what has happened to a referral."""
        self.do(client_entries.answer(self, self._side))

    def action_correct(self) -> None:
        """Open the text under the cursor for correction."""
        if self.event is not None:
            client_entries.correct(self, self.event)

    def begun(self) -> None:
        """Something is being written: colleagues see that."""
        self._show_side(False)
        self.do(self._presence.begin())

    @on(WritingBox.Wanted)
    def save_wanted(self) -> None:
        """Save what is in the box."""
        self.do(client_entries.save(self), _("Saving …"))

    @on(WritingBox.Closed)
    def closed(self) -> None:
        """Go back to the stream."""
        self.written()
        self.say(_("The draft is kept."))

    def written(self) -> None:
        """The box is closed."""
        self.query_one(EventList).focus()
        self.do(self._presence.end())

    # Other commands

    def action_appointment(self) -> None:
        """Ask for an appointment with the client and make it."""
        self.do(client_steps.make_appointment(self))

    def action_task(self) -> None:
        """Ask for a task and its day."""
        self.do(client_steps.add_task(self))

    def action_finish(self) -> None:
        """Ask which task is done."""
        self.do(client_steps.finish_task(self, self._side))

    def action_withdraw(self) -> None:
        """Ask why the entry under the cursor is withdrawn."""
        if self.event is not None:
            self.do(client_steps.withdraw(self, self.event.id))

    def action_undo(self) -> None:
        """Undo the last own entry."""
        self.do(client_steps.undo(self))

    def action_filter(self) -> None:
        """Ask for the kind to show."""
        self.do(self._filter())

    async def _filter(self) -> None:
        choices = [("", _("All entries")), *((code, _(words)) for code, words in KINDS.items())]
        chosen = await self.ask(client_forms.Choose(_("Show"), choices))
        if chosen is not None:
            self._show_kind(chosen)

    def action_jump(self) -> None:
        """Ask for a day and go there."""
        self.do(self._jump())

    async def _jump(self) -> None:
        answer = await self.ask(client_forms.day_form())
        if answer is not None and self._source is not None:
            self.query_one(EventList).move_to(await self._source.find_day(answer["day"]))

    def action_part(self, name: str) -> None:
        """Show another screen about the same client."""
        self.frame.push_screen(client_parts.open_part(name, self.client_id, self.opening))

    def action_side(self) -> None:
        """Show the side panel in the place of the stream, or the stream again."""
        self._show_side(not self.has_class("-side"))

    def _show_side(self, shown: bool) -> None:
        self.set_class(shown, "-side")
        panel = self.query_one("#side", VerticalScroll)
        panel.can_focus = shown
        if not self.writing.display:
            (panel if shown else self.query_one(EventList)).focus()

    @on(EventList.Opened, "#events")
    def opened(self) -> None:
        """Show the entry in full."""
        if self.event is not None:
            self.do(client_steps.show_entry(self, self.event))

    @on(EventList.Moved, "#events")
    def moved(self) -> None:
        """Other commands fit the entry under the cursor."""
        self.refresh_bindings()

    def done(self, sentence: str, *, to_newest: bool = False) -> None:
        """Say what was done and read again; `to_newest` puts the cursor on the newest event."""
        self._to_newest = to_newest
        self.go_stale()
        self.say(sentence)
