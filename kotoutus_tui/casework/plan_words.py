"""The words for plans: what each field and state is called, and what the timeline tells of them."""

from collections.abc import Mapping
from datetime import date

from kotoutus_tui.casework.field_words import plain_value
from kotoutus_tui.casework.plan import Version
from kotoutus_tui.i18n import N_, _, format_date

KINDS = {"integration": N_("Integration plan"), "household": N_("Household plan")}
TERMS = {"long": N_("Long-term goal"), "plan": N_("Goal for the time of the plan")}
TERM_HEADINGS = {"long": N_("Long-term goals"), "plan": N_("Goals for the time of the plan")}
MEASURE_KINDS = {"measure": N_("Measure"), "service": N_("Service")}
GOAL_STATES = {"open": N_("in progress"), "reached": N_("reached"), "dropped": N_("given up")}
MEASURE_STATES = {
    "planned": N_("planned"),
    "under_way": N_("going on"),
    "done": N_("done"),
    "dropped": N_("given up"),
}
LABELS = {
    "drawn_on": N_("Drawn up on"),
    "signed_on": N_("Signed on"),
    "starts_on": N_("Begins on"),
    "ends_on": N_("Ends on"),
    "next_review_on": N_("Next review"),
    "guided_on": N_("Guided to a service"),
    "own_words": N_("Client's own words"),
    "parties": N_("Who took part"),
    "county_participates": N_("County takes part"),
    "term": N_("Kind"),
    "goal": N_("Goal"),
    "state": N_("State"),
    "goal_id": N_("For the goal"),
    "kind": N_("Kind"),
    "title": N_("What"),
    "justification": N_("Why it serves the goal"),
    "provider": N_("Provider"),
    "held_on": N_("Held on"),
    "participation": N_("Participation"),
    "progress": N_("Progress"),
    "obstacles": N_("Obstacles"),
    "changes": N_("Changes"),
}
REVIEW_FIELDS = ("participation", "progress", "obstacles", "changes")


def label(name: str) -> str:
    """Return what a field is called."""
    return _(LABELS[name])


def shown(name: str, value: object) -> str:
    """Return a value of a field for reading; a dash for none."""
    if (plain := plain_value(value)) is not None:
        return plain
    known = {"state": GOAL_STATES | MEASURE_STATES, "term": TERMS, "kind": MEASURE_KINDS}.get(name, {})
    return _(known[value]) if isinstance(value, str) and value in known else str(value)


def state_of_version(version: Version, *, in_force: bool) -> str:
    """Return what has become of a version: "drawn up 14.3.2026, signed 20.3.2026"."""
    if version.drawn_on is None:
        return _("draft")
    words = [_("drawn up on {day}").format(day=format_date(version.drawn_on))]
    if version.signed_on:
        words.append(_("signed on {day}").format(day=format_date(version.signed_on)))
    if not in_force:
        words.append(_("a later version took its place"))
    return ", ".join(words)


def days_of(starts_on: date | None, ends_on: date | None) -> str:
    """Return a span of days, "1.2.2026–31.1.2027"; one of them may not be known."""
    if starts_on is None and ends_on is None:
        return ""
    return f"{format_date(starts_on) if starts_on else ''}–{format_date(ends_on) if ends_on else ''}"


def told_of_plan(version: Version, drawn_on: date, ends_on: date) -> str:
    """Return what the timeline tells of a version that is drawn up."""
    title = _("{plan}, version {number}, drawn up for {days}.").format(
        plan=_(KINDS[version.kind]), number=version.number, days=days_of(drawn_on, ends_on)
    )
    goals = [f"· {goal.goal}" for goal in version.goals if goal.state == "open"]
    return "\n".join([title, _("Goals:"), *goals]) if goals else title


def told_of_review(values: Mapping[str, object], next_on: date | None) -> str:
    """Return what the timeline tells of a review."""
    lines = [f"{label(name)}: {values[name]}" for name in REVIEW_FIELDS if values.get(name)]
    if next_on:
        lines.append(_("Next review on {day}.").format(day=format_date(next_on)))
    return "\n".join([_("The plan was reviewed."), *lines])
