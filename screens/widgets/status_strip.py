"""The strip of statuses with live counts; the one chosen is the filter and stands in brackets."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from screens import safe


class StatusStrip(Static):
    """Items are (label, count); an item is never broken, so the strip takes the lines it needs."""

    DEFAULT_CSS = """
    StatusStrip { height: auto; padding: 0 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__("", id=id, markup=False)
        self._items: tuple[tuple[str, int], ...] = ()
        self._chosen = 0

    def show(self, items: Sequence[tuple[str, int]], chosen: int) -> None:
        """Show the counts and which item is chosen."""
        if (tuple(items), chosen) != (self._items, self._chosen):
            self._items, self._chosen = tuple(items), chosen
            self._draw()

    def on_resize(self) -> None:
        """Arrange the items in the new width."""
        self._draw()

    def _draw(self) -> None:
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0
        for number, (label, count) in enumerate(self._items):
            chosen = number == self._chosen
            words = safe.plain(f"{label} {count}")
            text = f"[{words}]" if chosen else f" {words} "
            width = safe.width_of(text) + 1
            if used and used + width > self.size.width - 4:
                lines.append([])
                used = 0
            used += width
            style = "$accent bold" if chosen else "" if count else "$text-muted"
            lines[-1] += [(text, style), (" ", "")]
        drawn = [Content.assemble(*line) for line in lines if line]
        self.update(Content("\n").join(drawn) if drawn else "")
