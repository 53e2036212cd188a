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
    Command("import", "kotoutus_tui.cli.import_clients", N_("read clients in from a CSV or XLSX file")),
    Command("export", "kotoutus_tui.cli.export_clients", N_("write your list of clients as CSV")),
    Command(
        "calendar",
        "kotoutus_tui.cli.calendar",
        N_("make, list and cancel appointments; write them for Outlook"),
    ),
    Command(
        "outlook",
        "kotoutus_tui.cli.outlook",
        N_("send your appointments to Outlook and see changes made there"),
    ),
    Command("show", "kotoutus_tui.cli.show", N_("show a client's timeline")),
    Command("period", "kotoutus_tui.cli.period", N_("show a client's integration period and circumstances")),
    Command("note", "kotoutus_tui.cli.note", N_("write a note on a client's timeline")),
    Command("admin", "kotoutus_tui.cli.admin", N_("add, remove and list the people of the team")),
    Command("audit", "kotoutus_tui.cli.audit", N_("seal the log of use, or check that nobody changed it")),
    Command("demo", "kotoutus_tui.cli.demo", N_("try the program with an invented team")),
    Command("db", "kotoutus_tui.cli.db", N_("bring the structure of the database up to date")),
    Command("search", "kotoutus_tui.cli.search", N_("find a client by any spelling, phone or identity code")),
    Command("keys", "kotoutus_tui.cli.keys", N_("print every key and what it does")),
    Command("team", "kotoutus_tui.cli.team", N_("divide the clients fairly between counsellors")),
    Command("deadlines", "kotoutus_tui.cli.deadlines", N_("work out by law what is due in cases as JSON")),
    Command("guidance", "kotoutus_tui.cli.guidance", N_("list, write and export the log of guidance given")),
    Command("reports", "kotoutus_tui.cli.reports", N_("count the team's work of a month, quarter or year")),
    Command("reception", "kotoutus_tui.cli.reception", N_("list what is open for households that arrive")),
    Command(
        "partners",
        "kotoutus_tui.cli.partners",
        N_("list the partner network, write it to files and read files in"),
    ),
    Command("referrals", "kotoutus_tui.cli.referrals", N_("list referrals under way, or those of a client")),
    Command("list", "kotoutus_tui.cli.list_clients", N_("list your clients, or those a query finds")),
    Command(
        "settings", "kotoutus_tui.cli.settings", N_("show the settings in force and where each comes from")
    ),
)
