"""What a table of rows and a stream of events share: a long list drawn line by line, with one cursor."""

from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.widgets.scroll_bar import scroll_bar
from screens.widgets.windows import Keyed, Source, Windows

Role = Literal["plain", "strong", "faint", "accent", "alert"]
Cell = str | tuple[str, Role]
Piece = tuple[str, Style]

T = TypeVar("T", bound=Keyed)

_PATIENCE = 0.15  # seconds until a list says that it is being read


class LineList(Widget, Generic[T], can_focus=True):
    """The base of PagedTable and EventList; `empty` is the sentence shown when there is nothing.

    Only lines that change are drawn again, only rows that are looked at are fetched. The last column is the
    list's own scroll bar.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--plain",
        "line--strong",
        "line--faint",
        "line--accent",
        "line--alert",
        "line--heading",
        "line--cursor",
        "line--cursor-blurred",
    }
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        width: 1fr;
        & > .line--strong { text-style: bold; }
        & > .line--faint { color: $text-muted; }
        & > .line--accent { color: $accent; }
        & > .line--alert { color: $error; text-style: bold; }
        & > .line--heading { color: $text-muted; text-style: bold; }
        & > .line--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .line--cursor-blurred { background: $block-cursor-blurred-background; color: $foreground; }
        &:ansi > .line--faint, &:ansi > .line--heading { color: ansi_default; text-style: dim; }
        &:ansi > .line--cursor { text-style: reverse; color: ansi_default; background: ansi_default; }
        &:ansi > .line--cursor-blurred { text-style: bold; color: ansi_default; background: ansi_default; }
    }
    """
    BINDINGS = keys.bindings("list")

    @dataclass
    class Moved(Message):
        """The cursor stands on another row; `key` is None in an empty list or while it is being read."""

        list: "LineList[Any]"
        key: str | None

        def can_replace(self, message: Message) -> bool:
            """While a key is held down only the last place counts."""
            return isinstance(message, LineList.Moved) and message.list is self.list

        @property
        def control(self) -> "LineList[Any]":
            """The list, for `@on(LineList.Moved, "#clients")`."""
            return self.list

    @dataclass
    class Opened(Message):
        """Enter, or a second click, on a row."""

        list: "LineList[Any]"
        key: str

        @property
        def control(self) -> "LineList[Any]":
            """The list, for `@on(LineList.Opened, "#clients")`."""
            return self.list

    @dataclass
    class Failed(Message):
        """The rows could not be read; the base screen tells about it."""

        list: "LineList[Any]"
        error: Exception

    @dataclass
    class Loaded(Message):
        """Rows were read anew; `list.total` is up to date."""

        list: "LineList[Any]"

        @property
        def control(self) -> "LineList[Any]":
            """The list, for `@on(LineList.Loaded, "#clients")`."""
            return self.list

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.empty = empty
        self.cursor = 0
        self.top = 0
        self._windows: Windows[T] = Windows(self._arrived, self._fetch_failed)
        self._source: Source[T] | None = None
        self._slow = False
        self._loads = 0
        self._told: str | None = None
        self._styles_by_role: dict[str, Style] = {}

    # What a screen uses

    @property
    def total(self) -> int | None:
        """How many rows there are; None until the first ones are read."""
        return self._windows.total

    @property
    def cursor_row(self) -> T | None:
        """The row under the cursor, None while it is not there."""
        return self._windows.row(self.cursor)

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor."""
        return row.key if (row := self.cursor_row) is not None else None

    @property
    def settled(self) -> bool:
        """Whether everything on the screen has been read."""
        return not self._loads and not self._windows.busy and self.total is not None

    def show(self, source: Source[T], at: str | None = None) -> None:
        """Show another filter or order; the cursor goes to the row `at`, or to the first."""
        self._source = source
        self.cursor = self.top = 0
        self._start_load(at, keep=False)

    def reload(self) -> None:
        """Read the same again; cursor, scroll and selection stay with their rows."""
        if self._source is not None:
            self._start_load(self.cursor_key, keep=True)

    def keep_showing(self, source: Source[T], first: str | None = None) -> None:
        """Show a source, at first with the cursor on the row `first`; afterwards read it again."""
        if self.total is None:
            self.show(source, first)
        else:
            self.reload()

    # Reading

    def _start_load(self, key: str | None, keep: bool) -> None:
        self._loads += 1
        if self.total is None:
            self.set_timer(_PATIENCE, self._grown_slow)
        self._run(self._load(key, keep))

    async def _load(self, key: str | None, keep: bool) -> None:
        source = self._source
        place = self._place() if keep else 0
        try:
            found = await self._windows.restart(source, self.top, self.top + self._page_rows(), key)
        except Exception as error:
            self.post_message(self.Failed(self, error))
            return
        finally:
            self._loads -= 1
        if source is not self._source:
            return
        if found is not None:
            self.cursor = found
            self._put_back(place)
        self.move_to(self.cursor, always=True)
        self.post_message(self.Loaded(self))

    def _place(self) -> int:
        return self.cursor - self.top

    def _put_back(self, place: int) -> None:
        self.top = max(0, self.cursor - place)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, group="rows", exit_on_error=False)

    def _grown_slow(self) -> None:
        if self.total is None:
            self._slow = True
            self.refresh()

    def _arrived(self, positions: range) -> None:
        # Rows read ahead are not on the screen yet: drawing it again would be bytes for nothing.
        if self.top < positions.stop and positions.start <= self.top + self._page_rows():
            self.refresh()
        self._tell_moved()

    def _tell_moved(self) -> None:
        if (key := self.cursor_key) != self._told:
            self._told = key
            self.post_message(self.Moved(self, key))

    def _fetch_failed(self, error: Exception) -> None:
        self.post_message(self.Failed(self, error))

    def _want_rows(self) -> None:
        self._windows.want(self.top, self.top + self._page_rows(), self._run)

    # For the kinds of list to fill in

    def _page_rows(self) -> int:
        """How many rows a page has."""
        raise NotImplementedError

    def move_to(self, index: int, *, always: bool = False) -> None:
        """Put the cursor on the row at this position; `always` draws the whole list again."""
        raise NotImplementedError

    # Keys and mouse

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if (key := self.cursor_key) is not None:
            self.post_message(self.Opened(self, key))

    def action_up(self) -> None:
        """One row up."""
        self.move_to(self.cursor - 1)

    def action_down(self) -> None:
        """One row down."""
        self.move_to(self.cursor + 1)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to((self.total or 1) - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        event.stop()
        self.move_to(self.cursor + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        event.stop()
        self.move_to(self.cursor - 3)

    def on_focus(self) -> None:
        """The cursor is drawn stronger in the list that has the keys."""
        self._draw_cursor()

    def on_blur(self) -> None:
        """The cursor is drawn weaker in a list without the keys."""
        self._draw_cursor()

    def on_resize(self) -> None:
        """Keep the cursor in sight; what has a new size is drawn anew without being asked."""
        self.move_to(self.cursor)

    # Drawing

    def _draw_cursor(self) -> None:
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget colours when the theme changes."""
        self._styles_by_role.clear()
        super().notify_style_update()

    def role_style(self, role: str) -> Style:
        """Return the colours of a role: plain, strong, faint, accent, alert, heading, cursor."""
        style = self._styles_by_role.get(role)
        if style is None:
            style = self._styles_by_role[role] = self.get_component_rich_style(f"line--{role}")
        return style

    def cursor_style(self) -> Style:
        """Return the colours of the cursor's line, stronger while the list has the keys."""
        return self.role_style("cursor" if self.has_focus else "cursor-blurred")

    def _refresh_lines(self, first: int, count: int = 1) -> None:
        # The scroll bar's column is left out: it changes only when the list scrolls.
        self.refresh(Region(0, first, max(1, self.size.width - 1), count))

    def _strip(self, pieces: list[Piece], y: int, height: int, style: Style | None = None) -> Strip:
        """Return a line made of pieces already cut to width; neighbours of one style are one piece.

        Every change of style costs about forty bytes on the wire.
        """
        segments: list[Segment] = []
        width = 0
        text, current = "", None
        for piece, own in pieces:
            wanted = own if style is None else style
            if wanted is not current and text:
                segments.append(Segment(text, current))
                text = ""
            text, current = text + piece, wanted
            width += safe.width_of(piece)
        blanks = max(0, self.size.width - 1 - width)
        if text or blanks:
            segments.append(Segment(text + " " * blanks, current))
        bar = scroll_bar(y, height, self.top, self.total or 0, self._page_rows())
        segments.append(Segment(bar, self.role_style("faint")))
        return Strip(segments, self.size.width)

    def _message_line(self, y: int, height: int) -> Strip:
        text = ""
        if self.total == 0:
            text = self.empty
        elif self.total is None and self._slow:
            text = _("Reading …")
        shown = text if y == 1 else ""
        faint = self.role_style("faint")
        return self._strip([("  ", faint), (safe.fit(shown, max(0, self.size.width - 3)), faint)], y, height)
