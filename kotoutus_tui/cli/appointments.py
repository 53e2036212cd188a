"""`kotoutus calendar list`, `add` and `cancel`: one's appointments without a screen."""

import re
from argparse import ArgumentParser, Namespace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock, dates
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework import appointments
from kotoutus_tui.casework.appointment_values import Wanted
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.cli import output
from kotoutus_tui.cli.show import client_id
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_day, format_time

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


def add_verbs(verbs: Any) -> None:
    """Add the three verbs to those of the command."""
    listing: ArgumentParser = verbs.add_parser("list", help=_("list your appointments"))
    listing.add_argument("--from", dest="from_on", metavar=_("DAY"), default="+0")
    listing.add_argument("--to", dest="to_on", metavar=_("DAY"), default="+28")
    listing.set_defaults(work=show)
    adding: ArgumentParser = verbs.add_parser("add", help=_("make an appointment"))
    adding.add_argument("day", metavar=_("DAY"))
    adding.add_argument("time", metavar=_("TIME"), help=_("for example 9.30"))
    adding.add_argument("--minutes", type=int, default=45, help=_("how long, by default 45"))
    adding.add_argument("--kind", choices=tuple(KINDS), default="meeting")
    adding.add_argument("--client", metavar=_("CLIENT"), type=client_id, help=_("id of the client"))
    adding.add_argument("--room", default="")
    adding.add_argument("--interpreter", default="")
    adding.add_argument("--interpreter-language", default="", help=_("makes it twice as long"))
    adding.add_argument("--despite", default="", help=_("why it may overlap with another"))
    adding.set_defaults(work=add)
    cancelling: ArgumentParser = verbs.add_parser("cancel", help=_("cancel an appointment"))
    cancelling.add_argument("appointment", type=appointment_id, help=_("its id, as the list shows it"))
    cancelling.add_argument("reason", metavar=_("REASON"))
    cancelling.set_defaults(work=cancel)


def appointment_id(text: str) -> UUID:
    """Read the id of an appointment from the command line."""
    return UUID(text)


async def show(db: "Database", arguments: Namespace) -> int:
    """Print one's appointments of these days as a table without anything about clients."""
    today = clock.today()
    from_on, to_on = dates.parse(arguments.from_on, today), dates.parse(arguments.to_on, today)
    rows = await appointments.agenda(db, from_on, to_on)
    output.print_table(
        [_("Day"), _("Time"), _("What"), _("Room"), _("Id")],
        [
            (
                format_day(each.starts_at.astimezone(clock.HELSINKI).date()),
                f"{format_time(each.starts_at)}-{format_time(each.ends_at)}",
                _(KINDS[each.kind]),
                each.room or "",
                each.id,
            )
            for each in rows
        ],
    )
    return 0


async def add(db: "Database", arguments: Namespace) -> int:
    """Make an appointment; a client is opened first."""
    day = dates.parse(arguments.day, clock.today())
    wanted = Wanted(
        arguments.kind, _moment(day, arguments.time), arguments.minutes, arguments.client, arguments.room,
        arguments.interpreter_language, arguments.interpreter, arguments.despite,
    )  # fmt: skip
    if wanted.client_id:
        await open_client(db, wanted.client_id)
    await appointments.make(db, wanted, operation_id=uuid4())
    output.say(_("Saved."))
    return 0


async def cancel(db: "Database", arguments: Namespace) -> int:
    """Cancel an appointment; its client is opened first."""
    client = await appointments.client_of(db, arguments.appointment)
    if client:
        await open_client(db, client)
    await appointments.cancel(db, arguments.appointment, arguments.reason, operation_id=uuid4())
    output.say(_("Saved."))
    return 0


def _moment(day: date, text: str) -> datetime:
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise InvalidInput("time", _("This is not a time of day."), _("Write it as 9.30."))
    return times.moment(day, time(int(found[1]), int(found[2])))
