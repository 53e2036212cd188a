"""What a colleague sees in Outlook of each appointment, and whether Outlook has it already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kotoutus_tui.calendar.entry import Entry
from kotoutus_tui.calendar.titles import shows_place, title
from kotoutus_tui.calendar.zone import local
from kotoutus_tui.i18n import N_

STATES = {
    "new": N_("not there yet"),
    "changed": N_("changed"),
    "sent": N_("handed over"),
    "deleted": N_("to be deleted"),
}


@dataclass(frozen=True)
class Shown:
    """One appointment; moments in Finnish time, `state` is one of STATES."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    state: str
    repeats: bool


def preview(entries: Sequence[Entry], from_on: date, to_on: date, template: str) -> Sequence[Shown]:
    """Return those of these days by time; what was cancelled before Outlook had it is not among them."""
    found: list[Shown] = []
    for each in sorted(entries, key=lambda entry: (entry.starts_at, entry.id)):
        start = local(each.starts_at)
        state = _state(each)
        if state is None or not from_on <= start.date() <= to_on:
            continue
        place = (each.room or "") if shows_place(each, template) else ""
        found.append(
            Shown(
                each.id, start, local(each.ends_at), title(each, template), place, state,
                each.series is not None,
            )
        )  # fmt: skip
    return found


def _state(entry: Entry) -> str | None:
    known = entry.sent is not None and not entry.sent.gone
    if entry.cancelled:
        return "deleted" if known else None
    if entry.sent is None:
        return "new"
    return "changed" if entry.is_changed else "sent"
