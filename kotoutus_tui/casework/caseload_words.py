"""What the codes of the caseload are called on screens and in plain lists."""

from datetime import date

from kotoutus_tui import clock, text
from kotoutus_tui.i18n import N_, _, format_date, format_day, ngettext, pgettext

_PHASES = {
    "arriving": N_("arriving"),
    "new": N_("new client"),
    "assessment": N_("assessment"),
    "plan": N_("plan"),
    "after_plan": N_("after plan"),
    "closed": N_("closed"),
}
_STATUSES = {
    "new": N_("new"),
    "no_interview": N_("no interview"),
    "review_due": N_("review due"),
    "no_contact": N_("no contact (30 d)"),
    "referral_unanswered": N_("referral unanswered"),
    "plan_ending": N_("ending (90 d)"),
    "protected": N_("protected"),
}
_EVENTS = {
    "note": N_("note"),
    "contact": N_("contact"),
    "no_show": N_("did not come"),
    "interview": N_("interview"),
    "assessment": N_("assessment"),
    "plan": N_("plan"),
    "review": N_("review"),
    "goal": N_("goal"),
    "service": N_("service"),
    "referral": N_("referral"),
    "referral_answer": N_("answer to a referral"),
    "appointment": N_("appointment"),
    "decision": N_("decision"),
    "transfer": N_("transfer"),
    "reception": N_("reception"),
    "task": N_("task"),
    "correction": N_("correction"),
    "withdrawal": N_("withdrawal"),
}

_NEAR = 180  # days


def phase_name(code: str) -> str:
    """Return the name of a phase."""
    return _(_PHASES[code])


def status_name(code: str) -> str:
    """Return the name of one of caseload_query.STATUSES."""
    return _(_STATUSES[code])


def event_name(kind: str) -> str:
    """Return the name of a kind of event."""
    return _(_EVENTS[kind]) if kind in _EVENTS else kind


def mark(code: str) -> str:
    """Return the one letter that stands for a status in a row."""
    letters = {
        "new": pgettext("mark", "N"),
        "no_interview": pgettext("mark", "I"),
        "review_due": pgettext("mark", "R"),
        "no_contact": pgettext("mark", "C"),
        "referral_unanswered": pgettext("mark", "U"),
        "plan_ending": pgettext("mark", "E"),
        "protected": pgettext("mark", "P"),
    }
    return letters[code]


def day_of(day: date) -> str:
    """Return a day with its weekday: ti 1.12.; one that is half a year away has its year: 1.12.2024."""
    return format_day(day) if abs((day - clock.today()).days) < _NEAR else format_date(day)


def when(day: date | None) -> str:
    """Return a day with how far it is: ti 1.12. (7 pv); a day of another year has its year."""
    if day is None:
        return ""
    today = clock.today()
    days = (day - today).days
    shown = day_of(day)
    if days == 0:
        return _("today")
    if days < 0:
        late = ngettext("{count} d over", "{count} d over", -days).format(count=-days)
        return f"{shown} ({late})"
    ahead = ngettext("{count} d", "{count} d", days).format(count=days)
    return f"{shown} ({ahead})"


def bar(gone: int, total: int, width: int = 5) -> str:
    """Return months gone by and in all as a small bar with numbers: ▓▓▓░░ 14/24."""
    full = round(width * gone / total) if total else width
    return f"{text.bar(full, width)} {gone}/{total}"
