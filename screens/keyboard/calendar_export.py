"""Commands in the hand-over of appointments to Outlook as a file."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("export", N_("In the hand-over to Outlook"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("export.write", "e", N_("Write file"), N_("Write the file for Outlook"), 9),
    Command("export.single", "s", N_("This alone"), N_("Write a file of this appointment alone"), 5),
    Command("export.title", "t", N_("Heading"), N_("Choose what a colleague sees in Outlook"), 8),
    Command("export.range", "r", N_("Days"), N_("Choose the days"), 7),
    Command("export.scope", "a", N_("New/all"), N_("Write what is new, or everything"), 7),
    Command("export.deletions", "d", N_("To delete"), N_("Show what is to be deleted in Outlook by hand"), 6),
    Command("export.tick", "space", N_("Deleted"), N_("Tick off: it is deleted in Outlook"), 8),
    Command("export.fetch", "f", N_("Fetch"), N_("Show how the file gets to your own computer"), 6),
    Command("export.remove", "delete", N_("Delete file"), N_("Delete the files from this server"), 4),
    Command("export.outlook", "o", N_("Outlook"), N_("Show how your Outlook takes the file in"), 5),
    Command("export.history", "y", N_("Earlier"), N_("Show what you handed over and when"), 3),
)
