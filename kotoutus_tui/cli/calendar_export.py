"""`kotoutus calendar export`, `exports`, `deletions`, `feed` and `help`: the way into Outlook."""

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kotoutus_tui.calendar import feed as feeds
from kotoutus_tui.calendar import handover, history, outlook_help, titles, to_delete
from kotoutus_tui.cli import output
from kotoutus_tui.cli.appointments import add_range, range_of
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_datetime, ngettext

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_NAME = re.compile(r"[\w][\w.-]{0,95}\.ics")


def add_verbs(verbs: Any) -> None:
    """Add the verbs."""
    export: ArgumentParser = verbs.add_parser(
        "export", help=_("write your appointments as a file for Outlook")
    )
    add_range(export)
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
    which = export.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help=_("what Outlook has already, too"))
    which.add_argument(
        "--new", action="store_true", help=_("what is new or changed since the last time (default)")
    )
    export.set_defaults(work=write)
    verbs.add_parser("exports", help=_("list what you handed over to Outlook and when")).set_defaults(
        work=exports
    )
    ticking: ArgumentParser = verbs.add_parser(
        "deletions", help=_("list what you are still to delete in Outlook by hand")
    )
    ticking.add_argument(
        "--done", metavar=_("NUMBER"), type=int, action="append", help=_("this one is deleted; 0 for all")
    )
    ticking.set_defaults(work=deletions)
    feeding: ArgumentParser = verbs.add_parser(
        "feed", help=_("write your busy hours for a web server, if the setting “feed_dir” allows it")
    )
    feeding.add_argument("--new-name", action="store_true", help=_("under another secret name"))
    feeding.add_argument("--remove", action="store_true", help=_("take the file away"))
    feeding.set_defaults(work=feed)
    helping: ArgumentParser = verbs.add_parser("help", help=_("tell how a file is taken into your Outlook"))
    helping.add_argument("--outlook", choices=outlook_help.VERSIONS, help=_("by default all of them"))
    helping.set_defaults(work=tell_how)


async def write(db: "Database", arguments: Namespace) -> int:
    """Write the file; ends with 1 when there is nothing to write."""
    file = _place(arguments.settings.drop_dir, arguments.out)
    done = await handover.prepare(db, *range_of(arguments), arguments.template, everything=arguments.all)
    await handover.deliver(db, done, file)
    to_delete.add(arguments.settings.state_dir, done.to_delete)
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


async def exports(db: "Database", _arguments: Namespace) -> int:
    """Print one's hand-overs, newest first."""
    output.print_table(
        [_("When"), _("Way"), _("Heading"), _("From"), _("To"), _("Mailbox"), _("Appointments")],
        [
            (
                each.exported_at, _(history.ROUTES[each.route]), titles.name_of(each.template),
                each.from_on, each.to_on, each.mailbox or "", each.appointments,
            )
            for each in await history.exports(db)
        ],
    )  # fmt: skip
    return 0


async def deletions(_db: "Database", arguments: Namespace) -> int:
    """Print what is to be deleted by hand, with numbers, after ticking some off."""
    state_dir = arguments.settings.state_dir
    for number in sorted(arguments.done or (), reverse=True):
        if number == 0:
            to_delete.tick_all(state_dir)
        else:
            to_delete.tick(state_dir, number - 1)
    left = to_delete.open_ones(state_dir)
    for number, moment in enumerate(left, start=1):
        output.say(f"{number}  {format_datetime(moment)}")
    if not left:
        output.say(_("Nothing is to be deleted in Outlook."))
    return 0


async def feed(db: "Database", arguments: Namespace) -> int:
    """Write the busy hours, or take the file away; ends with 1 when there are none."""
    settings = arguments.settings
    if arguments.remove:
        feeds.remove(settings.feed_dir, settings.state_dir)
        output.say(_("The busy feed was taken away."))
        return 0
    file, count = await feeds.write(db, settings.feed_dir, settings.state_dir, new_name=arguments.new_name)
    if not count:
        output.say(_("There are no appointments; the busy feed was taken away."))
        return 1
    output.say(
        ngettext(
            "{count} appointment written to {file}", "{count} appointments written to {file}", count
        ).format(count=count, file=file)
    )
    output.say(_("Whoever knows the name of this file sees when you are busy: give it to nobody."))
    return 0


async def tell_how(_db: "Database", arguments: Namespace) -> int:
    """Print the help."""
    for version in [arguments.outlook] if arguments.outlook else outlook_help.VERSIONS:
        found = outlook_help.help_for(version)
        output.say(found.name)
        for number, step in enumerate(found.steps, start=1):
            output.say(f"  {number}. {step}")
        output.say(f"  {found.mind}")
    return 0


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
