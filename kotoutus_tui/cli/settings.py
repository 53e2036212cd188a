"""`kotoutus settings`: what is in force and where it comes from."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kotoutus_tui import settings
from kotoutus_tui.cli import output
from kotoutus_tui.i18n import _


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Print every setting with its value and its source."""
    origins = settings.origins()
    if arguments.json:
        output.print_json(
            {o.name: {"value": _json_value(o.value), "source": o.source or None} for o in origins}
        )
        return 0
    rows = [(o.name, _text(o.value), o.source or _("built in")) for o in origins]
    output.print_table((_("Setting"), _("Value"), _("From")), rows)
    return 0


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _json_value(value: object) -> object:
    return str(value) if isinstance(value, Path) else value
