"""The week of the team: who is taken in which hours, and who is away; never with whom or why."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui import clock
from kotoutus_tui.calendar.week import CLOSES, OPENS, monday_of
from kotoutus_tui.casework import absences
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework import calendar_words as words
from kotoutus_tui.casework.calendar_reading import Member, Span
from kotoutus_tui.i18n import _, format_day
from screens import keys, safe
from screens.base import BaseScreen
from screens.client_forms import day_form
from screens.widgets.paged_table import Cell, Column, PagedTable, Row, RowsInMemory

_DAYS = 5
_WEEK = timedelta(days=7)
_FINE_FROM = 118  # columns from which half hours are told apart


class TeamWeekScreen(BaseScreen):
    """Everybody sees the same hours; only one's own appointments are told elsewhere."""

    BINDINGS = keys.bindings("team_week")
    AUTO_FOCUS = "#team-week"
    LISTENS = frozenset({"appointment", "absence", "staff"})
    DEFAULT_CSS = """
    TeamWeekScreen #signs { height: auto; padding: 0 2; margin-bottom: 1; color: $text-muted; }
    """

    def __init__(self, monday: date) -> None:
        super().__init__()
        self._monday = monday
        self._slot = 0
        self._source = RowsInMemory[Row]()

    def compose_body(self) -> ComposeResult:
        """What the signs mean, and the people."""
        yield Static("", id="signs", markup=False)
        yield PagedTable((), empty=_("No counsellors."), selects=False, id="team-week")

    async def load(self) -> None:
        """Read the hours of the week."""
        last = self._monday + timedelta(days=_DAYS - 1)
        days = [self._monday + timedelta(days=number) for number in range(_DAYS)]
        team = await reading.team(self.desk.db, self._monday)
        busy = await reading.busy(self.desk.db, self._monday, last)
        away = await absences.between(self.desk.db, self._monday, last)
        free = absences.free_days(self._monday, last)
        self.heading, self.whose = _("The team's week"), words.week_name(self._monday)
        self._slot = 30 if self.size.width >= _FINE_FROM else 60
        table = self.query_one(PagedTable)
        table.set_columns(_columns(days, clock.today(), self._slot))
        gone = {(each.login, day) for each in away for day in days if each.from_on <= day <= each.to_on}
        self._source.rows = [_row(each, days, busy, gone, free, self._slot) for each in team]
        table.keep_showing(self._source, self.desk.me.login)
        self.query_one("#signs", Static).update(safe.line(_signs(self._slot)))

    def on_resize(self, event: Any) -> None:
        """Tell the hours more finely where there is room."""
        super().on_resize(event)
        if self._slot and (event.size.width >= _FINE_FROM) != (self._slot == 30):
            self.go_stale()

    @on(PagedTable.Opened, "#team-week")
    def opened(self, event: PagedTable.Opened) -> None:
        """Look for free times of the person under the cursor."""
        from screens.calendar_free import find

        self.do(find(self, (event.key,)))

    def action_earlier(self) -> None:
        """Show the week before."""
        self._go_to(self._monday - _WEEK)

    def action_later(self) -> None:
        """Show the week after."""
        self._go_to(self._monday + _WEEK)

    def action_today(self) -> None:
        """Go to this week."""
        self._go_to(clock.today())

    def action_jump(self) -> None:
        """Ask for a day and go to its week."""
        self.do(self._jump())

    async def _jump(self) -> None:
        answer = await self.ask(day_form())
        if answer is not None:
            self._go_to(answer["day"])

    def _go_to(self, day: date) -> None:
        self._monday = monday_of(day)
        self.go_stale()


def _columns(days: Sequence[date], today: date, slot: int) -> tuple[Column, ...]:
    width = max((CLOSES - OPENS) * 60 // slot + 1, 10)
    # A star stands at today: not by colour alone.
    shown = [
        Column(f"day{number}", f"{format_day(day)}{'*' if day == today else ''}", width, priority=8)
        for number, day in enumerate(days)
    ]
    return (Column("name", _("Who"), 14, grow=1, most=28, priority=10), *shown)


def _row(
    member: Member,
    days: Sequence[date],
    busy: Sequence[Span],
    gone: Collection[tuple[str, date]],
    free: Mapping[date, str],
    slot: int,
) -> Row:
    own = [each for each in busy if each.counsellor == member.login]
    cells: list[Cell] = [member.name]
    for day in days:
        if (member.login, day) in gone:
            cells.append((_("away"), "faint"))
        elif day in free:
            cells.append((free[day], "faint"))
        else:
            cells.append(hours_of(day, own, slot))
    return Row(member.login, tuple(cells))


def hours_of(day: date, spans: Sequence[Span], slot: int) -> str:
    """Return the working hours of a day, one sign for `slot` minutes: ▓ taken, ░ free, + also else."""
    begin = datetime.combine(day, time(OPENS), clock.HELSINKI)
    close = datetime.combine(day, time(CLOSES), clock.HELSINKI)
    signs = ""
    while begin < close:
        end = begin + timedelta(minutes=slot)
        signs += "▓" if any(each.starts_at < end and each.ends_at > begin for each in spans) else "░"
        begin = end
    opens = datetime.combine(day, time(OPENS), clock.HELSINKI)
    beside = any(
        (each.starts_at.date() == day and each.starts_at < opens)
        or (each.starts_at.date() == day and each.ends_at > close)
        for each in spans
    )
    return signs + ("+" if beside else "")


def _signs(slot: int) -> str:
    sentence = (
        _("{opens}–{closes}, each sign half an hour: ▓ taken  ░ free  + also at other hours")
        if slot == 30
        else _("{opens}–{closes}, each sign an hour: ▓ taken  ░ free  + also at other hours")
    )
    return sentence.format(opens=OPENS, closes=CLOSES)
