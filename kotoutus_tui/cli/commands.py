"""The list of commands: name, module and one line of help; a module is loaded when its command runs."""

from dataclasses import dataclass

from kotoutus_tui.i18n import N_

# What runs when no command is given.
OPEN = "kotoutus_tui.cli.open"


@dataclass(frozen=True)
class Command:
    """A command; its module has add_arguments(parser) and run(arguments) -> int.

    `arguments.settings` holds the settings in force; the log has begun.
    """

    name: str
    module: str
    help: str


COMMANDS: tuple[Command, ...] = (
    Command("db", "kotoutus_tui.cli.db", N_("bring the structure of the database up to date")),
    Command(
        "settings", "kotoutus_tui.cli.settings", N_("show the settings in force and where each comes from")
    ),
)
