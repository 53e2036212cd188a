"""The rows of the reception: a household on the board, and a step in its checklist."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from kotoutus_tui.casework.caseload_words import day_of
from kotoutus_tui.casework.reception import words
from kotoutus_tui.casework.reception.board import BOARD_DAYS, Scope
from kotoutus_tui.casework.reception.household import Arrival, Person, Step
from kotoutus_tui.casework.reception.risk import State, states
from kotoutus_tui.i18n import _, ngettext, pgettext
from screens.widgets.event_list import Cell, Entry

DAY_WIDTH = 10
Order = Literal["day", "owner"]

_FIRST_WEEK, _FIRST_MONTH = 7, 31  # days after the arrival


def board_rows(arrivals: Sequence[Arrival], scope: Scope, today: date) -> list[Entry]:
    """Return one entry a household: its day, people and progress, what is at risk and who waits for whom."""
    return [_household(each, scope, today) for each in arrivals]


def _household(arrival: Arrival, scope: Scope, today: date) -> Entry:
    notes: list[Cell] = []
    risk = words.at_risk(arrival, today)
    if arrival.cancelled_at is not None:
        notes.append(_("Cancelled: {reason}").format(reason=arrival.cancelled_reason or ""))
    else:
        if risk:
            notes.append((f"! {risk}", "alert"))
        for line, late in words.wait_lines(arrival, today):
            notes.append((f"! {line}", "alert") if late else line)
    parts = [
        arrival.label,
        words.people_count(arrival),
        words.source_name(arrival.source),
        arrival.place or "",
    ]
    return Entry(
        str(arrival.id),
        _board_group(arrival, scope, today),
        day_of(arrival.arrives_on),
        " · ".join(part for part in parts if part),
        right=words.bar(*arrival.progress),
        notes=notes,
    )


def _board_group(arrival: Arrival, scope: Scope, today: date) -> str:
    if scope != "board":
        return f"{arrival.arrives_on.month}/{arrival.arrives_on.year}"
    if arrival.arrives_on < today:
        return _("Have arrived, steps open")
    return ngettext("Arrive within {count} day", "Arrive within {count} days", BOARD_DAYS).format(
        count=BOARD_DAYS
    )


def step_rows(arrival: Arrival, order: Order, today: date) -> list[Entry]:
    """Return one entry a step, grouped by who carries it out or by when, with what it waits for."""
    state_of = states(arrival.steps, today)
    people = {person.client_id: person for person in arrival.people}
    steps = sorted(arrival.steps, key=lambda step: (step.due_on, not step.open))
    if order == "owner":
        first = {step.owner: step.due_on for step in reversed([s for s in steps if s.open])}
        steps.sort(key=lambda step: (first.get(step.owner, date.max), step.owner, not step.open, step.due_on))
    return [_step(step, arrival, order, state_of[step.id], people, today) for step in steps]


def _step(
    step: Step, arrival: Arrival, order: Order, state: State, people: dict[UUID, Person], today: date
) -> Entry:
    title: Cell = words.title_of(step)
    if state in ("done", "not_applicable"):
        title = (words.title_of(step), "faint")
    whose = words.name_of(people.get(step.client_id) if step.client_id else None)
    return Entry(
        str(step.id),
        words.owner_name(step.owner) if order == "owner" else _when(step.due_on, arrival.arrives_on),
        day_of(step.due_on),
        title,
        right=_right(step, order, whose),
        mark=_mark(state),
        notes=_notes(step, arrival, state, today),
    )


def _right(step: Step, order: Order, whose: str) -> str:
    if step.done_on is not None:
        done = _("done {day}, {name}").format(day=day_of(step.done_on), name=step.done_by or "–")
        return done if step.client_id is None else f"{whose} · {done}"
    return whose if order == "owner" else f"{words.owner_name(step.owner)} · {whose}"


def _mark(state: State) -> Cell:
    letters: dict[State, Cell] = {
        "late": ("!", "alert"),
        "held_up": ("!", "alert"),
        "waiting": (pgettext("mark of a step that waits", "w"), "faint"),
        "open": ("·", "plain"),
        "done": ("x", "faint"),
        "not_applicable": ("–", "faint"),
    }
    return letters[state]


def _notes(step: Step, arrival: Arrival, state: State, today: date) -> list[Cell]:
    if state == "not_applicable":
        return [_("Not needed: {reason}").format(reason=step.not_applicable_reason or "")]
    if step.done_on is not None:
        return []
    notes: list[Cell] = []
    if state == "late":
        days = (today - step.due_on).days
        late = ngettext("{count} day late", "{count} days late", days).format(count=days)
        notes.append((f"! {late}", "alert"))
    blocker = arrival.step(step.blocked_by) if step.blocked_by else None
    if blocker is not None and blocker.open:
        waits = _("Waits for: {step} ({owner}, {day})").format(
            step=words.title_of(blocker),
            owner=words.owner_name(blocker.owner),
            day=day_of(blocker.due_on),
        )
        notes.append((f"! {waits}", "alert") if state == "held_up" else waits)
    if step.responsible_name:
        notes.append(_("Responsible: {name}").format(name=step.responsible_name))
    return notes


def _when(due: date, arrives: date) -> str:
    after = due - arrives
    if after < timedelta():
        return _("Before the arrival")
    if not after:
        return _("Day of the arrival")
    if after <= timedelta(days=_FIRST_WEEK):
        return _("First week")
    return _("First month") if after <= timedelta(days=_FIRST_MONTH) else _("Later")
