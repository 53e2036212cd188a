"""`kotoutus calendar`: one's appointments; `export` writes them for Outlook into the drop directory."""

import asyncio
import re
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from kotoutus_tui import clock, dates
from kotoutus_tui.calendar import handover, titles
from kotoutus_tui.cli import absences, appointments, attendance, interpreters, output
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_datetime, ngettext

_NAME = re.compile(r"[\w][\w.-]{0,95}\.ics")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs and their options."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("COMMAND"), title=_("commands"))
    export = verbs.add_parser("export", help=_("write your appointments as a file for Outlook"))
    day = _("DAY")
    export.add_argument(
        "--from", dest="from_on", metavar=day, default="+0", help=_("the first day, by default today")
    )
    export.add_argument(
        "--to", dest="to_on", metavar=day, default="+28", help=_("the last day, by default in four weeks")
    )
    export.add_argument(
        "--out", required=True, metavar=_("FILE"), help=_("name of a new file in the directory for exports")
    )
    export.add_argument(
        "--template",
        default="busy",
        metavar=_("TEMPLATE"),
        help=_("what a colleague sees: {names}").format(
            names=", ".join((*titles.TEMPLATES, f"{titles.OWN}…"))
        ),
    )
    export.set_defaults(work=None)
    for each in (appointments, attendance, interpreters, absences):
        each.add_verbs(verbs)
    which = export.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help=_("what Outlook has already, too"))
    which.add_argument(
        "--new", action="store_true", help=_("what is new or changed since the last time (default)")
    )


def run(arguments: Namespace) -> int:
    """Do what the verb says; an export ends with 1 when there is nothing to write."""
    if arguments.work:
        return asyncio.run(_with_database(arguments))
    today = clock.today()
    file = _place(arguments.settings.drop_dir, arguments.out)
    from_on, to_on = dates.parse(arguments.from_on, today), dates.parse(arguments.to_on, today)
    done = asyncio.run(_export(arguments, file, from_on, to_on))
    if done.to_delete:
        output.say(_("Delete these in Outlook by hand; a file cannot do it:"))
        for moment in done.to_delete:
            output.say(f"  {format_datetime(moment)}")
    if not done.count:
        output.say(_("There is nothing to export; no file was written."))
        return 1
    many = done.count
    output.say(
        ngettext(
            "{count} appointment written to {file}", "{count} appointments written to {file}", many
        ).format(count=many, file=file)
    )
    return 0


async def _with_database(arguments: Namespace) -> int:
    db = Database(arguments.settings.database)
    try:
        return await arguments.work(db, arguments)
    finally:
        await db.close()


async def _export(arguments: Namespace, file: Path, from_on: date, to_on: date) -> handover.Handover:
    db = Database(arguments.settings.database)
    try:
        prepared = await handover.prepare(db, from_on, to_on, arguments.template, everything=arguments.all)
        await handover.deliver(db, prepared, file)
    finally:
        await db.close()
    return prepared


def _place(directory: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            "file",
            _("Write the name of a file that ends in .ics alone, without directories."),
            _("Exports go to {directory}.").format(directory=directory),
        )
    if (directory / name).exists():
        raise InvalidInput("file", _("There is such a file already."), _("Choose another name."))
    return directory / name
