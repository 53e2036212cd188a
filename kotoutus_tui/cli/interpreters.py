"""`kotoutus calendar interpreters` and `bar`: bookings, their last day to cancel, who is not booked."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from kotoutus_tui import clock
from kotoutus_tui.casework import interpreters
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.cli import output
from kotoutus_tui.cli.appointments import add_range, range_of
from kotoutus_tui.cli.show import client_id
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_datetime, format_day, format_time, language_name

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


def add_verbs(verbs: Any) -> None:
    """Add the two verbs."""
    listing: ArgumentParser = verbs.add_parser(
        "interpreters", help=_("list booked interpreters and when they can be cancelled at the latest")
    )
    add_range(listing)
    listing.set_defaults(work=show)
    barring: ArgumentParser = verbs.add_parser(
        "bar", help=_("say which interpreter is not to be booked for a client")
    )
    barring.add_argument("client", metavar=_("CLIENT"), type=client_id)
    barring.add_argument(
        "interpreter", nargs="?", metavar=_("INTERPRETER"), help=_("without it, those barred are listed")
    )
    barring.add_argument("reason", nargs="?", metavar=_("REASON"), help=_("it is never shown again"))
    barring.add_argument("--lift", action="store_true", help=_("let the interpreter be booked again"))
    barring.set_defaults(work=bar)


async def show(db: "Database", arguments: Namespace) -> int:
    """Print one's bookings of these days, without anything about clients."""
    rows = await interpreters.bookings(db, *range_of(arguments))
    output.print_table(
        [
            _("Day"), _("Time"), _("Language"), _("Interpreter"), _("Company"), _("Booking"),
            _("Cancel by"), _("Id"),
        ],
        [
            (
                format_day(each.starts_at.astimezone(clock.HELSINKI).date()),
                f"{format_time(each.starts_at)}-{format_time(each.ends_at)}",
                language_name(each.language) if each.language else "",
                each.interpreter or _("not named yet"),
                each.company or "",
                each.reference or "",
                format_datetime(each.cancel_by) if each.cancel_by else "",
                each.id,
            )
            for each in rows
        ],
    )  # fmt: skip
    return 0


async def bar(db: "Database", arguments: Namespace) -> int:
    """Bar an interpreter, lift that, or list the names; the client is opened first."""
    await open_client(db, arguments.client)
    if arguments.interpreter is None:
        for name in await interpreters.barred(db, arguments.client):
            output.say(name)
        return 0
    if arguments.lift:
        await interpreters.lift(db, arguments.client, arguments.interpreter)
    elif arguments.reason is None:
        raise InvalidInput("reason", _("A reason is needed."), _("Say in a few words why."))
    else:
        await interpreters.bar(db, arguments.client, arguments.interpreter, arguments.reason)
    output.say(_("Saved."))
    return 0
