"""`kotoutus partners`: the partner network listed, shown, written to files, read from files, looked over."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from uuid import UUID

from kotoutus_tui.cli import partners_sync
from kotoutus_tui.i18n import LANGUAGES, N_, _

_FORMATS = ("hsds", "hsds-json", "vcard", "vcard4", "vcards")
_VERBS = {
    "list": N_("list services, or those that answer a question"),
    "show": N_("show one service"),
    "export": N_("write the network as HSDS or as cards for address books"),
    "import": N_("read HSDS, cards or a table in; without --apply it is only told what would happen"),
    "sync": N_("compare the network with the national catalogue, or take it in"),
    "duplicates": N_("list organisations and services that may be one and the same"),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add what can be done."""
    verbs = parser.add_subparsers(dest="verb", metavar=_("WHAT"), title=_("what"), required=True)
    parts = {verb: verbs.add_parser(verb, help=_(text), description=_(text)) for verb, text in _VERBS.items()}
    for verb in ("list", "show", "duplicates"):
        forms = parts[verb].add_mutually_exclusive_group()
        forms.add_argument("--json", action="store_true", help=_("print JSON"))
        if verb != "show":
            forms.add_argument(
                "--plain", action="store_true", help=_("one line each, a word before each value")
            )
    parts["list"].add_argument(
        "question", nargs="*", metavar=_("QUESTION"), help=_("need, language and town in any order")
    )
    parts["show"].add_argument("service", type=UUID, metavar=_("ID"), help=_("the id of the service"))
    _add_files(parts["export"], parts["import"])
    partners_sync.add_arguments(parts["sync"])


def _add_files(export: ArgumentParser, read: ArgumentParser) -> None:
    export.add_argument(
        "file", nargs="?", metavar=_("FILE"), help=_("name of a new file in the directory for exports")
    )
    export.add_argument("--format", choices=_FORMATS, default="hsds", help=_("the form of the file"))
    export.add_argument("--texts", choices=LANGUAGES, default="fi", help=_("language of the texts"))
    export.add_argument("--contacts", action="store_true", help=_("write the contact persons too"))
    read.add_argument(
        "file", nargs="?", type=Path, metavar=_("FILE"), help=_("a ZIP, JSON, VCF, CSV or XLSX file")
    )
    read.add_argument(
        "--mapping", type=Path, metavar=_("FILE"), help=_("a TOML file that names the columns of headings")
    )
    read.add_argument("--texts", choices=LANGUAGES, help=_("language of the texts"))
    what = read.add_mutually_exclusive_group()
    what.add_argument("--apply", action="store_true", help=_("do it; otherwise only told"))
    what.add_argument("--undo", type=UUID, metavar=_("RUN"), help=_("take a run back, by its id"))


def run(arguments: Namespace) -> int:
    """Do what is asked for."""
    if arguments.verb == "sync":
        return partners_sync.run(arguments)
    if arguments.verb in ("export", "import"):
        from kotoutus_tui.cli import partner_files

        return partner_files.run(arguments)
    from kotoutus_tui.cli import partner_lists

    return partner_lists.run(arguments)
