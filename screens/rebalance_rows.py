"""A proposal as rows and lines: the moves, the curve of moves against balance, the loads."""

from collections.abc import Mapping, Sequence

from kotoutus_tui.casework import rebalancing, rebalancing_words
from kotoutus_tui.i18n import _, ngettext
from kotoutus_tui.rebalance.plan import Plan
from kotoutus_tui.rebalance.reasons import Explanation
from screens import safe
from screens.widgets.paged_table import Column, Row

_STEPS = "▁▂▃▄▅▆▇█"
_POINT = 6  # cells of one point of the curve


def columns() -> tuple[Column, ...]:
    """Return the columns of the moves."""
    return (
        Column("name", _("Client"), 18, grow=2, most=34, priority=10),
        Column("from", _("From"), 12, grow=1, most=22, priority=8),
        Column("to", _("To"), 12, grow=1, most=22, priority=9),
        Column("why", _("Why"), 24, grow=5, most=120, priority=3),
    )


def move_row(explanation: Explanation, names: Mapping[str, str], staff: Mapping[str, str]) -> Row:
    """Return the row of a move that is in the proposal."""
    move = explanation.move
    origins = {staff.get(origin, origin) if origin else "–" for origin in move.origins}
    why = rebalancing_words.why(explanation, staff)
    return Row(
        move.clients[0],
        (_clients(move.clients, names), ", ".join(sorted(origins)), staff.get(move.to, move.to), why),
    )


def left_out_row(clients: Sequence[str], names: Mapping[str, str], origin: str) -> Row:
    """Return the row of a move that the lead left out."""
    stays = _("Left out; stays here.")
    return Row(clients[0], ((_clients(clients, names), "faint"), (origin, "faint"), "", (stays, "faint")))


def summary(plan: Plan, left_out: int) -> str:
    """Return what the proposal does, in one line."""
    before = max((load.height or 0 for load in plan.loads_before), default=0)
    moved = sum(len(move.clients) for move in plan.moves)
    parts = [
        ngettext("{count} client moves", "{count} clients move", moved).format(count=moved),
        _("highest load {before} → {after} points").format(before=round(before), after=round(plan.worst)),
        _("no proposal goes below {bound}").format(bound=round(plan.bound)),
    ]
    if left_out:
        parts.append(ngettext("{count} left out", "{count} left out", left_out).format(count=left_out))
    return " · ".join(parts)


def loads(plan: Plan, staff: Mapping[str, str]) -> str:
    """Return the load of each before and after, in one line."""
    shown = rebalancing.loads(plan).items()
    return "  ".join(
        f"{staff.get(login, login)} {_number(was)}→{_number(now)}" for login, (was, now) in shown
    )


def curve(plan: Plan, chosen: int, room: int) -> tuple[str, str]:
    """Return the curve of worst load against moves as a line of bars and a line of numbers of moves.

    The knee has a star, the point chosen stands in brackets; as many points as there is room for.
    """
    points = list(enumerate(plan.frontier))
    most = max(1, room // _POINT)
    if len(points) > most:
        begin = max(0, min(chosen - most // 2, len(points) - most))
        points = points[begin : begin + most]
    worst = max((point.worst for point in plan.frontier), default=0.0)
    best = min((point.worst for point in plan.frontier), default=0.0)
    bars = numbers = ""
    for place, point in points:
        share = (point.worst - best) / (worst - best) if worst > best else 0.0
        bars += safe.fit(f" {_STEPS[round(share * (len(_STEPS) - 1))] * 3}", _POINT)
        number = f"{point.moves}{'*' if point.knee else ''}"
        numbers += safe.fit(f"[{number}]" if place == chosen else f" {number}", _POINT)
    return bars, numbers


def _clients(clients: Sequence[str], names: Mapping[str, str]) -> str:
    first = names.get(clients[0], "–")
    if len(clients) == 1:
        return first
    others = len(clients) - 1
    more = ngettext("and {count} other", "and {count} others", others).format(count=others)
    return f"{first} {more}"


def _number(height: float | None) -> str:
    return "–" if height is None else str(round(height))
