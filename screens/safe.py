"""The only door from data to widgets: text is cleaned here and its markup is never interpreted.

    Static(safe.line(client.name))          one line, line breaks become blanks
    Static(safe.prose(note.text))           several lines
    safe.fit(client.name, 20)               exactly 20 cells, cut with "…", for a row drawn by hand
    safe.wrap(note.text, 60)                the lines of a text, none wider than 60 cells

Input and TextArea take a plain string, because they never read markup: give them `safe.plain`.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from kotoutus_tui.text import visible

ELLIPSIS = "…"
# The longest emoji of a family is 11 code points; more marks on one letter are an attack on the line.
_LONGEST_CLUSTER = 12
_BREAKS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))
_TAB = str.maketrans("\t", " ")

Align = Literal["left", "right"]


def plain(text: str) -> str:
    """Return one line of text without codes that could act on the terminal; line breaks become blanks."""
    return text if text.isascii() and text.isprintable() else visible(text.translate(_BREAKS))


def plain_prose(text: str) -> str:
    """Return text of several lines without codes that could act on the terminal; tabs become blanks."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n").translate(_TAB), prose=True)


def line(text: str) -> Content:
    """Return one line to give to any widget."""
    return Content(plain(text))


def prose(text: str) -> Content:
    """Return text of several lines to give to any widget."""
    return Content(plain_prose(text))


@lru_cache(maxsize=16384)
def fit(text: str, width: int, align: Align = "left") -> str:
    """Return one line that is exactly `width` cells wide: padded with blanks or cut with "…".

    Double-width letters and letters built from several code points are never cut in the middle.
    """
    if width <= 0:
        return ""
    shown = plain(text)
    if shown.isascii():
        length = len(shown)
        if length > width:
            return f"{shown[: width - 1]}{ELLIPSIS}"
        return shown.rjust(width) if align == "right" else shown.ljust(width)
    kept = ""
    length = 0
    for cluster, size in _clusters(shown):
        if length + size > width:
            # Room for the ellipsis is made by taking back clusters, since one may be two cells wide.
            kept, length = _head(shown, width - 1)
            kept, length = f"{kept}{ELLIPSIS}", length + 1
            break
        kept, length = kept + cluster, length + size
    blanks = " " * (width - length)
    return blanks + kept if align == "right" else kept + blanks


def cell(text: str, width: int, style: Style | None = None, align: Align = "left") -> Segment:
    """Return a piece of a line drawn by hand, exactly `width` cells wide."""
    return Segment(fit(text, width, align), style)


def width_of(text: str) -> int:
    """Return how many cells one line of text takes on the screen."""
    shown = plain(text)
    return len(shown) if shown.isascii() else cell_len(shown)


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text broken between words, none wider than `width` cells (at least 2)."""
    lines: list[str] = []
    width = max(2, width)  # one letter may take two cells
    for paragraph in plain_prose(text).split("\n"):
        lines.extend(_wrap_paragraph(paragraph.rstrip(), width))
    return lines


class ControlFilter(LineFilter):
    """The second line of defence: deletes terminal and bidi control codes from every line drawn."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 (Textual's)
        """Return the segments without such codes; the width of a line does not change."""
        for text, _style, _control in segments:
            if not text.isprintable():
                break
        else:
            return segments
        return [
            segment if segment.text.isprintable() else Segment(visible(segment.text), segment.style)
            for segment in segments
        ]


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    for start, end, size in split_graphemes(text)[0]:
        yield text[start : min(end, start + _LONGEST_CLUSTER)], size


def _head(text: str, width: int) -> tuple[str, int]:
    kept, length = "", 0
    for cluster, size in _clusters(text):
        if length + size > width:
            break
        kept, length = kept + cluster, length + size
    return kept, length


def _wrap_paragraph(paragraph: str, width: int) -> Iterator[str]:
    line_text, line_width = "", 0
    for word in paragraph.split(" "):
        size = len(word) if word.isascii() else cell_len(word)
        if line_text and line_width + 1 + size <= width:
            line_text, line_width = f"{line_text} {word}", line_width + 1 + size
            continue
        if line_text:
            yield line_text
        rest = word
        while size > width:
            head, taken = _head(rest, width)
            yield head
            rest, size = rest[len(head) :], size - taken
        line_text, line_width = rest, size
    yield line_text
