"""The words of referrals: states, why one was declined, what came of it."""

from datetime import date

from kotoutus_tui.casework.referrals.reading import Referral, Step
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import N_, _, format_date, format_datetime

STATES = {
    "draft": N_("draft"),
    "sent": N_("sent"),
    "received": N_("received"),
    "waiting": N_("on a waiting list"),
    "accepted": N_("accepted"),
    "started": N_("started"),
    "declined": N_("declined"),
    "done": N_("completed"),
    "dropped": N_("broken off"),
    "no_contact": N_("not reached"),
    "withdrawn": N_("taken back"),
}
# What a person does to bring a referral into a state.
DEEDS = {
    "sent": N_("It was sent"),
    "received": N_("They have received it"),
    "waiting": N_("The client is on their waiting list"),
    "accepted": N_("They take the client"),
    "started": N_("The client has started"),
    "declined": N_("They do not take the client"),
    "done": N_("It is completed"),
    "dropped": N_("The client broke it off"),
    "no_contact": N_("The client could not be reached"),
    "withdrawn": N_("We take it back"),
}
DECLINED = {
    "full": N_("there is no room"),
    "not_eligible": N_("the client does not meet their conditions"),
    "language": N_("no common language"),
    "wrong_service": N_("it is the wrong service"),
    "needs_more": N_("the client needs more support"),
    "closing": N_("the service ends"),
    "other": N_("another reason"),
}
OUTCOMES = {
    "reached": N_("the goal was reached"),
    "partly": N_("the goal was reached in part"),
    "not_reached": N_("the goal was not reached"),
    "not_known": N_("it is not known"),
}
_CHASES = {
    "sent": N_("Has the answer come? {referral}"),
    "received": N_("Has the answer come? {referral}"),
    "waiting": N_("Is there room now? {referral}"),
    "accepted": N_("Has it started? {referral}"),
    "started": N_("How is it going? {referral}"),
}


def state_name(state: str) -> str:
    """Return a state in a word or two."""
    return _(STATES[state])


def state_line(referral: Referral) -> str:
    """Return the state with its day and why it was declined or what came of it."""
    parts = [f"{state_name(referral.state)} {format_date(referral.state_at.astimezone(HELSINKI).date())}"]
    if referral.decline_code:
        parts.append(_(DECLINED[referral.decline_code]))
    if referral.outcome:
        parts.append(_(OUTCOMES[referral.outcome]))
    return " · ".join(parts)


def chase_line(referral: Referral, today: date) -> str:
    """Return when it is to be looked after; empty when there is no such day."""
    if referral.chase_on is None:
        return ""
    day = format_date(referral.chase_on)
    if referral.chase_on < today:
        return _("to be looked after since {day}").format(day=day)
    return _("to be looked after on {day}").format(day=day)


def chase_title(state: str, receiver: str) -> str:
    """Return the title of the task that looks after a referral."""
    return _(_CHASES[state]).format(referral=receiver)[:200]


def told(receiver: str, purpose: str | None) -> str:
    """Return what the timeline says when a referral is sent."""
    return f"{receiver}\n{purpose}" if purpose else receiver


def answered(
    state: str, decline_code: str | None = None, outcome: str | None = None, note: str | None = None
) -> str:
    """Return what the timeline says of a step after sending."""
    parts = [_(DEEDS[state])]
    if decline_code:
        parts.append(_(DECLINED[decline_code]))
    if outcome:
        parts.append(_(OUTCOMES[outcome]))
    line = f"{': '.join(parts)}."
    return f"{line}\n{note}" if note else line


def step_line(step: Step) -> str:
    """Return a step with its time and author."""
    words = f"{format_datetime(step.at)}  {state_name(step.becomes)}"
    if step.decline_code and step.becomes == "declined":
        words += f" ({_(DECLINED[step.decline_code])})"
    if step.outcome:
        words += f" ({_(OUTCOMES[step.outcome])})"
    if step.takes_back:
        words = _("{step}, the step before was undone").format(step=words)
    elif step.undone:
        words = _("{step}, undone later").format(step=words)
    return f"{words}  {step.author}"
