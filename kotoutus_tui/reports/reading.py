"""What a report says, counted by the database, which keeps every small count to itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from kotoutus_tui.reports import duties
from kotoutus_tui.reports.spans import Span

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Name = Literal["duties", "waits", "clients", "work", "referrals", "guidance"]
NAMES: tuple[Name, ...] = get_args(Name)


@dataclass(frozen=True)
class Count:
    """How often something was counted; None when it is under five or hidden for the sake of one that is.

    `minutes` is the time of advice, else 0.
    """

    cell: str
    many: int | None
    minutes: int | None = 0


@dataclass(frozen=True)
class Group:
    """The counts of one group, the greatest first, the hidden ones last, and what they come to together.

    `kept` is how many of a hundred duties were kept, rounded down to tens; None where it could tell of few.
    """

    report: Name
    part: str
    counts: Sequence[Count]
    total: int | None
    minutes: int | None
    kept: int | None = None


@dataclass(frozen=True)
class Wait:
    """How many clients waited for something and how long, in days: half of them, and nine in ten, at most."""

    what: str
    many: int
    middle: int
    most: int | None


@dataclass(frozen=True)
class Report:
    """Everything that is reported of one span."""

    span: Span
    groups: Sequence[Group]
    waits: Sequence[Wait]

    def group(self, report: Name, part: str) -> Group | None:
        """Return one group; None when nothing of it was counted."""
        return next((g for g in self.groups if (g.report, g.part) == (report, part)), None)


async def read(db: "Database", span: Span) -> Report:
    """Return the report of a span; reading it leaves an entry in the log of use."""
    async with db.reading_fast() as connection:
        cells = await (
            await connection.execute(_REPORT, (span.first, span.last, duties.as_json()))
        ).fetchall()
        waits = await (await connection.execute(_WAITS, (span.first, span.last))).fetchall()
    await db.call("log_use", "list", f"report {span.code}", len(cells))
    found: dict[tuple[Name, str], list[Count]] = {}
    totals: dict[tuple[Name, str], tuple[int | None, int | None, int | None]] = {}
    for report, part, cell, total, many, minutes, share in cells:
        if total:
            totals[report, part] = (many, minutes, share)
        else:
            found.setdefault((report, part), []).append(Count(cell, many, minutes))
    groups = [
        Group(report, part, sorted(counts, key=_order), *totals[report, part])
        for (report, part), counts in found.items()
    ]
    groups.sort(key=lambda g: (NAMES.index(g.report), g.part))
    return Report(span, groups, [Wait(*row) for row in waits])


def _order(count: Count) -> tuple[bool, int, str]:
    return count.many is None, -(count.many or 0), count.cell


_REPORT = "select * from api.team_report(%s, %s, %s)"
_WAITS = "select * from api.team_waits(%s, %s)"
