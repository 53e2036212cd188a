"""Commands with a client's plan."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("plan", N_("In a client's plan"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("plan.begin", "n", N_("New"), N_("Begin a plan, or a new version of it"), 8),
    Command("plan.goal", "g", N_("Goal"), N_("Add a goal to the draft"), 9),
    Command("plan.measure", "m", N_("Measure"), N_("Add a measure or a service for a goal"), 9),
    Command("plan.draw", "d", N_("Draw up"), N_("Draw up the plan from the draft"), 9),
    Command("plan.review", "r", N_("Review"), N_("Review the plan step by step"), 7),
    Command("plan.version", "v", N_("Versions"), N_("Show another version or the household plan"), 5),
    Command("plan.print", "P", N_("Print"), N_("Print it in Finnish and the client's language"), 6),
    Command(
        "plan.remove", "delete", N_("Remove"), N_("Remove what stands under the cursor from the draft"), 4
    ),
    Command("plan.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 4),
)
