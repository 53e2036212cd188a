"""Commands in a client's initial interview."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("interview", N_("In an initial interview"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("interview.begin", "n", N_("New"), N_("Begin a new interview"), 8),
    Command("interview.told", "space", N_("Told"), N_("Mark as told to the client, or not told"), 8),
    Command("interview.source", "s", N_("Source"), N_("Say where the answer comes from"), 6),
    Command("interview.finish", "d", N_("Finish"), N_("Finish the interview; it says what is missing"), 7),
    Command("interview.reopen", "x", N_("Correct"), N_("Open a finished interview with a reason"), 7),
    Command("interview.former", "f", N_("Others"), N_("Show another interview of the client"), 5),
    Command("interview.print", "P", N_("Print"), N_("Print the interview or an empty form"), 5),
    Command("interview.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 5),
    Command("interview.remove", "delete", N_("Remove"), N_("Remove an unfinished interview"), 3),
)
