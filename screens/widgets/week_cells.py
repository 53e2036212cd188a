"""What stands in a cell of the week: the appointments of a day at the same time, beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kotoutus_tui.calendar.week import Placed, Shape
from kotoutus_tui.i18n import format_time
from screens import safe

_EDGE = "│"
_LEAST_LANE = 6
_LEAST_HEAD = 16

Cell = tuple[str, int, str]  # a text, its width and its role


@dataclass(frozen=True)
class Block:
    """An appointment in the grid: `head` and, at its right end, `mark` in the first line, `more` under it."""

    key: str
    starts_at: datetime
    ends_at: datetime
    head: str
    mark: str = ""
    more: Sequence[str] = ()


@dataclass(frozen=True)
class Week:
    """What a week holds; `notes` say in words why nobody works on a day."""

    monday: date
    blocks: Sequence[Block] = ()
    notes: Mapping[date, str] = field(default_factory=dict[date, str])
    today: date | None = None


def filled(
    there: Sequence[Placed],
    blocks: Sequence[Block],
    grid: Shape,
    row: int,
    width: int,
    chosen: Placed | None,
) -> list[Cell]:
    """Return one line of a cell in which something stands; `chosen` is what the cursor is on."""
    lanes = min(there[0].lanes, max(1, (width - 1) // _LEAST_LANE))
    room = (width - 1) // lanes
    cells: list[Cell] = []
    for lane in range(lanes):
        # Where there is no room for all, the last lane holds the rest and tells how many.
        found = [each for each in there if min(each.lane, lanes - 1) == lane]
        size = room if lane < lanes - 1 else width - 1 - room * (lanes - 1)
        if not found:
            cells.append(("", size, "plain"))
            continue
        each = chosen if chosen is not None and chosen in found else found[0]
        text = _text(blocks[each.index], each, grid, row, size, len(found) - 1)
        cells.append((text, size, "cursor" if each == chosen else "block"))
    return [*cells, ("", 1, "plain")]


def _text(block: Block, placed: Placed, grid: Shape, row: int, width: int, hidden: int) -> str:
    line = row - max(0, placed.top)
    mark = f"+{hidden}" if hidden else block.mark if not line else ""
    more = block.more
    least = _LEAST_HEAD if placed.end - max(0, placed.top) > 1 else _LEAST_HEAD // 2
    if block.mark and width - safe.width_of(block.mark) < least:
        # In a narrow column the mark goes to the second line, so that the first can be read.
        mark, more = "" if mark == block.mark else mark, [block.mark, *more]
    if line:
        text = more[line - 1] if line <= len(more) else ""
    else:
        begins = block.starts_at.time()
        text = block.head if begins == grid.start_of(row) else f"{format_time(begins)} {block.head}"
    room = width - len(_EDGE) - (safe.width_of(mark) + 1 if mark else 0)
    return f"{_EDGE}{safe.fit(text, room)}{' ' + mark if mark else ''}"
