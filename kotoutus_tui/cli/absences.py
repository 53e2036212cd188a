"""`kotoutus calendar absence` and `holidays`: days away from work."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock, dates
from kotoutus_tui.casework import absences
from kotoutus_tui.cli import output
from kotoutus_tui.cli.appointments import add_range, range_of
from kotoutus_tui.i18n import _, format_day, ngettext

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


def add_verbs(verbs: Any) -> None:
    """Add the verbs."""
    listing: ArgumentParser = verbs.add_parser("absences", help=_("list who of the team is away"))
    add_range(listing)
    listing.set_defaults(work=show)
    adding: ArgumentParser = verbs.add_parser("away", help=_("say that you are away"))
    adding.add_argument("from_on", metavar=_("DAY"))
    adding.add_argument("to_on", metavar=_("DAY"), nargs="?", help=_("the last day away"))
    adding.add_argument("--login", help=_("of a colleague; for the lead"))
    adding.set_defaults(work=add)
    removing: ArgumentParser = verbs.add_parser("back", help=_("take an absence back"))
    removing.add_argument("absence", type=UUID, help=_("its id, as the list shows it"))
    removing.set_defaults(work=remove)
    free: ArgumentParser = verbs.add_parser("holidays", help=_("list the public holidays"))
    free.add_argument("--from", dest="from_on", metavar=_("DAY"), default="+0")
    free.add_argument("--to", dest="to_on", metavar=_("DAY"), default="+365")
    free.set_defaults(work=holidays)


async def show(db: "Database", arguments: Namespace) -> int:
    """Print the absences of these days."""
    rows = await absences.between(db, *range_of(arguments))
    output.print_table(
        [_("Who"), _("From"), _("To"), _("Id")],
        [(each.name, each.from_on, each.to_on, each.id) for each in rows],
    )
    return 0


async def add(db: "Database", arguments: Namespace) -> int:
    """Write an absence and tell how many appointments are in it."""
    today = clock.today()
    from_on = dates.parse(arguments.from_on, today)
    to_on = dates.parse(arguments.to_on, today) if arguments.to_on else from_on
    many = await absences.add(db, from_on, to_on, login=arguments.login, operation_id=uuid4())
    output.say(_("Saved."))
    if many:
        output.say(
            ngettext(
                "{count} of your appointments is in that time: move or cancel it.",
                "{count} of your appointments are in that time: move or cancel them.",
                many,
            ).format(count=many)
        )
    return 0


async def remove(db: "Database", arguments: Namespace) -> int:
    """Take an absence back."""
    await absences.remove(db, arguments.absence, operation_id=uuid4())
    output.say(_("Saved."))
    return 0


async def holidays(_db: "Database", arguments: Namespace) -> int:
    """Print the holidays that are no Saturday or Sunday."""
    for day, name in absences.free_days(*range_of(arguments)).items():
        output.say(f"{format_day(day)}{day.year}  {name}")
    return 0
