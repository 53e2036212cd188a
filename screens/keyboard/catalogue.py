"""Commands in what the national catalogue offers."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("catalogue", N_("In what the catalogue offers"), "place"),
    Context("catalogue_facts", N_("In one offer of the catalogue"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("catalogue.switch", "space", N_("Take/leave"), N_("Take the row, or leave it"), 9),
    Command("catalogue.group", "g", N_("Whole group"), N_("Take all rows of this kind, or leave them"), 6),
    Command("catalogue.apply", "a", N_("Take in"), N_("Take what is chosen into the network"), 8),
    Command("catalogue.again", "y", N_("Fetch"), N_("Ask the catalogue again for what is new"), 5),
    Command("catalogue.whole", "w", N_("Fetch all"), N_("Read everything of the catalogue again"), 4),
    Command("catalogue_facts.switch", "space", N_("Mine/theirs"), N_("Let your value stand, or theirs"), 9),
    Command("catalogue_facts.theirs", "t", N_("All theirs"), N_("Let the catalogue's values stand"), 7),
    Command("catalogue_facts.mine", "o", N_("All mine"), N_("Let your own values stand"), 7),
    Command("catalogue_facts.same", "s", N_("Same"), N_("It is the one of yours under the cursor"), 8),
    Command("catalogue_facts.new", "n", N_("New one"), N_("It is a new one, none of yours"), 8),
)
