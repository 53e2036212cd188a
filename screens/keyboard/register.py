"""Commands where a client is handed over to the national register."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("register", N_("Handing over to the national register"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("register.copy", "c", N_("Copy"), N_("Copy the field to the clipboard of your computer"), 9),
    Command("register.plain", "v", N_("Text alone"), N_("Show the text alone, to select it by mouse"), 7),
    Command("register.confirm", "d", N_("Confirm"), N_("Mark as entered and checked in the register"), 8),
    Command("register.export", "E", N_("Files"), N_("Write all fields into a JSON and a text file"), 5),
)
