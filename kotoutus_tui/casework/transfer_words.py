"""The words of transfers: their steps, and where a transfer stands."""

from kotoutus_tui.casework.transfers import STEPS, Transfer
from kotoutus_tui.i18n import N_, _, format_date

_STEPS = {
    "tasks": N_("Open tasks gone through"),
    "deadlines": N_("Deadlines gone through"),
    "appointments": N_("Coming appointments agreed"),
    "referrals": N_("Open referrals told of"),
    "interpreter": N_("Interpreter and language told of"),
    "consents": N_("Consents and documents gone through"),
    "promised": N_("What was promised to the client"),
    "joint_meeting": N_("Joint meeting with the client"),
    "client_told": N_("Client told in their language"),
}


def step(code: str) -> str:
    """Return what is done in a step."""
    return _(_STEPS[code])


def standing(transfer: Transfer) -> str:
    """Return where a transfer stands, in a few words."""
    if not transfer.applied:
        return _("takes effect {date}").format(date=format_date(transfer.effective_on))
    if transfer.late:
        return _("late: should be handed over by {date}").format(date=format_date(transfer.due_on))
    return _("to be handed over by {date}").format(date=format_date(transfer.due_on))


def progress(transfer: Transfer) -> str:
    """Return how many steps are done."""
    return f"{transfer.done}/{len(STEPS)}"
