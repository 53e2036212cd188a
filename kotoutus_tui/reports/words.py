"""What reports, their groups and cells are called."""

from collections.abc import Callable

from kotoutus_tui.casework.appointment_words import ATTENDANCES
from kotoutus_tui.casework.caseload_words import event_name, phase_name
from kotoutus_tui.casework.intake_words import grounds
from kotoutus_tui.casework.radar_words import rule_name
from kotoutus_tui.casework.referrals.words import DECLINED, OUTCOMES, STATES
from kotoutus_tui.guidance.words import asker_name, topic_name
from kotoutus_tui.i18n import N_, _, language_name, ngettext
from kotoutus_tui.partners.words import kind_name
from kotoutus_tui.privacy.small_counts import LEAST
from kotoutus_tui.reports import duties
from kotoutus_tui.reports.reading import Count, Group, Wait

_GROUPS = {
    ("clients", "language"): N_("Clients today, by language"),
    ("clients", "phase"): N_("Clients today, by phase"),
    ("clients", "ground"): N_("New clients, by ground of entry"),
    ("clients", "moved"): N_("Clients who ended"),
    ("work", "events"): N_("Work done, by kind of entry"),
    ("work", "appointments"): N_("Appointments held"),
    ("referrals", "state"): N_("Referrals sent, by state today"),
    ("referrals", "receiver"): N_("Referrals sent, by receiver"),
    ("referrals", "declined"): N_("Why referrals were declined"),
    ("referrals", "outcome"): N_("What came of the referrals"),
    ("guidance", "topic"): N_("Guidance by topic"),
    ("guidance", "asker"): N_("Guidance by who asked"),
    ("guidance", "language"): N_("Guidance by language"),
}
_DUTIES = {
    "kept": N_("in time"), "late": N_("late"), "open": N_("not done, the day is past"),
}  # fmt: skip
_WAITS = {
    "interview": N_("beginning to first interview"),
    "plan": N_("beginning to first plan"),
    "service": N_("beginning to first service"),
    "answer": N_("referral to its answer"),
}
_CELLS: dict[str, Callable[[str], str]] = {
    "language": lambda code: language_name(code) if code else _("no language"),
    "phase": phase_name,
    "ground": lambda code: dict(grounds()).get(code) or _("not known"),
    "moved": lambda _code: _("ended"),
    "events": event_name,
    "appointments": lambda code: _(ATTENDANCES[code]) if code in ATTENDANCES else _("not written down"),
    "state": lambda code: _(STATES[code]),
    "receiver": kind_name,
    "declined": lambda code: _(DECLINED[code]),
    "outcome": lambda code: _(OUTCOMES[code]),
    "topic": topic_name,
    "asker": asker_name,
}


def waits_name() -> str:
    """Return the heading over the waits."""
    return _("How long clients waited")


def group_name(group: Group) -> str:
    """Return the name of a group: the duty with its section, or what the report is counted by."""
    if group.report != "duties":
        return _(_GROUPS[group.report, group.part])
    rule, _blank, section = group.part.partition(" ")
    name = f"{rule_name(rule)} · {section}"
    if not duties.statutory(rule, section):
        name = _("{duty} (the team's own target)").format(duty=name)
    return name


def cell_name(group: Group, count: Count) -> str:
    """Return what was counted in a cell."""
    return _(_DUTIES[count.cell]) if group.report == "duties" else _CELLS[group.part](count.cell)


def number(many: int | None) -> str:
    """Return a count as it may be shown."""
    return _("hidden") if many is None else str(many)


def total_line(group: Group) -> str:
    """Return what a group comes to together, and which share of duties was kept."""
    words = f"<{LEAST}" if group.total is None else str(group.total)
    if group.report == "duties":
        kept = next((each.many for each in group.counts if each.cell == "kept"), None)
        if kept is not None and group.total:
            words += " · " + _("in time {share} %").format(share=kept * 100 // group.total)
        elif group.kept is not None:
            words += " · " + _("in time at least {share} %").format(share=group.kept)
    elif group.report == "guidance" and group.minutes:
        words += " · " + _("{hours} h").format(hours=round(group.minutes / 60))
    return words


def wait_name(wait: Wait) -> str:
    """Return what was waited for."""
    return _(_WAITS[wait.what])


def wait_line(wait: Wait) -> str:
    """Return how long half of those who waited had to, and nine in ten where that may be told."""
    half = ngettext("half within {count} day", "half within {count} days", wait.middle)
    parts = [half.format(count=wait.middle)]
    if wait.most is not None:
        nine = ngettext("90 % within {count} day", "90 % within {count} days", wait.most)
        parts.append(nine.format(count=wait.most))
    return " · ".join(parts)
