"""Commands of deputies and of transfers from one counsellor to another."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("deputies", N_("Deputies"), "place"),
    Context("transfers", N_("Transfers of clients"), "place"),
    Context("transfer", N_("In a transfer"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("deputies.new", "n", N_("Add"), N_("Make somebody the deputy of one who is away"), 8),
    Command("deputies.take", "a", N_("Take over"), N_("Hold the appointment instead of the colleague"), 8),
    Command("deputies.end", "delete", N_("End"), N_("End the deputy's rights now"), 6),
    Command("transfers.cancel", "delete", N_("Cancel"), N_("Cancel the planned transfer"), 6),
    Command("transfer.mark", "space", N_("Done"), N_("Mark the step as done, or as open again"), 9),
    Command("transfer.tell", "e", N_("Tell"), N_("Write what the other counsellor should know"), 8),
    Command("transfer.meet", "m", N_("Meeting"), N_("Set the day on which both meet the client"), 7),
    Command("transfer.client", "c", N_("Client"), N_("Open the client's timeline"), 6),
    Command("transfer.print", "p", N_("Summary"), N_("Print a summary of one page"), 6),
    Command("transfer.close", "a", N_("Handed over"), N_("Say that everything was handed over"), 7),
)
