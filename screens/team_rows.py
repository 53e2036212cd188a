"""The rows of the team: one for each counsellor, with a bar beside the number."""

from collections.abc import Mapping, Sequence

from kotoutus_tui import text
from kotoutus_tui.casework.workload import Carried, Trend, Workload
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.paged_table import Cell, Column, Row

_BAR = 16
_STEPS = "▁▂▃▄▅▆▇"
_NO_TREND = Trend(0, ())
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
        Column("ending", _("Ends in 90 d"), safe.width_of(_("Ends in 90 d")), align="right", priority=2),
        Column("trend", _("12 weeks"), 18, priority=3),
        Column("time", _("Hours"), max(5, safe.width_of(_("Hours"))), align="right", priority=6),
        Column("languages", _("Languages"), 10, grow=1, most=24, priority=2),
    ]
    hidden = () if lead else ("word", "height", "deadlines")
    return tuple(column for column in shown if column.id not in hidden)


def rows(workload: Workload, trends: Mapping[str, Trend], shown: Sequence[Column]) -> list[Row]:
    """Return a row for each counsellor, with a cell for each of these columns."""
    weighed = any(one.points for one in workload.carried)
    loads = [(one.height if weighed else float(one.clients)) or 0.0 for one in workload.carried]
    highest = max(loads, default=0.0)
    open_to_more = [load for load, one in zip(loads, workload.carried, strict=True) if one.colleague.percent]
    mean = sum(open_to_more) / len(open_to_more) if open_to_more else 0.0
    return [
        Row(one.colleague.login, tuple(cells[column.id] for column in shown))
        for one, load in zip(workload.carried, loads, strict=True)
        if (cells := _cells(one, load, highest, mean, trends.get(one.colleague.login, _NO_TREND)))
    ]


def bar(share: float, width: int = _BAR) -> str:
    """Return a bar of `width` cells, `share` of it full."""
    return text.bar(round(max(0.0, min(1.0, share)) * width), width)


def course(trend: Trend) -> str:
    """Return the weeks as steps between the least and the most, and the change as a number."""
    if not trend.weeks:
        return ""
    least, most = min(trend.weeks), max(trend.weeks)
    steps = "".join(
        _STEPS[round((many - least) / (most - least) * (len(_STEPS) - 1)) if most > least else 0]
        for many in trend.weeks
    )
    return f"{steps} {trend.change:+d}"


def _cells(one: Carried, load: float, highest: float, mean: float, trend: Trend) -> dict[str, Cell]:
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
        "ending": str(trend.ending),
        "trend": course(trend),
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
