"""The columns of a table and how they give way when the terminal is narrow."""

from collections.abc import Sequence
from dataclasses import dataclass

from screens.safe import Align

GAP = 2


@dataclass(frozen=True)
class Column:
    """One column; `title` is in the language in use.

    `width` is what it needs, `grow` its share of the room left over up to `most` cells. When there is
    not enough room the columns with the lowest `priority` go first.
    """

    id: str
    title: str
    width: int
    grow: int = 0
    most: int = 60
    align: Align = "left"
    priority: int = 5


@dataclass(frozen=True)
class Placed:
    """A column that is shown: its position in the row's cells and its width now."""

    index: int
    column: Column
    width: int


def place(columns: Sequence[Column], room: int) -> tuple[Placed, ...]:
    """Return the columns that fit into `room` cells, in their order, using all the room they may."""
    kept: list[int] = []
    used = -GAP
    for index in sorted(range(len(columns)), key=lambda i: (-columns[i].priority, i)):
        needed = columns[index].width + GAP
        if kept and used + needed > room:
            continue
        kept.append(index)
        used += needed
    widths = {index: min(columns[index].width, max(1, room)) for index in kept}
    _share(columns, widths, room - used)
    return tuple(Placed(index, columns[index], widths[index]) for index in sorted(widths))


def _share(columns: Sequence[Column], widths: dict[int, int], spare: int) -> None:
    while spare > 0:
        growing = [i for i in widths if columns[i].grow and widths[i] < columns[i].most]
        weight = sum(columns[i].grow for i in growing)
        if not weight:
            return
        given = 0
        for i in growing:
            more = min(columns[i].most - widths[i], max(1, spare * columns[i].grow // weight), spare - given)
            widths[i] += more
            given += more
        spare -= given
