"""Commands of the guidance log."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("guidance", N_("Guidance log"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("guidance.new", "n", N_("New"), N_("Write down advice you gave, without names"), 9),
    Command("guidance.scope", "f", N_("Whose"), N_("Show your own entries, or the team's"), 7),
    Command("guidance.remove", "x", N_("Remove"), N_("Remove your own entry under the cursor"), 5),
    Command("guidance.undo", "u", N_("Undo"), N_("Undo your last change of this place"), 6),
    Command("guidance.export", "e", N_("Export"), N_("Write the statistics of some days into a file"), 5),
)
