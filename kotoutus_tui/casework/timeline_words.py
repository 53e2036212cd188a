"""The words for what stands on a timeline."""

from kotoutus_tui.casework.drafts import Draft
from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import N_, _, format_datetime

KINDS = {
    "note": N_("Note"),
    "contact": N_("Contact"),
    "no_show": N_("Did not come"),
    "interview": N_("Interview"),
    "assessment": N_("Assessment"),
    "plan": N_("Integration plan"),
    "review": N_("Review"),
    "goal": N_("Goal"),
    "service": N_("Service"),
    "referral": N_("Referral"),
    "referral_answer": N_("Answer to a referral"),
    "appointment": N_("Appointment"),
    "decision": N_("Decision"),
    "transfer": N_("Transfer"),
    "reception": N_("Reception"),
    "task": N_("Task"),
}

CHANNELS = {
    "meeting": N_("Meeting"),
    "phone": N_("Phone"),
    "message": N_("Message"),
    "video": N_("Video call"),
    "home_visit": N_("Home visit"),
    "letter": N_("Letter"),
}

# What a person writes by kind; a transfer comes from assigning, a task has its own list.
WRITABLE = (
    "contact",
    "no_show",
    "interview",
    "assessment",
    "plan",
    "review",
    "goal",
    "service",
    "appointment",
    "decision",
    "reception",
    "note",
)
# What takes place between people, so that it has a channel and a length.
MEETINGS = frozenset({"contact", "no_show", "interview", "assessment", "review", "appointment"})
RELATIONS = {
    "self": N_("reference person"),
    "spouse": N_("spouse"),
    "child": N_("child"),
    "parent": N_("parent"),
    "sibling": N_("sibling"),
    "guardian": N_("guardian"),
    "other": N_("other"),
}


def kind_of(event: TimelineEvent) -> str:
    """Return the kind of an event with its channel and length: "Contact · Phone · 15 min"."""
    return " · ".join(_facts(event.kind, event.channel, event.minutes))


def title_of(draft: Draft) -> str:
    """Return what is being written: "Contact · Phone · 15 min · 24.11.2026 9.30"."""
    if draft.kind == "correction":
        return _("Correction")
    words = _facts(draft.kind, draft.channel, draft.minutes)
    if draft.occurred_at:
        words.append(format_datetime(draft.occurred_at))
    return " · ".join(words)


def _facts(kind: str, channel: str | None, minutes: int | None) -> list[str]:
    words = [_(KINDS[kind])]
    # A meeting held as a meeting needs to be said once.
    if channel and (shown := _(CHANNELS[channel])) not in words:
        words.append(shown)
    if minutes:
        words.append(_("{minutes} min").format(minutes=minutes))
    return words


def marks_of(event: TimelineEvent, *, whole: bool = False) -> list[str]:
    """Return sentences about a deputy, a withdrawal or correction, a late entry and a missing answer.

    `whole` leaves out what is told in full elsewhere: the corrections and the time of entry.
    """
    marks: list[str] = []
    if event.deputy_for:
        marks.append(_("As a deputy for {name}").format(name=event.deputy_for))
    if event.withdrawn_at is not None:
        marks.append(_("Withdrawn: {reason}").format(reason=event.withdrawal_reason or ""))
    elif event.kind == "referral" and not event.answered:
        marks.append(_("No answer yet."))
    if event.original is not None and not whole:
        marks.append(_("Corrected: {reason}").format(reason=event.correction_reason or ""))
        marks.append(_("Before the correction: {text}").format(text=event.original))
    happened, entered = event.occurred_at.astimezone(HELSINKI), event.entered_at.astimezone(HELSINKI)
    if entered.date() > happened.date() and not whole:
        marks.append(_("Entered {moment}").format(moment=format_datetime(event.entered_at)))
    return marks
