"""The rows of the team: one for each counsellor, with a bar beside the number."""

from collections.abc import Sequence

from kotoutus_tui import text
from kotoutus_tui.casework.workload import Carried, Workload
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.paged_table import Cell, Column, Row

_BAR = 16
_EVEN = 0.10  # within ten per cent of the mean is even


def columns(*, lead: bool) -> tuple[Column, ...]:
    """Return the columns; a counsellor sees numbers of clients, the lead also what they weigh."""
    shown = [
        Column("name", _("Counsellor"), 16, grow=2, most=30, priority=10),
        Column("bar", _("Load"), _BAR + 1, priority=8),
        Column("word", "", 9, priority=7),
        Column("height", _("Points"), 7, align="right", priority=9),
        Column("clients", _("Clients"), max(7, safe.width_of(_("Clients"))), align="right", priority=9),
        Column("new", _("New"), max(4, safe.width_of(_("New"))), align="right", priority=4),
        Column("interpreted", _("Interpreter"), safe.width_of(_("Interpreter")), align="right", priority=3),
        Column("deadlines", _("Due in 30 d"), safe.width_of(_("Due in 30 d")), align="right", priority=5),
        Column("time", _("Hours"), max(5, safe.width_of(_("Hours"))), align="right", priority=6),
        Column("languages", _("Languages"), 10, grow=1, most=24, priority=2),
    ]
    hidden = () if lead else ("word", "height", "deadlines")
    return tuple(column for column in shown if column.id not in hidden)


def rows(workload: Workload, shown: Sequence[Column]) -> list[Row]:
    """Return a row for each counsellor, with a cell for each of these columns."""
    weighed = any(one.points for one in workload.carried)
    loads = [(one.height if weighed else float(one.clients)) or 0.0 for one in workload.carried]
    highest = max(loads, default=0.0)
    open_to_more = [load for load, one in zip(loads, workload.carried, strict=True) if one.colleague.percent]
    mean = sum(open_to_more) / len(open_to_more) if open_to_more else 0.0
    return [
        Row(one.colleague.login, tuple(_cells(one, load, highest, mean)[column.id] for column in shown))
        for one, load in zip(workload.carried, loads, strict=True)
    ]


def bar(share: float, width: int = _BAR) -> str:
    """Return a bar of `width` cells, `share` of it full."""
    return text.bar(round(max(0.0, min(1.0, share)) * width), width)


def _cells(one: Carried, load: float, highest: float, mean: float) -> dict[str, Cell]:
    height = one.height
    return {
        "name": one.colleague.name,
        "bar": bar(load / highest if highest else 0.0),
        "word": _word(one, load, mean),
        "height": "–" if height is None else str(round(height)),
        "clients": str(one.clients),
        "new": str(one.new),
        "interpreted": str(one.interpreted),
        "deadlines": str(one.deadlines),
        "time": f"{one.colleague.percent} %",
        "languages": " ".join(sorted(one.colleague.languages)) or "–",
    }


def _word(one: Carried, load: float, mean: float) -> Cell:
    if one.colleague.away:
        return _("away")
    if not one.colleague.percent:
        return _("no hours")
    if mean and load > mean * (1 + _EVEN):
        return (_("heavy"), "alert")
    if mean and load < mean * (1 - _EVEN):
        return (_("light"), "accent")
    return (_("even"), "faint")
