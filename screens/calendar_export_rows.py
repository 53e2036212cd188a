"""The rows of the hand-over: what a colleague sees, and what is to be deleted by hand."""

from collections.abc import Sequence
from datetime import datetime

from kotoutus_tui.calendar.preview import STATES, Shown
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import _, format_day, format_time
from screens import safe
from screens.widgets.paged_table import Cell, Column, Row


def columns() -> tuple[Column, ...]:
    """Return the columns of what a colleague sees."""
    states = max(safe.width_of(_(each)) for each in STATES.values())
    return (
        Column("day", _("Day"), 14, priority=10),
        Column("time", _("Time"), 13, priority=10),
        Column("title", _("A colleague sees"), 18, grow=2, most=50, priority=9),
        Column("place", _("Place"), 10, grow=1, most=24, priority=5),
        Column("series", "", max(1, safe.width_of(_("series"))), priority=4),
        Column("state", _("Outlook"), states, priority=8),
    )


def rows(shown: Sequence[Shown]) -> list[Row]:
    """Return a row for each appointment."""
    return [Row(str(each.id), _cells(each)) for each in shown]


def deletion_columns() -> tuple[Column, ...]:
    """Return the columns of what is to be deleted."""
    return (Column("day", _("Day"), 14, priority=10), Column("time", _("Time"), 8, grow=1, priority=10))


def deletion_rows(moments: Sequence[datetime]) -> list[Row]:
    """Return a row for each moment; the keys count them, since two may be equal."""
    found: list[Row] = []
    for number, moment in enumerate(moments):
        local = moment.astimezone(HELSINKI)
        found.append(Row(str(number), (_day(local), format_time(local))))
    return found


def _cells(each: Shown) -> Sequence[Cell]:
    role = {"changed": "accent", "deleted": "alert", "sent": "faint"}.get(each.state, "plain")
    state: Cell = (_(STATES[each.state]), role)  # type: ignore[assignment]
    return (
        _day(each.starts_at), f"{format_time(each.starts_at)}–{format_time(each.ends_at)}", each.title,
        each.place, _("series") if each.repeats else "", state,
    )  # fmt: skip


def _day(moment: datetime) -> str:
    return f"{format_day(moment.date())}{moment.year}"
