"""The parser of the command line: translated, and ignorant of a command until that command is used."""

import argparse
import importlib
from collections.abc import Iterable
from typing import Any

from kotoutus_tui.cli.commands import COMMANDS, Command
from kotoutus_tui.i18n import LANGUAGES, N_, _, ngettext

# What argparse itself says. It asks gettext for these, so they need only stand in the catalogue.
ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("%(prog)s: error: %(message)s\n"),
)


def build() -> argparse.ArgumentParser:
    """Return the parser of the whole command line in the language in use."""
    setattr(argparse, "_", _)  # noqa: B010 - a private name of argparse, and its only door for translations
    setattr(argparse, "ngettext", ngettext)  # noqa: B010
    parser = argparse.ArgumentParser(
        prog="kotoutus",
        description=_("The work of an integration team: clients, plans, partners, calendar and team."),
        epilog=_("Without a command the screens open."),
    )
    parser.add_argument("--version", action=_Version, nargs=0, help=_("show the version and exit"))
    parser.add_argument("--language", choices=LANGUAGES, help=_("language of the screens and of this help"))
    parser.add_argument("--no-mouse", action="store_true", help=_("leave the mouse to the terminal"))
    parser.set_defaults(run=None)
    # No `parser_class` of the outer parser: only the parts below know how to load themselves.
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=_CommandParser
    )
    for command in COMMANDS:
        commands.add_parser(command.name, help=_(command.help), description=_(command.help), command=command)
    return parser


class _CommandParser(argparse.ArgumentParser):
    """Loads the module of its command when words for it arrive."""

    def __init__(self, *, command: Command | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._command = command  # None in the verbs below a command, whose parsers are made of the same class

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride] - it is overloaded for namespaces
        self, args: Iterable[str] | None = None, namespace: Any = None
    ) -> Any:
        command, self._command = self._command, None
        if command:
            module = importlib.import_module(command.module)
            module.add_arguments(self)
            self.set_defaults(run=module.run)
        return super().parse_known_args(args, namespace)


class _Version(argparse.Action):
    """Prints the version; it is looked up only then, since reading package metadata takes 30 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_words: object) -> None:
        from importlib.metadata import version

        print(f"kotoutus {version('kotoutus-tui')}")
        parser.exit()
