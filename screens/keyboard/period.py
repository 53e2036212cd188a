"""Commands in a client's integration period and circumstances."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("period", N_("In a client's integration period"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command(
        "client.period",
        "y",
        N_("Period"),
        N_("Show the integration period, studies, circumstances, documents and authority"),
        6,
        action="part('period')",
    ),
    Command("period.add", "k", N_("Add"), N_("Add an interruption, extension, study, document or change"), 8),
    Command(
        "period.done", "d", N_("Done"), N_("Mark the line of the hand-over as done, or as open again"), 8
    ),
    Command(
        "period.remove", "delete", N_("Remove"), N_("Remove what stands under the cursor, with a reason"), 6
    ),
    Command("period.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 5),
    Command("period.next_section", "right", N_("Next part"), N_("Go to the next part of the list"), 4),
    Command("period.previous_section", "left", N_("Part before"), N_("Go to the part before")),
)
