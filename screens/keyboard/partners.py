"""Commands of the partner network: the search, and one service."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("partners", N_("Partner network"), "place"),
    Context("service", N_("With a service"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("partners.ask", "s", N_("Ask"), N_("Write what is needed, in which language, where"), 8),
    Command("partners.new", "n", N_("Add"), N_("Add a service of a partner"), 8),
    Command("partners.right", "v", N_("Still right"), N_("Called today: what stands here is right"), 7),
    Command("partners.refer", "r", N_("Refer"), N_("Refer the client you came from to the service"), 7),
    Command("partners.due", "f", N_("To call"), N_("Show only partners to be called, or all"), 6),
    Command("partners.catalogue", "y", N_("Catalogue"), N_("See what the national catalogue offers"), 5),
    Command("partners.need", "d", N_("Need"), N_("Compare what clients need with what partners give"), 5),
    Command("partners.merge", "m", N_("Merge"), N_("Make two services or two partners one"), 3),
    Command("partners.files", "e", N_("Files"), N_("Write the network into a file, or read one in"), 5),
    Command("partners.undo", "u", N_("Undo"), N_("Undo your last change of the network"), 4),
    Command("service.right", "v", N_("Still right"), N_("Called today: what stands here is right"), 8),
    Command("service.add", "n", N_("Add"), N_("Add hours, a place or a contact person"), 7),
    Command("service.refer", "r", N_("Refer"), N_("Refer the client you came from to the service"), 7),
    Command("service.pause", "p", N_("Pause"), N_("Pause the service, or take it up again"), 5),
    Command("service.remove", "x", N_("Remove"), N_("Remove what stands under the cursor, or end it"), 4),
    Command("service.partner", "o", N_("Partner"), N_("Change the facts of the partner"), 5),
    Command("service.successor", "w", N_("Successor"), N_("Say who comes after the partner, and when"), 3),
    Command("service.theirs", "t", N_("Theirs"), N_("Take the catalogue's value in the place of yours"), 6),
    Command("service.merge", "m", N_("Merge"), N_("Make it or its partner one with another"), 2),
    Command("service.undo", "u", N_("Undo"), N_("Undo your last change of the network"), 5),
)
