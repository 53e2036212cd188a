"""`kotoutus referrals`: counts of all clients without opening anybody, or one client's referrals."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from kotoutus_tui import clock
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.referrals import reading, words
from kotoutus_tui.casework.referrals.reading import Count, Referral
from kotoutus_tui.casework.referrals.states import is_open
from kotoutus_tui.cli import output
from kotoutus_tui.cli.listing import listed
from kotoutus_tui.cli.show import client_id
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import N_, _, format_date

_COUNT = (N_("Client"), N_("State"), N_("How many"), N_("Oldest"), N_("Look after it on"))
_REFERRAL = (N_("To whom"), N_("State"), N_("Look after it on"), N_("Next"))


def add_arguments(parser: ArgumentParser) -> None:
    """Add whose referrals, which of them, and the form of the output."""
    parser.add_argument("--client", type=client_id, metavar=_("CLIENT"), help=_("id of the client"))
    parser.add_argument("--reason", help=_("why you open the client, if it is not your own"))
    parser.add_argument("--overdue", action="store_true", help=_("only those to be looked after by today"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help=_("one line a referral, a word before each value"))
    form.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Print the referrals; a client is opened, a listing of all is in the log of use too."""
    today = clock.today()
    if arguments.client:
        known = asyncio.run(_of_client(arguments))
        found = [each for each in known if not arguments.overdue or _due(each.chase_on, today)]
        _print(arguments, _REFERRAL, found, [_referral(each, today) for each in found])
    else:
        rows = asyncio.run(listed(arguments.settings.database, "referrals", reading.overview))
        shown = [each for each in rows if is_open(each.state)]
        counts = [each for each in shown if not arguments.overdue or _due(each.chase_on, today)]
        _print(arguments, _COUNT, counts, [_count(each, today) for each in counts])
    return 0


async def _of_client(arguments: Namespace) -> Sequence[Referral]:
    db = Database(arguments.settings.database)
    try:
        await open_client(db, arguments.client, arguments.reason)
        return await reading.referrals(db, arguments.client)
    finally:
        await db.close()


def _print(
    arguments: Namespace,
    headings: Sequence[str],
    found: Sequence[Count | Referral],
    rows: Sequence[Sequence[str]],
) -> None:
    named = [_(heading) for heading in headings]
    if arguments.json:
        output.print_json([asdict(each) for each in found])
    elif not rows:
        output.say(_("No referrals."))
    elif arguments.plain:
        for first, *rest in rows:
            pairs = (f"{word}: {value}" for word, value in zip(named[1:], rest, strict=True) if value)
            output.say("; ".join([first, *pairs]))
    else:
        output.print_table(named, rows)


def _count(count: Count, today: date) -> tuple[str, ...]:
    since = format_date(count.since.astimezone(HELSINKI).date())
    return count.name, words.state_name(count.state), str(count.many), since, _when(count.chase_on, today)


def _referral(referral: Referral, today: date) -> tuple[str, ...]:
    following = ", ".join(words.state_name(state) for state in referral.next_states)
    return referral.receiver, words.state_line(referral), _when(referral.chase_on, today), following


def _when(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return _("{day}, late").format(day=format_date(day)) if day < today else format_date(day)


def _due(day: date | None, today: date) -> bool:
    return day is not None and day <= today
