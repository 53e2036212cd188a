"""`kotoutus calendar list`, `add`, `move`, `cancel` and `undo`: one's appointments without a screen."""

import re
from argparse import ArgumentParser, Namespace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock, dates
from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework import appointment_undo, appointments
from kotoutus_tui.casework.appointment_values import Wanted
from kotoutus_tui.casework.appointment_words import FREQUENCIES, GENDERS, MODES
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.cli import output
from kotoutus_tui.cli.show import client_id
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_day, format_time, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kotoutus_tui.database import Database

_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


def add_verbs(verbs: Any) -> None:
    """Add the verbs to those of the command."""
    listing: ArgumentParser = verbs.add_parser("list", help=_("list your appointments"))
    add_range(listing)
    listing.set_defaults(work=show)
    _add_adding(verbs.add_parser("add", help=_("make an appointment, or a series of them")))
    moving: ArgumentParser = verbs.add_parser("move", help=_("move an appointment"))
    add_which(moving)
    moving.add_argument("day", metavar=_("DAY"))
    moving.add_argument("time", metavar=_("TIME"), help=_("for example 9.30"))
    moving.add_argument("--minutes", type=int, help=_("how long, by default as before"))
    moving.add_argument("--despite", default="", help=_("why it may overlap with another"))
    moving.set_defaults(work=move)
    cancelling: ArgumentParser = verbs.add_parser("cancel", help=_("cancel an appointment"))
    add_which(cancelling)
    cancelling.add_argument("reason", metavar=_("REASON"))
    cancelling.set_defaults(work=cancel)
    undoing: ArgumentParser = verbs.add_parser("undo", help=_("undo your last change of appointments"))
    undoing.set_defaults(work=undo)


def add_range(parser: ArgumentParser) -> None:
    """Add the first and the last day."""
    parser.add_argument("--from", dest="from_on", metavar=_("DAY"), default="+0")
    parser.add_argument("--to", dest="to_on", metavar=_("DAY"), default="+28")


def range_of(arguments: Namespace) -> tuple[date, date]:
    """Return the first and the last day."""
    today = clock.today()
    return dates.parse(arguments.from_on, today), dates.parse(arguments.to_on, today)


def add_which(parser: ArgumentParser) -> None:
    """Add the appointment that is meant, and whether the rest of its series is."""
    parser.add_argument("appointment", type=UUID, help=_("its id, as the list shows it"))
    parser.add_argument("--following", action="store_true", help=_("the later ones of its series, too"))


def _add_adding(adding: ArgumentParser) -> None:
    adding.add_argument("day", metavar=_("DAY"))
    adding.add_argument("time", metavar=_("TIME"), help=_("for example 9.30"))
    adding.add_argument("--minutes", type=int, default=45, help=_("how long, by default 45"))
    adding.add_argument("--kind", choices=tuple(KINDS), default="meeting")
    adding.add_argument(
        "--client", metavar=_("CLIENT"), type=client_id, action="append", default=[],
        help=_("id of the client; give it again for several"),
    )  # fmt: skip
    for name in ("title", "partner", "room", "place"):
        adding.add_argument(f"--{name}", default="")
    adding.add_argument("--mode", choices=tuple(MODES), default="office", help=_("how you meet"))
    adding.add_argument("--interpreter", default="")
    adding.add_argument("--interpreter-language", default="", help=_("makes it twice as long"))
    adding.add_argument("--company", default="", help=_("that the interpreter comes from"))
    adding.add_argument("--reference", default="", help=_("number of the booking"))
    adding.add_argument("--gender", choices=tuple(GENDERS), default="", help=_("wish for the interpreter"))
    adding.add_argument("--cancel-by", metavar=_("DAY"), help=_("last day to cancel the interpreter"))
    adding.add_argument(
        "--told", action="store_true",
        help=_("the clients were told of the fee and how to cancel, and understood it (681/2023 32 a §)"),
    )  # fmt: skip
    adding.add_argument("--despite", default="", help=_("why it may overlap with another"))
    adding.add_argument("--repeat", choices=tuple(FREQUENCIES), help=_("make a series"))
    adding.add_argument("--times", type=int, default=2, help=_("how often in all"))
    adding.add_argument("--every", type=int, default=1, help=_("2 is every other"))
    adding.add_argument("--weekdays", default="", help=_("of a weekly series, as MO,WE"))
    adding.add_argument("--holidays", action="store_true", help=_("on public holidays, too"))
    adding.set_defaults(work=add)


async def show(db: "Database", arguments: Namespace) -> int:
    """Print one's appointments of these days as a table without anything about clients."""
    rows = await appointments.agenda(db, *range_of(arguments))
    output.print_table(
        [_("Day"), _("Time"), _("What"), _("Meeting room"), _("Id")],
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
    """Make an appointment or a series; the clients are opened first."""
    today = clock.today()
    start = moment(dates.parse(arguments.day, today), arguments.time)
    cancel_by = arguments.cancel_by and dates.parse(arguments.cancel_by, today)
    wanted = Wanted(
        arguments.kind, start, arguments.minutes, others=tuple(arguments.client),
        room=arguments.room, title=arguments.title, partner=arguments.partner, place=arguments.place,
        mode=arguments.mode, interpreter=arguments.interpreter,
        interpreter_language=arguments.interpreter_language, interpreter_company=arguments.company,
        interpreter_reference=arguments.reference, interpreter_gender=arguments.gender,
        interpreter_cancel_by=datetime.combine(cancel_by, time(12), clock.HELSINKI) if cancel_by else None,
        told_of_fee=arguments.told, told_how_to_cancel=arguments.told, understood=arguments.told,
        overlap_reason=arguments.despite,
    )  # fmt: skip
    await open_all(db, wanted.clients)
    if not arguments.repeat:
        await appointments.make(db, wanted, operation_id=uuid4())
        output.say(_("Saved."))
        return 0
    return await _add_series(db, arguments, wanted)


async def _add_series(db: "Database", arguments: Namespace, wanted: Wanted) -> int:
    from kotoutus_tui.casework.absences import free_days
    from kotoutus_tui.casework.appointment_series import Rule, days_of, make_series

    rule = Rule(arguments.repeat, arguments.times, arguments.every, arguments.weekdays.upper())
    days = days_of(wanted, rule)
    free = {} if arguments.holidays else free_days(days[0], days[-1])
    made = await make_series(db, wanted, rule, operation_id=uuid4(), leave_out=list(free))
    for day in days:
        if day in free:
            output.say(_("Left out: {day}, {holiday}.").format(day=format_day(day), holiday=free[day]))
    many = len(made)
    output.say(
        ngettext("{count} appointment was made.", "{count} appointments were made.", many).format(count=many)
    )
    return 0


async def move(db: "Database", arguments: Namespace) -> int:
    """Move an appointment; its clients are opened first."""
    start = moment(dates.parse(arguments.day, clock.today()), arguments.time)
    await open_all(
        db, await appointments.clients_of(db, arguments.appointment, following=arguments.following)
    )
    await appointments.move(
        db, arguments.appointment, start, minutes=arguments.minutes, overlap_reason=arguments.despite,
        following=arguments.following, operation_id=uuid4(),
    )  # fmt: skip
    output.say(_("Saved."))
    return 0


async def cancel(db: "Database", arguments: Namespace) -> int:
    """Cancel an appointment; its clients are opened first."""
    await open_all(
        db, await appointments.clients_of(db, arguments.appointment, following=arguments.following)
    )
    await appointments.cancel(
        db, arguments.appointment, arguments.reason, following=arguments.following, operation_id=uuid4()
    )
    output.say(_("Saved."))
    return 0


async def undo(db: "Database", _arguments: Namespace) -> int:
    """Undo the last command; its clients are opened first."""
    await open_all(db, await appointment_undo.clients_to_open(db))
    await appointment_undo.undo_last(db, operation_id=uuid4())
    output.say(_("Undone."))
    return 0


async def open_all(db: "Database", clients: "Iterable[UUID]") -> None:
    """Open clients, as an entry of each in the log of use."""
    for each in clients:
        await open_client(db, each)


def moment(day: date, text: str) -> datetime:
    """Return an aware moment; raises InvalidInput for what is no time and for one that does not exist."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise InvalidInput("time", _("This is not a time of day."), _("Write it as 9.30."))
    return times.moment(day, time(int(found[1]), int(found[2])))
