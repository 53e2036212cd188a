"""`kotoutus show`: a client's timeline as plain text or JSON."""

import asyncio
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import asdict
from uuid import UUID

from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.plan_words import MEASURE_STATES
from kotoutus_tui.casework.side import side
from kotoutus_tui.casework.timeline_words import kind_of, marks_of
from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_date, format_datetime


def client_id(text: str) -> UUID:
    """Read a client's id from the command line."""
    try:
        return UUID(text)
    except ValueError as error:
        raise ArgumentTypeError(_("not a client's id")) from error


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("client", metavar=_("CLIENT"), type=client_id, help=_("id of the client"))
    parser.add_argument("--reason", help=_("why you open the client, if it is not your own"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--plain", action="store_true", help=_("print plain text (the default)"))
    form.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Open the client, which leaves an entry in the log of use, and print the newest 100 events."""
    return asyncio.run(_show(arguments))


async def _show(arguments: Namespace) -> int:
    db = Database(arguments.settings.database)
    try:
        await open_client(db, arguments.client, arguments.reason)
        who = await timeline.header(db, arguments.client)
        beside = await side(db, arguments.client)
        events = await timeline.page(db, arguments.client)
    finally:
        await db.close()
    if arguments.json:
        output.print_json(
            {
                "client": asdict(who),
                **asdict(beside),
                "events": [asdict(event) for event in events],
            }
        )
        return 0
    output.say(who.name)
    if who.own_counsellor:
        output.say(_("Own counsellor: {name}").format(name=who.own_counsellor))
    if period := who.period:
        words = _("Integration period: {start}–{end}")
        output.say(words.format(start=format_date(period.start), end=format_date(period.end)))
    for task in beside.tasks:
        output.say(_("To do by {date}: {title}").format(date=format_date(task.due_on), title=task.title))
    for referral in beside.referrals:
        words = _("Waiting for an answer since {date}: {referral}")
        output.say(words.format(date=format_date(referral.since), referral=referral.text.partition("\n")[0]))
    for goal in beside.goals:
        output.say(_("Goal: {goal}").format(goal=goal.partition("\n")[0]))
    for measure in beside.measures:
        words = _("Measure or service: {title}, {state}")
        output.say(words.format(title=measure.title, state=_(MEASURE_STATES[measure.state])))
    for event in events:
        output.say()
        output.say(f"{format_datetime(event.occurred_at)}  {kind_of(event)}  {event.author}")
        for line in [*marks_of(event), event.body]:
            output.say(line)
    return 0
