"""The timeline of one client: who, what happened, what is to be done, and the note box at hand."""

from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList, Static

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework import timeline_commands as commands
from kotoutus_tui.casework.days import read_day
from kotoutus_tui.casework.drafts import Drafts
from kotoutus_tui.casework.note_templates import note_templates
from kotoutus_tui.casework.opening import ReasonNeeded, open_client
from kotoutus_tui.casework.timeline_words import CHANNELS, KINDS
from kotoutus_tui.i18n import _, format_date
from screens import client_side, keys
from screens.base import BaseScreen
from screens.client_dialogs import Choose, Lines
from screens.client_top import PeriodRuler, who_line
from screens.event_stream import EventStream
from screens.note_box import NoteBox

if TYPE_CHECKING:
    from kotoutus_tui.live import Change

_PAGE = 100
_DRAFT_SECONDS = 1.0
_PRESENCE_SECONDS = 60
_SIDE_FROM_COLUMNS = 110


class ClientTimelineScreen(BaseScreen):
    """Opens the client when it loads; a lead is asked for a reason first."""

    CSS_PATH = Path(__file__).with_name("client_timeline.tcss")
    BINDINGS = keys.bindings("client")
    LISTENS = frozenset({"client", "client_detail", "client_language", "event", "task", "presence"})

    def __init__(self, client_id: UUID) -> None:
        super().__init__()
        self.client_id = client_id
        self._opened = False
        self._limit = _PAGE
        self._kind = ""
        self._mode = "note"
        self._channel = ""
        self._corrected: UUID | None = None
        self._operation = uuid4()
        self._draft_timer: Any = None
        self._tasks: list[timeline.OpenTask] = []

    def compose_body(self) -> ComposeResult:
        """Who, ruler, stream with side panel, note box."""
        yield Static("", id="client-who", markup=False)
        yield PeriodRuler()
        with Horizontal(id="client-body"):
            yield EventStream()
            yield Static("", id="side", markup=False)
        yield NoteBox()

    def on_mount(self) -> None:
        """Tell colleagues now and then that something is being written here."""
        super().on_mount()
        self.set_interval(_PRESENCE_SECONDS, lambda: self.editing and self.do(self._be_present()))
        self.query_one(EventStream).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Show the side panel where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= _SIDE_FROM_COLUMNS, "-wide")

    def concerns(self, change: "Change") -> bool:
        """Only changes of this client."""
        return super().concerns(change) and change.id == self.client_id

    async def load(self) -> None:
        """Open the client the first time, then read everything."""
        self.heading = _("Timeline")
        if not self._opened:
            try:
                await open_client(self.desk.db, self.client_id)
            except ReasonNeeded:
                self.do(self._open_with_reason())
                return
            self._opened = True
            self._offer_draft()
        await self._read()

    async def before_leaving(self) -> None:
        """Keep what is being written."""
        self._keep_draft()
        if self.editing:
            await self._leave()

    async def _open_with_reason(self) -> None:
        answer = await self.ask(Lines(_("Say why you open the client."), [(_("Reason"), "")]))
        if answer is None:
            await self.frame.action_back()
            return
        await open_client(self.desk.db, self.client_id, answer[0])
        self._opened = True
        self._offer_draft()
        self.go_stale()

    async def _read(self) -> None:
        db = self.desk.db
        header = await timeline.header(db, self.client_id)
        kinds = (self._kind,) if self._kind else ()
        found = await timeline.page(db, self.client_id, kinds, limit=self._limit + 1)
        self._tasks = await timeline.tasks(db, self.client_id)
        self.whose = header.own_counsellor or ""
        self.query_one("#client-who", Static).update(who_line(header))
        self.query_one(PeriodRuler).show(header.period, header.review_due, clock.today())
        more = len(found) > self._limit
        self.query_one(EventStream).show(found[: self._limit], more=more)
        self.query_one("#side", Static).update(client_side.to_do(self._tasks, clock.today()))

    # The note box

    def _drafts(self) -> Drafts:
        return Drafts(self.desk.settings)

    def _offer_draft(self) -> None:
        if self._drafts().read(self.client_id):
            self._begin("note", _("Note – your draft was kept"))

    def _begin(self, mode: str, title: str, text: str | None = None) -> None:
        self._mode = mode
        self._operation = uuid4()
        draft = self._drafts().read(self.client_id) if text is None else text
        self.editing = True
        self.query_one(NoteBox).begin(draft, title)
        self.do(self._be_present())

    @on(NoteBox.Kept)
    def kept(self) -> None:
        """Save the draft a moment later."""
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(_DRAFT_SECONDS, self._keep_draft)

    def _keep_draft(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        box = self.query_one(NoteBox)
        if box.display and self._mode != "correction":
            self._drafts().keep(self.client_id, box.text)

    @on(NoteBox.Closed)
    def closed(self) -> None:
        """Close the box and keep the draft."""
        self._keep_draft()
        self._end_box()

    def _end_box(self) -> None:
        self.query_one(NoteBox).end()
        self.query_one(EventStream).focus()
        self.editing = False
        self.do(self._leave())

    @on(NoteBox.Save)
    def save(self, event: NoteBox.Save) -> None:
        """Save the text; after a fault the box stays and the next try has no second effect."""
        self.do(self._save(event.text), _("Saving …"))

    async def _save(self, text: str) -> None:
        db, operation = self.desk.db, self._operation
        if self._mode == "correction" and self._corrected is not None:
            answer = await self.ask(Lines(_("Why is it corrected?"), [(_("Reason"), "")]))
            if answer is None:
                return
            await commands.correct(
                db, self.client_id, self._corrected, text, answer[0], operation_id=operation
            )
        elif self._mode == "contact":
            await commands.write_contact(
                db, self.client_id, text, channel=self._channel, operation_id=operation
            )
        else:
            await commands.write_note(db, self.client_id, text, operation_id=operation)
        if self._mode != "correction":
            self._drafts().discard(self.client_id)
        self._end_box()
        self._done(_("Saved."))

    # Commands

    def action_note(self) -> None:
        """Open the note box; an empty one can begin from a template."""
        self.do(self._note())

    async def _note(self) -> None:
        if self._drafts().read(self.client_id):
            self._begin("note", _("Note"))
            return
        templates = note_templates()
        choices = [("", _("Empty note"))]
        choices += [(name, text.partition("\n")[0]) for name, text in templates.items()]
        chosen = await self.ask(Choose(_("Begin with"), choices))
        if chosen is not None:
            self._begin("note", _("Note"), templates.get(chosen, ""))

    def action_contact(self) -> None:
        """Ask how the contact was, then for its text."""
        self.do(self._contact())

    async def _contact(self) -> None:
        choices = [(code, _(words)) for code, words in CHANNELS.items()]
        chosen = await self.ask(Choose(_("How were you in contact?"), choices))
        if chosen is not None:
            self._channel = chosen
            self._begin("contact", _(CHANNELS[chosen]))

    def action_task(self) -> None:
        """Ask for a task and its day."""
        self.do(self._add_task())

    async def _add_task(self) -> None:
        due = format_date(clock.today() + timedelta(days=7))
        answer = await self.ask(Lines(_("Something to be done"), [(_("What"), ""), (_("By"), due)]))
        if answer is not None:
            day = read_day(answer[1], "due_on")
            await commands.add_task(self.desk.db, self.client_id, answer[0], day, operation_id=uuid4())
            self._done(_("Saved."))

    def action_finish(self) -> None:
        """Ask which task is done."""
        self.do(self._finish())

    async def _finish(self) -> None:
        choices = client_side.choices(self._tasks)
        if not choices:
            self.say(_("Nothing to do."))
            return
        chosen = await self.ask(Choose(_("What is done?"), choices))
        if chosen is not None:
            await commands.finish_task(self.desk.db, self.client_id, UUID(chosen), operation_id=uuid4())
            self._done(_("Saved."))

    def action_correct(self) -> None:
        """Open the text under the cursor for correction."""
        event = self.query_one(EventStream).event
        if event is not None and event.withdrawn_at is None:
            self._corrected = event.id
            self._begin("correction", _("Correction"), event.body)

    def action_withdraw(self) -> None:
        """Ask why the entry under the cursor is withdrawn."""
        event = self.query_one(EventStream).event
        if event is not None and event.withdrawn_at is None:
            self.do(self._withdraw(event.id))

    async def _withdraw(self, event_id: UUID) -> None:
        answer = await self.ask(Lines(_("Why is it withdrawn?"), [(_("Reason"), "")]))
        if answer is not None:
            await commands.withdraw(self.desk.db, self.client_id, event_id, answer[0], operation_id=uuid4())
            self._done(_("Marked as withdrawn."))

    def action_undo(self) -> None:
        """Undo the last own entry."""
        self.do(self._undo())

    async def _undo(self) -> None:
        await commands.undo_last(self.desk.db, self.client_id, operation_id=uuid4())
        self._done(_("Undone."))

    def action_filter(self) -> None:
        """Ask for the kind to show."""
        self.do(self._filter())

    async def _filter(self) -> None:
        choices = [("", _("All entries")), *((code, _(words)) for code, words in KINDS.items())]
        chosen = await self.ask(Choose(_("Show"), choices))
        if chosen is not None:
            self._kind, self._limit = chosen, _PAGE
            await self._read()

    def action_jump(self) -> None:
        """Ask for a day and go there."""
        self.do(self._jump())

    async def _jump(self) -> None:
        answer = await self.ask(Lines(_("Go to a date"), [(_("Date"), format_date(clock.today()))]))
        if answer is None:
            return
        day = read_day(answer[0])
        stream = self.query_one(EventStream)
        while not stream.jump(day) and stream.has_more:
            self._limit *= 2
            await self._read()

    @on(OptionList.OptionSelected, "#events")
    def selected(self, event: OptionList.OptionSelected) -> None:
        """Read older events."""
        event.stop()
        if EventStream.is_more(event.option.id):
            self._limit += _PAGE
            self.do(self._read())

    def _done(self, sentence: str) -> None:
        self.say(sentence)
        self.go_stale()

    def _be_present(self) -> Coroutine[Any, Any, None]:
        return self.desk.db.call("be_present", self.client_id, "note")

    def _leave(self) -> Coroutine[Any, Any, None]:
        return self.desk.db.call("leave", self.client_id)
