"""The calendar: one's own appointments as a week or as a list."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kotoutus_tui import clock, log
from kotoutus_tui.calendar.week import monday_of
from kotoutus_tui.casework import absences, calendar_memory
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework import calendar_words as words
from kotoutus_tui.casework.calendar_memory import View
from kotoutus_tui.casework.calendar_reading import Meeting
from kotoutus_tui.i18n import _, format_day, format_time
from screens import calendar_steps, keys, safe
from screens.base import BaseScreen
from screens.calendar_rows import HOURS_WIDTH, block_of, entries_of
from screens.client_forms import day_form
from screens.widgets.event_list import Entry, EventList, RowsInMemory
from screens.widgets.week_grid import Week, WeekGrid

_WEEK = timedelta(days=7)
_LISTED = timedelta(days=27)  # the list shows four weeks
_ON_MEETING = frozenset({"move", "cancel", "edit"})


class CalendarScreen(BaseScreen):
    """The week under the cursor, or the list from its Monday on."""

    BINDINGS = keys.bindings("calendar")
    LISTENS = frozenset({"appointment", "appointment_client", "absence"})
    DEFAULT_CSS = """
    CalendarScreen {
        & #week { margin: 0 1; }
        & #said { height: 2; padding: 0 2; color: $text-muted; }
        & #agenda { display: none; }
        &.-list #agenda { display: block; }
        &.-list #week, &.-list #said { display: none; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        now = clock.now().astimezone(clock.HELSINKI)
        self._monday = monday_of(now.date())
        self._view: View = "week"
        self._meetings: Sequence[Meeting] = ()
        self._notes: dict[date, str] = {}
        self._wanted: tuple[date, str | time | None] | None = (now.date(), now.time())
        self._source = RowsInMemory[Entry]()
        self._logged = False

    def compose_body(self) -> ComposeResult:
        """The week with what is under its cursor, and the list."""
        yield WeekGrid(id="week")
        yield Static("", id="said", markup=False)
        yield EventList(
            left=HOURS_WIDTH, empty=_("No appointments in these weeks. n makes one."), id="agenda"
        )

    def on_mount(self) -> None:
        """Begin in the view of the last session."""
        self._use(calendar_memory.recall(self.desk.settings.state_dir))

    def _use(self, view: View) -> None:
        self._view = view
        self.set_class(view == "list", "-list")
        self.query_one(WeekGrid if view == "week" else EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: some need an appointment under the cursor."""
        if action == "attendance":
            return self.meeting is not None and bool(self.meeting.people)
        return action not in _ON_MEETING or self.meeting is not None

    @property
    def meeting(self) -> Meeting | None:
        """The appointment under the cursor."""
        if not self.is_mounted:
            return None
        shown = self.query_one(WeekGrid) if self._view == "week" else self.query_one(EventList)
        return next((each for each in self._meetings if str(each.id) == shown.cursor_key), None)

    async def load(self) -> None:
        """Read the week, or the weeks of the list."""
        monday, today = self._monday, clock.today()
        last = monday + (timedelta(days=6) if self._view == "week" else _LISTED)
        self._meetings = await reading.meetings(self.desk.db, monday, last)
        away = await absences.between(self.desk.db, monday, last, self.desk.me.login)
        days = [monday + timedelta(days=n) for n in range((last - monday).days + 1)]
        self._notes = words.notes_of(days, away, self.desk.me.login)
        self.heading, self.whose = _("Calendar"), words.week_name(monday)
        if self._view == "week":
            self._show_week(today)
        self._source.rows = entries_of(self._meetings, self._notes, today)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()
        if self._meetings and not self._logged:
            self._logged = True
            await self.desk.db.call("log_use", "list", "calendar", len(self._meetings))

    def _show_week(self, today: date) -> None:
        day, at = self._wanted or (None, None)
        self._wanted = None
        if isinstance(at, str):
            at = next((each.starts_at.time() for each in self._meetings if str(each.id) == at), None)
        week = Week(self._monday, [block_of(each) for each in self._meetings], self._notes, today)
        self.query_one(WeekGrid).show(week, day, at)

    # The cursor

    @on(WeekGrid.Moved)
    @on(EventList.Moved, "#agenda")
    @on(EventList.Loaded, "#agenda")
    def moved(self) -> None:
        """Say what is under the cursor, and which commands fit it."""
        self.refresh_bindings()
        if self._view == "week":
            said = words.in_short(self.meeting) if self.meeting else self._said_of_free()
            self.query_one("#said", Static).update(Content("\n").join(safe.line(each) for each in said))

    def _said_of_free(self) -> Sequence[str]:
        grid = self.query_one(WeekGrid)
        note = self._notes.get(grid.day, "")
        begin = " · ".join(filter(None, (f"{format_day(grid.day)} {format_time(grid.at)}", note)))
        free = _("Free. n makes an appointment.")
        return [begin, free if self._meetings else _("No appointments in this week. n makes one.")]

    @on(WeekGrid.Turned)
    def turned(self, event: WeekGrid.Turned) -> None:
        """Go on in the week before or after."""
        self._go_to(event.day)

    @on(WeekGrid.Opened)
    @on(EventList.Opened, "#agenda")
    def opened(self) -> None:
        """Show the appointment, or make one."""
        if self.meeting is not None:
            self.do(calendar_steps.show(self, self.meeting))
        else:
            self.action_new()

    def _go_to(self, day: date, at: str | time | None = None) -> None:
        # Where to: an appointment by its key, a time, or the time the cursor is at.
        self._monday, self._wanted = monday_of(day), (day, at)
        self.go_stale()

    # Commands

    def action_new(self) -> None:
        """Make an appointment in the slot under the cursor."""
        self.do(self._new())

    def action_move(self) -> None:
        """Move the appointment under the cursor."""
        if self.meeting is not None:
            self.do(calendar_steps.move(self, self.meeting))

    def action_cancel(self) -> None:
        """Cancel the appointment under the cursor."""
        if self.meeting is not None:
            self.do(calendar_steps.cancel(self, self.meeting))

    def action_edit(self) -> None:
        """Change the appointment under the cursor."""
        if self.meeting is not None:
            self.do(calendar_steps.edit(self, self.meeting))

    def action_attendance(self) -> None:
        """Write down whether the client came."""
        from screens.calendar_marks import mark

        if self.meeting is not None:
            self.do(mark(self, self.meeting))

    def action_away(self) -> None:
        """Say that this person is away from the day under the cursor on."""
        from screens.calendar_absence import away

        meeting = self.meeting if self._view == "list" else None
        listed = meeting.day if meeting else self._monday
        self.do(away(self, self.query_one(WeekGrid).day if self._view == "week" else listed))

    def action_team(self) -> None:
        """Show the week of the team."""
        from screens.calendar_team import TeamWeekScreen

        self.frame.push_screen(TeamWeekScreen(self._monday))

    def action_undo(self) -> None:
        """Undo the last own change."""
        self.do(calendar_steps.undo(self))

    def action_free(self) -> None:
        """Find free times of this person or the team."""
        from screens.calendar_free import find

        self.do(find(self))

    def action_view(self) -> None:
        """Show the list instead of the week, or the week again."""
        chosen = self.meeting
        self._use("list" if self._view == "week" else "week")
        if self._view == "week" and chosen is not None:
            self._go_to(chosen.day, str(chosen.id))
        self.go_stale()
        try:
            calendar_memory.remember(self.desk.settings.state_dir, self._view)
        except OSError as error:
            log.unexpected(error, "calendar view not kept")

    def action_earlier(self) -> None:
        """Show the week before."""
        self._turn(-1)

    def action_later(self) -> None:
        """Show the week after."""
        self._turn(1)

    def action_today(self) -> None:
        """Go to today, and now."""
        now = clock.now().astimezone(clock.HELSINKI)
        self._go_to(now.date(), now.time())

    def action_jump(self) -> None:
        """Ask for a day and go there."""
        self.do(self._jump())

    def action_export(self) -> None:
        """Hand appointments over to Outlook as a file."""
        from screens.calendar_export import CalendarExportScreen

        self.frame.push_screen(CalendarExportScreen())

    def action_push(self) -> None:
        """Show the push into one's own Outlook."""
        from screens.outlook import OutlookScreen

        self.frame.push_screen(OutlookScreen())

    def on_resize(self, event: events.Resize) -> None:
        """Say again what is under the cursor: the slots have another length now."""
        super().on_resize(event)
        self.call_after_refresh(self.moved)

    def _turn(self, step: int) -> None:
        day = self.query_one(WeekGrid).day if self._view == "week" else self._monday
        self._go_to(day + step * _WEEK)

    async def _jump(self) -> None:
        answer = await self.ask(day_form())
        if answer is not None:
            self._go_to(answer["day"])

    async def _new(self) -> None:
        start: datetime | None = None
        if self._view == "week":
            grid = self.query_one(WeekGrid)
            start = times.moment(grid.day, grid.at)
        made = await calendar_steps.make(self, await calendar_steps.begin(self, start))
        if made is not None:
            self.done(_("Saved."), made)

    def done(self, sentence: str, made: Meeting | None = None) -> None:
        """Say what was done and read again; the cursor goes to the appointment that was made or moved."""
        if made is not None:
            self._go_to(made.day, str(made.id))
        else:
            self.go_stale()
        self.say(sentence)
