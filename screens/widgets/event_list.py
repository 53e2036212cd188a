"""A stream of entries of any height under headings, as long as a client's whole history.

    events = EventList(empty=_("Nothing yet."), fold=6, id="events")
    events.show(source)                 rows are Entry objects; see Source in windows.py
    @on(EventList.Opened), Moved, Loaded, all with `.list`

Heights are worked out for the entries on the screen alone, so 2,000 are as fast as 20.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from kotoutus_tui.i18n import ngettext
from screens import safe
from screens.widgets.line_list import Cell, LineList, Piece
from screens.widgets.windows import Page, RowsInMemory, Source

__all__ = ["Cell", "Entry", "EventList", "Page", "RowsInMemory", "Source"]

_BAR = 2  # the cursor's bar and a blank
_KEPT_LAYOUTS = 400


@dataclass(frozen=True)
class Entry:
    """One entry: `left` (its day) and `mark` (a letter) stand before the title, `right` (its author)
    after it.

    A heading is drawn where `group` changes. `body` is prose; `notes` are faint lines under it, such as
    "corrected 3.12.".
    """

    key: str
    group: str
    left: str
    title: Cell
    right: Cell = ""
    mark: Cell = ""
    body: str = ""
    notes: Sequence[Cell] = ()


class EventList(LineList[Entry]):
    """The list; `left` is the width of the day's column, `fold` how many lines of a body show (0: all)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    def __init__(
        self,
        *,
        empty: str = "",
        left: int = 10,
        fold: int = 0,
        id: str | None = None,  # noqa: A002 (Textual's word)
    ) -> None:
        super().__init__(empty=empty, id=id)
        self.opens = True
        self._left = left
        self._fold = fold
        self._top_line = 0  # how many lines of the first entry are above the screen
        self._layouts: dict[int, list[list[Piece]]] = {}
        self._view: list[tuple[int, int]] | None = None

    def show(self, source: Source[Entry], at: str | None = None) -> None:
        """Show another filter; the cursor goes to the entry `at`, or to the first."""
        self._top_line = 0
        super().show(source, at)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether entries can be opened here."""
        return action != "open" or self.opens

    # Moving

    def move_to(self, index: int, *, always: bool = False) -> None:
        """Put the cursor on the entry at this position, or the nearest there is."""
        if always:
            self._layouts.clear()
        last = max(0, (self.total or 0) - 1)
        old, old_anchor = self.cursor, (self.top, self._top_line)
        self.cursor = max(0, min(index, last))
        self.top = min(self.top, last)
        self._bring_into_view(forward=self.cursor >= old)
        if always or (self.top, self._top_line) != old_anchor:
            self._view = None
            self.refresh()
        elif self.cursor != old:
            self._draw_entry(old)
            self._draw_entry(self.cursor)
        self._want_rows()
        self._tell_moved()

    def action_down(self) -> None:
        """The next entry, or more of one that is longer than the screen."""
        _first, below = self._extent(self.cursor)
        if below > 0:
            self._scroll(min(below, self._half_page()))
        else:
            self.move_to(self.cursor + 1)

    def action_up(self) -> None:
        """The entry before, or more of one that is longer than the screen."""
        above, _below = self._extent(self.cursor)
        if above > 0:
            self._scroll(-min(above, self._half_page()))
        else:
            self.move_to(self.cursor - 1)

    def action_page_up(self) -> None:
        """One page up; the cursor goes with it, at last to the first entry."""
        self._turn_page(1 - self.size.height, 0)

    def action_page_down(self) -> None:
        """One page down; the cursor goes with it, at last to the last entry."""
        self._turn_page(self.size.height - 1, (self.total or 1) - 1)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the entry; a second click opens it."""
        view = self._seen()
        if event.y < len(view):
            self.move_to(view[event.y][0])
            if event.chain == 2:
                self.action_open()

    def _bring_into_view(self, *, forward: bool) -> None:
        height, lines = self.size.height, len(self._lines(self.cursor))
        if not height or not self.total:
            return
        seen = [line for index, line in self._seen() if index == self.cursor]
        if len(seen) == lines or (seen and lines > height):
            return
        # Half a page of what was there stays in sight; one line at a time would redraw all for each key.
        before = max(0, height - lines) if forward and not seen else self._half_page()
        if seen or self._near():
            before = min(before, self._half_page(), max(0, height - lines))
        self.top, self._top_line = self._walk(self.cursor, 0, -before)
        self._fill_page()
        self._view = None

    def _near(self) -> bool:
        return abs(self.cursor - self.top) <= 2 * self.size.height

    def _turn_page(self, lines: int, furthest: int) -> None:
        place = (self.top, self._top_line)
        self._scroll(lines)
        if (self.top, self._top_line) == place:
            self.move_to(furthest)
        else:
            self._cursor_into_view()

    def _scroll(self, lines: int) -> None:
        self.top, self._top_line = self._walk(self.top, self._top_line, lines)
        self._fill_page()
        self._view = None
        self.refresh()
        self._want_rows()

    def _fill_page(self) -> None:
        """Take the anchor back when fewer lines are left than the screen has."""
        last = max(0, (self.total or 0) - 1)
        end, end_line = self._walk(last, len(self._lines(last)), -self.size.height)
        if (self.top, self._top_line) > (end, end_line):
            self.top, self._top_line = end, end_line

    def _cursor_into_view(self) -> None:
        seen = self._seen()
        heads = [index for index, line in seen if line == self._head(index)]
        # An entry longer than the screen may fill it without its head.
        heads = heads or [index for index, _line in seen[:1]]
        if heads and self.cursor not in heads:
            old, self.cursor = self.cursor, heads[0] if self.cursor < heads[0] else heads[-1]
            self._draw_entry(old)
            self._draw_entry(self.cursor)
            self._tell_moved()

    def _walk(self, index: int, line: int, distance: int) -> tuple[int, int]:
        """Return the place `distance` lines further down or, if negative, up."""
        line += distance
        while line < 0 and index > 0:
            index -= 1
            line += len(self._lines(index))
        last = max(0, (self.total or 0) - 1)
        while index < last and line >= len(self._lines(index)):
            line -= len(self._lines(index))
            index += 1
        return index, max(0, line)

    def _extent(self, index: int) -> tuple[int, int]:
        """How many lines of an entry are above and below the screen."""
        seen = [line for entry, line in self._seen() if entry == index]
        if not seen:
            return 0, 0
        return seen[0], len(self._lines(index)) - 1 - seen[-1]

    def _half_page(self) -> int:
        return max(1, self.size.height // 2)

    def _page_rows(self) -> int:
        return max(1, self.size.height)

    # Drawing

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._layouts.clear()
        self.move_to(self.cursor, always=True)

    def notify_style_update(self) -> None:
        """Forget colours when the theme changes."""
        self._layouts.clear()
        super().notify_style_update()

    def _arrived(self, positions: range) -> None:
        self._layouts.clear()
        # The entry above the screen counts too: it decides whether the first one gets a heading.
        if self.top - 1 < positions.stop and positions.start <= self.top + self._page_rows():
            self._view = None
            self._bring_into_view(forward=True)
        super()._arrived(positions)

    def _place(self) -> int:
        head = (self.cursor, self._head(self.cursor))
        return self._seen().index(head) if head in self._seen() else 0

    def _put_back(self, place: int) -> None:
        self._layouts.clear()
        self._view = None
        self.top, self._top_line = self._walk(self.cursor, self._head(self.cursor), -place)

    def render_line(self, y: int) -> Strip:
        """Draw one line of an entry, or what there is to say about none."""
        height = self.size.height
        if not self.total:
            return self._message_line(y, height)
        view = self._seen()
        if y >= len(view):
            return self._strip([("", self.role_style("plain"))], y, height)
        index, line = view[y]
        pieces = self._lines(index)[line]
        if index != self.cursor or line < self._head(index):
            return self._strip(pieces, y, height)
        bar: Piece = ("▌ ", self.role_style("accent"))
        style = self.cursor_style() if line == self._head(index) else None
        return self._strip([bar, *pieces[1:]], y, height, style)

    def _draw_cursor(self) -> None:
        self._draw_entry(self.cursor)

    def _draw_entry(self, index: int) -> None:
        rows = [
            y for y, (entry, line) in enumerate(self._seen()) if entry == index and line >= self._head(index)
        ]
        if rows:
            self._refresh_lines(rows[0])
            self.refresh(Region(0, rows[0], _BAR, len(rows)))

    def _seen(self) -> list[tuple[int, int]]:
        """The entry and its line on each line of the screen."""
        if self._view is None:
            self._view = []
            index, line = self.top, self._top_line
            while index < (self.total or 0) and len(self._view) < self.size.height:
                self._view += [(index, each) for each in range(line, len(self._lines(index)))]
                index, line = index + 1, 0
            del self._view[self.size.height :]
        return self._view

    def _head(self, index: int) -> int:
        """The position of the title among the lines: after the heading, if there is one."""
        entry = self._windows.row(index)
        before = self._windows.row(index - 1) if index else None
        if entry is None or (index and (before is None or before.group == entry.group)):
            return 0
        return 2 if index else 1

    def _lines(self, index: int) -> list[list[Piece]]:
        lines = self._layouts.get(index)
        if lines is None:
            if len(self._layouts) > _KEPT_LAYOUTS:
                self._layouts.clear()
            lines = self._layouts[index] = self._lay_out(index)
        return lines

    def _lay_out(self, index: int) -> list[list[Piece]]:
        entry = self._windows.row(index)
        plain, faint = self.role_style("plain"), self.role_style("faint")
        if entry is None:
            return [[("  ", plain), ("·", faint)]]
        width = max(10, self.size.width - 1)
        indent = _BAR + self._left + 2 + (3 if entry.mark else 0)
        lines: list[list[Piece]] = []
        if head := self._head(index):
            lines += [[("", plain)]] * (head - 1)
            lines.append([("  ", plain), (safe.fit(entry.group, width - 2), self.role_style("heading"))])
        lines.append(self._title(entry, width, indent))
        margin: list[Piece] = [("  ", plain), (" " * (indent - _BAR), plain)]
        body = safe.wrap(entry.body, width - indent - 1) if entry.body else []
        hidden = len(body) - self._fold if self._fold and len(body) > self._fold + 1 else 0
        for text in body[: len(body) - hidden]:
            lines.append([*margin, (text, plain)])
        if hidden:
            more = ngettext("… {count} more line", "… {count} more lines", hidden).format(count=hidden)
            lines.append([*margin, (safe.fit(more, width - indent), faint)])
        for note in entry.notes:
            text, style = self._styled(note, "faint")
            lines.append([*margin, (safe.fit(text, width - indent), style)])
        return lines

    def _title(self, entry: Entry, width: int, indent: int) -> list[Piece]:
        plain = self.role_style("plain")
        pieces: list[Piece] = [("  ", plain), (safe.fit(entry.left, self._left), plain), ("  ", plain)]
        if entry.mark:
            text, style = self._styled(entry.mark, "accent")
            pieces += [(safe.fit(text, 2), style), (" ", plain)]
        right, right_style = self._styled(entry.right, "faint")
        room = width - indent
        right_width = min(safe.width_of(right), room // 3)
        title, title_style = self._styled(entry.title, "strong")
        pieces.append((safe.fit(title, room - right_width - 2), title_style))
        return [*pieces, ("  ", plain), (safe.fit(right, right_width), right_style)]

    def _styled(self, cell: Cell, usual: str) -> Piece:
        text, role = (cell, usual) if isinstance(cell, str) else cell
        return text, self.role_style(role)
