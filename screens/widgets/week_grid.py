"""A week as a grid of days and hours, drawn line by line, with one cursor that moves by slot and by day.

grid = WeekGrid(id="week")
grid.show(Week(monday, blocks, notes), at=datetime(...))
@on(WeekGrid.Moved), Opened, Turned (the cursor wants to leave the week)
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kotoutus_tui.calendar import week
from kotoutus_tui.calendar.week import Placed, Shape
from kotoutus_tui.i18n import format_day, format_time
from screens import keys, safe
from screens.widgets.scroll_bar import scroll_bar
from screens.widgets.week_cells import Block, Week, filled

__all__ = ["Block", "Week", "WeekGrid"]

_TIMES = 6  # the width of the hours on the left
_DAY = timedelta(days=1)


class WeekGrid(Widget, can_focus=True):
    """The grid; as high as it is, it shows all hours as long as they fit in slots of an hour."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "week--plain", "week--faint", "week--heading", "week--today", "week--block", "week--cursor",
        "week--cursor-blurred",
    }  # fmt: skip
    DEFAULT_CSS = """
    WeekGrid {
        height: 1fr;
        width: 1fr;
        & > .week--faint { color: $text-muted; }
        & > .week--heading { color: $text-muted; text-style: bold; }
        & > .week--today { color: $accent; text-style: bold; }
        & > .week--block { background: $panel; }
        & > .week--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .week--cursor-blurred { background: $block-cursor-blurred-background; color: $foreground; }
        &:ansi > .week--faint, &:ansi > .week--heading { color: ansi_default; text-style: dim; }
        &:ansi > .week--block { background: ansi_default; }
        &:ansi > .week--cursor { text-style: reverse; color: ansi_default; background: ansi_default; }
        &:ansi > .week--cursor-blurred { text-style: bold; color: ansi_default; background: ansi_default; }
    }
    """
    BINDINGS = keys.bindings("week")

    @dataclass
    class Moved(Message):
        """The cursor stands in another slot or on another appointment."""

        grid: "WeekGrid"

    @dataclass
    class Opened(Message):
        """Enter, or a second click: on an appointment its key, in an empty slot None."""

        grid: "WeekGrid"
        key: str | None

    @dataclass
    class Turned(Message):
        """The cursor wants to go to a day that is not shown."""

        grid: "WeekGrid"
        day: date

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._week = Week(date(2000, 1, 3))
        self._day = self._week.monday
        self._at = time(week.OPENS)
        self._index = 0
        self._top = 0
        self._shape: Shape | None = None
        self._places: dict[date, list[Placed]] = {}
        self._styles_by_role: dict[str, Style] = {}

    # What a screen uses

    @property
    def day(self) -> date:
        """The day under the cursor."""
        return self._day

    @property
    def at(self) -> time:
        """The time at which the slot under the cursor begins."""
        grid = self._grid
        return grid.start_of(grid.row_of(self._at))

    @property
    def cursor_key(self) -> str | None:
        """The key of the appointment under the cursor."""
        here = self._here()
        return self._week.blocks[here[self._index].index].key if here else None

    def show(self, shown: Week, day: date | None = None, at: time | None = None) -> None:
        """Show a week; the cursor stays where it is, or goes to a day and a time of it."""
        key = self.cursor_key
        self._week = shown
        self._day = day or self._day
        self._at = at or self._at
        if not timedelta() <= self._day - shown.monday < 7 * _DAY:
            self._day = shown.monday
        self._arrange()
        self._index = 0
        if at is None:
            # The same appointment stays under the cursor among those at the same time.
            here = [shown.blocks[each.index].key for each in self._here()]
            self._index = here.index(key) if key in here else 0
        self._moved()
        self.refresh()

    # Moving

    def action_up(self) -> None:
        """The slot before, or the appointment beside in the same slot."""
        if self._index > 0:
            self._go(self._day, self._row, self._index - 1)
        else:
            self._go(self._day, self._row - 1, -1)

    def action_down(self) -> None:
        """The next slot, or the next appointment in the same slot."""
        if self._index < len(self._here()) - 1:
            self._go(self._day, self._row, self._index + 1)
        else:
            self._go(self._day, self._row + 1)

    def action_left(self) -> None:
        """The day before."""
        self._go_to_day(-1)

    def action_right(self) -> None:
        """The next day."""
        self._go_to_day(1)

    def action_first(self) -> None:
        """The first slot of the day."""
        self._go(self._day, 0)

    def action_last(self) -> None:
        """The last slot of the day."""
        self._go(self._day, self._grid.rows - 1)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        self.post_message(self.Opened(self, self.cursor_key))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the slot; a second click opens it."""
        grid = self._grid
        row, column = event.y - self._head_lines + self._top, (event.x - _TIMES) // self._width
        if event.x >= _TIMES and 0 <= column < len(grid.days) and 0 <= row < grid.rows:
            self._go(grid.days[column], row)
            if event.chain == 2:
                self.action_open()

    def _go_to_day(self, step: int) -> None:
        days = self._grid.days
        place = days.index(self._day) + step
        if 0 <= place < len(days):
            self._go(days[place], self._row)
        else:
            # Past Friday comes Monday: a weekend with nothing on it is folded away.
            monday = self._week.monday + 7 * step * _DAY
            self.post_message(self.Turned(self, monday if step > 0 else monday + 4 * _DAY))

    def _go(self, day: date, row: int, index: int = 0) -> None:
        grid = self._grid
        row = max(0, min(row, grid.rows - 1))
        if (day, row) == (self._day, self._row) and (index == -1 or index == self._index):
            return
        self._draw_cursor()
        self._day, self._at = day, grid.start_of(row)
        here = self._here()
        self._index = max(0, len(here) - 1) if index == -1 else min(index, max(0, len(here) - 1))
        if self._scroll():
            self.refresh()
        else:
            self._draw_cursor()
        self._moved()

    def _moved(self) -> None:
        self.post_message(self.Moved(self))

    # Where things are

    @property
    def _grid(self) -> Shape:
        if self._shape is None:
            self._arrange()
        if self._shape is None:
            raise AssertionError
        return self._shape

    @property
    def _row(self) -> int:
        return self._grid.row_of(self._at)

    @property
    def _head_lines(self) -> int:
        return 2 if any(day in self._week.notes for day in self._grid.days) else 1

    @property
    def _width(self) -> int:
        return max(4, (self.size.width - 1 - _TIMES) // len(self._grid.days))

    @property
    def _lines(self) -> int:
        return max(1, self.size.height - (2 if self._week.notes else 1))

    def _arrange(self) -> None:
        blocks = self._week.blocks
        self._shape = week.shape(self._week.monday, blocks, self._lines, {self._day})
        self._places = {day: week.place(self._shape, day, blocks) for day in self._shape.days}
        self._scroll()

    def _scroll(self) -> bool:
        """Bring the cursor into sight; return whether the grid scrolled."""
        grid, old = self._grid, self._top
        row, lines = grid.row_of(self._at), self._lines
        if not self._top <= row < self._top + lines:
            self._top = row - lines // 2
        self._top = max(0, min(self._top, grid.rows - lines))
        return self._top != old

    def _here(self) -> list[Placed]:
        row = self._row
        return [each for each in self._places.get(self._day, ()) if each.top <= row < each.end]

    # Drawing

    def on_resize(self) -> None:
        """Arrange the hours in the new height."""
        self._arrange()
        self.refresh()

    def on_focus(self) -> None:
        """The cursor is drawn stronger while the grid has the keys."""
        self._draw_cursor()

    def on_blur(self) -> None:
        """The cursor is drawn weaker without the keys."""
        self._draw_cursor()

    def notify_style_update(self) -> None:
        """Forget colours when the theme changes."""
        self._styles_by_role.clear()
        super().notify_style_update()

    def _draw_cursor(self) -> None:
        here = self._here()
        first, last = self._row, self._row + 1
        if here:
            first, last = here[self._index].top, here[self._index].end
        column = self._grid.days.index(self._day)
        y = first - self._top + self._head_lines
        self.refresh(Region(_TIMES + column * self._width, y, self._width, last - first))

    def render_line(self, y: int) -> Strip:
        """Draw the days, what is said of them, or a line of slots."""
        grid, width = self._grid, self._width
        if y == 0:
            segments = [self._segment("", _TIMES, "plain"), *(self._heading(day) for day in grid.days)]
        elif y < self._head_lines:
            notes = self._week.notes
            segments = [self._segment("", _TIMES, "plain")]
            segments += [self._segment(f" {notes.get(day, '')}", width, "today") for day in grid.days]
        else:
            segments = self._slots(y - self._head_lines + self._top)
        used = sum(segment.cell_length for segment in segments)
        segments.append(self._segment("", max(0, self.size.width - 1 - used), "plain"))
        body = self.size.height - self._head_lines
        bar = scroll_bar(y - self._head_lines, body, self._top, grid.rows, self._lines)
        segments.append(Segment(bar if y >= self._head_lines else " ", self._style("faint")))
        return Strip(segments, self.size.width)

    def _heading(self, day: date) -> Segment:
        # The day of today stands in brackets: not by colour alone.
        today = day == self._week.today
        text = f"[{format_day(day)}]" if today else f" {format_day(day)}"
        return self._segment(text, self._width, "today" if today else "heading")

    def _slots(self, row: int) -> list[Segment]:
        grid = self._grid
        if row >= grid.rows:
            return []
        at = grid.start_of(row)
        segments = [self._segment(format_time(at) if at.minute == 0 else "", _TIMES, "faint")]
        cursor = "cursor" if self.has_focus else "cursor-blurred"
        for day in grid.days:
            there = [each for each in self._places[day] if each.top <= row < each.end]
            here = self._here() if day == self._day else []
            if there:
                chosen = here[self._index] if here else None
                cells = filled(there, self._week.blocks, grid, row, self._width, chosen)
            elif day == self._day and row == self._row:
                cells = [(f" {format_time(at)}", self._width - 1, "cursor"), ("", 1, "plain")]
            else:
                cells = [(" ·" if day in self._week.notes else "", self._width, "faint")]
            segments += [
                self._segment(text, size, cursor if role == "cursor" else role) for text, size, role in cells
            ]
        return segments

    def _segment(self, text: str, width: int, role: str) -> Segment:
        return safe.cell(text, width, self._style(role))

    def _style(self, role: str) -> Style:
        style = self._styles_by_role.get(role)
        if style is None:
            style = self._styles_by_role[role] = self.get_component_rich_style(f"week--{role}")
        return style
