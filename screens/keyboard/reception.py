"""Commands in the reception: the board of arrivals, one household, and the claims of compensation."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("reception", N_("Reception"), "place"),
    Context("household", N_("With a household that arrives"), "place"),
    Context("compensation", N_("In the claims of compensation"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("reception.new", "n", N_("Add"), N_("Add a household that arrives"), 8),
    Command("reception.change", "e", N_("Edit"), N_("Change the day and the facts of the arrival"), 6),
    Command("reception.cancel", "x", N_("Not coming"), N_("Cancel the arrival, or take it up again"), 5),
    Command("reception.scope", "f", N_("Others"), N_("Show later, finished or cancelled arrivals"), 6),
    Command("reception.compensation", "k", N_("Claims"), N_("Show the compensation to be claimed"), 7),
    Command("household.done", "d", N_("Done"), N_("Mark the step as done, or as not done after all"), 8),
    Command("household.not_applicable", "x", N_("Not needed"), N_("Say why the step is not needed"), 6),
    Command("household.step", "a", N_("Step"), N_("Add a step of your own"), 5),
    Command("household.person", "p", N_("Client"), N_("Bring a client into the household"), 6),
    Command("household.new_client", "n", N_("New client"), N_("Add a new client to the household"), 4),
    Command("household.order", "o", N_("Order"), N_("Group the steps by owner or by day"), 6),
    Command("household.change", "e", N_("Arrival"), N_("Change the day and the facts of the arrival"), 4),
    Command("household.client", "t", N_("Timeline"), N_("Show the client's timeline"), 3),
    Command(
        "household.take_out", "delete", N_("Take out"), N_("Take the client out who was added by mistake"), 2
    ),
    Command("household.undo", "u", N_("Undo"), N_("Undo your last change of this arrival"), 5),
    Command("compensation.claimed", "d", N_("Claimed"), N_("Mark a year as claimed, or as not claimed"), 8),
    Command("compensation.scope", "f", N_("Others"), N_("Show only claims of the next months, or all"), 6),
    Command(
        "compensation.export", "w", N_("Write file"), N_("Write the claims into a file, without names"), 7
    ),
)
