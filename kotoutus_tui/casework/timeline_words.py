"""The words for what stands on a timeline."""

from kotoutus_tui.casework.timeline import TimelineEvent
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
    "transfer": N_("Change of counsellor"),
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


def kind_of(event: TimelineEvent) -> str:
    """Return the kind of an event with its channel and length: "Contact · Phone · 15 min"."""
    words = [_(KINDS[event.kind])]
    if event.channel:
        words.append(_(CHANNELS[event.channel]))
    if event.minutes:
        words.append(_("{minutes} min").format(minutes=event.minutes))
    return " · ".join(words)


def marks_of(event: TimelineEvent) -> list[str]:
    """Return sentences about a correction or withdrawal of the event, and a late entry."""
    marks: list[str] = []
    if event.withdrawn_at is not None:
        marks.append(_("Withdrawn: {reason}").format(reason=event.withdrawal_reason or ""))
    if event.original is not None:
        marks.append(_("Corrected: {reason}").format(reason=event.correction_reason or ""))
        marks.append(_("Before the correction: {text}").format(text=event.original))
    if (event.entered_at - event.occurred_at).total_seconds() > 86400:
        marks.append(_("Entered {moment}").format(moment=format_datetime(event.entered_at)))
    return marks
