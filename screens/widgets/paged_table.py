"""A table of any length: columns that give way, one cursor, rows fetched as they are looked at.

    table = PagedTable(COLUMNS, empty=_("No clients."), id="clients")
    table.show(source)                  a filter in an order; see Source in windows.py
    table.reload()                      after a change: cursor, scroll and selection stay
    table.cursor_key, .cursor_row, .selected, .total
    @on(PagedTable.Opened), Moved, Loaded, SelectionChanged, all with `.list`

A row's cells are plain data, `"text"` or `("text", role)`; they are cleaned here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from screens import keys, safe
from screens.widgets.columns import GAP, Column, Placed, place
from screens.widgets.line_list import Cell, LineList, Piece
from screens.widgets.windows import Page, RowsInMemory, Source

__all__ = ["Cell", "Column", "Page", "PagedTable", "Row", "RowsInMemory", "Source"]

_MARGIN = 2  # the cursor's bar and the mark of a selected row


@dataclass(frozen=True)
class Row:
    """One row: a key that stays the same, and a cell for every column (also for those not shown)."""

    key: str
    cells: Sequence[Cell]


class PagedTable(LineList[Row]):
    """A table whose rows are read in windows; see the module for its use."""

    BINDINGS = keys.bindings("table")
    COMPONENT_CLASSES: ClassVar[set[str]] = set()

    @dataclass
    class SelectionChanged(Message):
        """Rows were selected with space, or the selection was taken off."""

        list: "PagedTable"

        @property
        def control(self) -> "PagedTable":
            """The table, for `@on(PagedTable.SelectionChanged, "#clients")`."""
            return self.list

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        selects: bool = True,
        id: str | None = None,  # noqa: A002 (Textual's word)
    ) -> None:
        super().__init__(empty=empty, id=id)
        self._selects = selects
        self._columns = tuple(columns)
        self._arranged: tuple[int, tuple[Placed, ...]] = (-1, ())
        self.selected: frozenset[str] = frozenset()
        self._drawn: tuple[int, int | None, int] = (0, None, 0)  # top, total and cursor
        self._before: dict[int, list[Cell]] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, shown or not."""
        return self._columns

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns there is room for now."""
        return tuple(each.column for each in self._placed)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the next rows must have cells for these, so `show` or `reload` after it."""
        self._columns = tuple(columns)
        self._arranged = (-1, ())
        self.refresh()

    def select(self, keys: frozenset[str]) -> None:
        """Select exactly these rows."""
        if keys != self.selected:
            self.selected = keys
            self.post_message(self.SelectionChanged(self))
            self.refresh()

    def move_to(self, index: int, *, always: bool = False) -> None:
        """Put the cursor on the row at this position, or the nearest there is.

        Past the edge the table jumps by half a page: a scroll by one line would send the whole screen
        for every key.
        """
        page = self._page_rows()
        last = max(0, (self.total or 0) - 1)
        wanted = max(0, min(index, last))
        step, self.cursor = wanted - self.cursor, wanted
        if not self.top <= self.cursor < self.top + page:
            near = abs(step) <= page
            self.top = self.cursor - (page // 2 if near else 0 if step < 0 else page - 1)
        self.top = max(0, min(self.top, last - page + 1))
        self._draw_changes(always=always)
        self._want_rows()
        self._tell_moved()

    def _draw_changes(self, *, always: bool) -> None:
        (old_top, old_total, old_cursor), self._drawn = self._drawn, (self.top, self.total, self.cursor)
        moved = (self.top, self.total) != (old_top, old_total)
        # Without rows there is a sentence, which may be another one now.
        if moved or (always and (self._before is None or not self.total)):
            self.refresh()
            return
        changed = {old_cursor, self.cursor} if self.cursor != old_cursor else set[int]()
        if always and self._before is not None:
            now = self._cells_on_screen()
            changed |= {
                index
                for index in now.keys() | self._before.keys()
                if now.get(index) != self._before.get(index)
            }
        for index in changed:
            self._refresh_lines(index - self.top + 1)

    async def _load(self, key: str | None, keep: bool) -> None:
        # A change elsewhere concerns one row of forty, and only its line is sent.
        self._before = self._cells_on_screen()
        try:
            await super()._load(key, keep)
        finally:
            self._before = None

    def _cells_on_screen(self) -> dict[int, list[Cell]]:
        rows = ((index, self._windows.row(index)) for index in range(self.top, self.top + self._page_rows()))
        return {index: [row.key, *row.cells] for index, row in rows if row is not None}

    # Keys and mouse

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether rows can be selected here; where not, the key is the screen's."""
        return action != "select" or self._selects

    def action_select(self) -> None:
        """Select the row or take the selection off, and go on to the next one."""
        if (key := self.cursor_key) is None:
            return
        self.selected = self.selected ^ {key}
        self._draw_cursor()
        self.post_message(self.SelectionChanged(self))
        self.move_to(self.cursor + 1)

    def action_page_up(self) -> None:
        """One page up."""
        self._turn_page(-1)

    def action_page_down(self) -> None:
        """One page down."""
        self._turn_page(1)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row; a second click opens it."""
        index = self.top + event.y - 1
        if event.y >= 1 and index < (self.total or 0):
            self.move_to(index)
            if event.chain == 2:
                self.action_open()

    def _turn_page(self, direction: int) -> None:
        step = direction * max(1, self._page_rows() - 1)
        self.top = max(0, self.top + step)
        self.move_to(self.cursor + step, always=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line: the headings, a row, or what there is to say about no rows."""
        height = self.size.height
        if y == 0:
            style = self.role_style("heading")
            titles = (safe.fit(each.column.title, each.width, each.column.align) for each in self._placed)
            text = " " * _MARGIN + (" " * GAP).join(titles)
            return self._strip([(text, style)], y, height)
        index = self.top + y - 1
        if not self.total:
            return self._message_line(y - 1, height)
        if index >= self.total:
            return self._strip([("", self.role_style("plain"))], y, height)
        return self._row_line(index, y, height)

    def _row_line(self, index: int, y: int, height: int) -> Strip:
        row = self._windows.row(index)
        at_cursor = index == self.cursor
        plain = self.role_style("plain")
        selected = row is not None and row.key in self.selected
        pieces: list[Piece] = [
            ("▌" if at_cursor else " ", plain),
            ("*" if selected else " ", self.role_style("accent") if selected else plain),
        ]
        for position, each in enumerate(self._placed):
            cell: Cell = ("·", "faint")
            if row is not None:
                cell = row.cells[each.index] if each.index < len(row.cells) else ""
            pieces += self._cell_pieces(cell, each, plain)
            if position < len(self._placed) - 1:
                pieces.append((" " * GAP, plain))
        return self._strip(pieces, y, height, self.cursor_style() if at_cursor else None)

    def _cell_pieces(self, cell: Cell, placed: Placed, plain: Style) -> list[Piece]:
        text, role = (cell, "plain") if isinstance(cell, str) else cell
        fitted = safe.fit(text, placed.width, placed.column.align)
        if role == "plain":
            return [(fitted, plain)]
        # Blanks need no colour of their own: they join the plain text beside them.
        bare = fitted.strip(" ")
        before = fitted.index(bare)
        after = len(fitted) - before - len(bare)
        return [(" " * before, plain), (bare, self.role_style(role)), (" " * after, plain)]

    def _draw_cursor(self) -> None:
        self._refresh_lines(self.cursor - self.top + 1)

    def _page_rows(self) -> int:
        return max(1, self.size.height - 1)

    @property
    def _placed(self) -> tuple[Placed, ...]:
        # Asked while drawing: the message that the size has changed comes only after the first frame in it.
        room = self.size.width - _MARGIN - 1
        if self._arranged[0] != room:
            self._arranged = (room, place(self._columns, room))
        return self._arranged[1]
