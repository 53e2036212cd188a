"""`kotoutus reception`: the open steps of the households that arrive, as plain lines or JSON."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kotoutus_tui import clock
from kotoutus_tui.casework.caseload_words import day_of
from kotoutus_tui.casework.reception import board, words
from kotoutus_tui.casework.reception.board import SCOPES
from kotoutus_tui.casework.reception.household import Arrival, Step
from kotoutus_tui.casework.reception.risk import AT_RISK, State, states
from kotoutus_tui.cli import output
from kotoutus_tui.cli.listing import listed
from kotoutus_tui.i18n import _


@dataclass(frozen=True)
class _Row:
    arrival: Arrival
    step: Step
    state: State


def add_arguments(parser: ArgumentParser) -> None:
    """Add which arrivals and steps, and the form of the output."""
    parser.add_argument(
        "--scope",
        choices=SCOPES,
        default="board",
        help=_("which arrivals: the next 60 days and those under way (board), or others"),
    )
    parser.add_argument("--at-risk", action="store_true", help=_("only steps that are late or held up"))
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--plain", action="store_true", help=_("one line a step, a word before each value"))
    forms.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Print the open steps, the earliest first; the listing leaves an entry in the log of use."""
    found = asyncio.run(
        listed(arguments.settings.database, "reception", lambda db: board.arrivals(db, arguments.scope))
    )
    rows = [row for row in _rows(found, clock.today()) if row.state in AT_RISK or not arguments.at_risk]
    if arguments.json:
        output.print_json([_as_json(row) for row in rows])
    elif not rows:
        output.say(_("No open steps."))
    elif arguments.plain:
        for row in rows:
            output.say(_plain_line(row))
    else:
        headings = (_("Due"), _("Step"), _("Who does it"), _("Whose"), _("Arrival"), _("State"))
        output.print_table(headings, [_cells(row) for row in rows])
    return 0


def _rows(found: Sequence[Arrival], today: date) -> list[_Row]:
    rows = [
        _Row(arrival, step, state_of[step.id])
        for arrival in found
        for state_of in [states(arrival.steps, today)]
        for step in arrival.steps
        if step.open
    ]
    return sorted(rows, key=lambda row: row.step.due_on)


def _whose(row: _Row) -> str:
    person = next((each for each in row.arrival.people if each.client_id == row.step.client_id), None)
    return words.name_of(person)


def _blocker(row: _Row) -> Step | None:
    blocker = row.arrival.step(row.step.blocked_by) if row.step.blocked_by else None
    return blocker if blocker is not None and blocker.open else None


def _cells(row: _Row) -> tuple[object, ...]:
    step = row.step
    return (
        step.due_on, words.title_of(step), words.owner_name(step.owner), _whose(row), row.arrival.label,
        words.state_name(row.state),
    )  # fmt: skip


def _plain_line(row: _Row) -> str:
    blocker = _blocker(row)
    parts = [
        (_("Due"), day_of(row.step.due_on)),
        (_("Who does it"), words.owner_name(row.step.owner)),
        (_("Whose"), _whose(row)),
        (_("Responsible"), row.step.responsible_name or ""),
        (_("State"), words.state_name(row.state)),
        (_("Waits for"), words.title_of(blocker) if blocker else ""),
        (_("Arrival"), f"{row.arrival.label}, {day_of(row.arrival.arrives_on)}"),
    ]
    return "; ".join([words.title_of(row.step), *(f"{word}: {value}" for word, value in parts if value)])


def _as_json(row: _Row) -> dict[str, object]:
    step, blocker = row.step, _blocker(row)
    return {
        "arrival": str(row.arrival.id),
        "household": row.arrival.label,
        "arrives_on": row.arrival.arrives_on,
        "step": str(step.id),
        "code": step.code,
        "title": words.title_of(step),
        "client": str(step.client_id) if step.client_id else None,
        "owner": step.owner,
        "responsible": step.responsible,
        "due_on": step.due_on,
        "state": row.state,
        "waits_for": str(blocker.id) if blocker else None,
    }
