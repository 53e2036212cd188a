"""Commands in the push to Outlook."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("outlook", N_("In the push to Outlook"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("outlook.send", "s", N_("Send"), N_("Send what waits to Outlook"), 9),
    Command("outlook.stop", "c", N_("Stop"), N_("Stop sending; what was not sent waits"), 9),
    Command("outlook.keep", "k", N_("Keep mine"), N_("Let Outlook hold again what stands here"), 8),
    Command("outlook.take", "t", N_("Take theirs"), N_("Move or cancel here as it was done in Outlook"), 8),
    Command("outlook.leave", "l", N_("Leave"), N_("Leave both as they are"), 8),
    Command("outlook.look", "o", N_("Look there"), N_("Look for changes made in Outlook"), 6),
    Command("outlook.sign_in", "i", N_("Sign in"), N_("Sign in and let your appointments go to Outlook"), 7),
    Command("outlook.title", "y", N_("Heading"), N_("Choose what a colleague sees in Outlook"), 4),
    Command("outlook.sign_out", "u", N_("Sign out"), N_("Stop sending, and take what was sent away"), 3),
)
