"""`kotoutus guidance`: the guidance log on the command line: listed, written to, exported for statistics."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from kotoutus_tui import clock, dates, private_files
from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Unreachable
from kotoutus_tui.guidance import commands, log, statistics, words
from kotoutus_tui.guidance.log import Entry
from kotoutus_tui.i18n import _, language_name, ngettext
from kotoutus_tui.partners import need_supply, population
from kotoutus_tui.partners.need_supply import Need

_LISTED_DAYS = 30


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs of this command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"), title=_("verbs"))
    listing = verbs.add_parser("list", help=_("list the team's entries of the last 30 days, or of some days"))
    _add_days(listing)
    listing.add_argument("--own", action="store_true", help=_("only your own entries"))
    listing.add_argument("--json", action="store_true", help=_("print JSON"))
    add = verbs.add_parser("add", help=_("write down advice you gave; what is left out is as last time"))
    add.add_argument("--asker", choices=[code for code, _name in words.askers()], help=_("who asked"))
    add.add_argument("--topic", choices=[code for code, _name in words.topics()], help=_("what about"))
    add.add_argument("--language", help=_("a code or a name"))
    add.add_argument("--minutes", type=int, help=_("how long"))
    add.add_argument("--outcome", choices=[code for code, _name in words.outcomes()], help=_("how it ended"))
    add.add_argument("--day", default="today", help=_("the day, such as 24.11. or yesterday"))
    add.add_argument("--note", help=_("a note without names"))
    export = verbs.add_parser("export", help=_("write the counts of this week, or of some days, as CSV"))
    _add_days(export)
    export.add_argument("--rows", action="store_true", help=_("every entry without its note, not counts"))
    export.add_argument("--out", type=Path, metavar=_("FILE"), help=_("the file; it must be new"))
    need = verbs.add_parser("need", help=_("compare what clients need with what partners give, by language"))
    need.add_argument(
        "--population", action="store_true", help=_("read how many speak each language in Joensuu first")
    )
    need.add_argument("--out", type=Path, metavar=_("FILE"), help=_("the file; it must be new"))
    need.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Carry the verb out."""
    return asyncio.run(_run(arguments))


async def _run(arguments: Namespace) -> int:
    db = Database(arguments.settings.database)
    try:
        return await {"list": _list, "add": _add, "export": _export, "need": _need}[arguments.verb](
            db, arguments
        )
    finally:
        await db.close()


def _add_days(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar=_("DAY"), help=_("the first day"))
    parser.add_argument("--to", dest="last", metavar=_("DAY"), help=_("the last day; by default today"))


async def _list(db: Database, arguments: Namespace) -> int:
    today = clock.today()
    first = _day(arguments.first) or today - timedelta(days=_LISTED_DAYS)
    found = await log.between(db, first, _day(arguments.last) or today)
    rows = [each for each in found if each.mine or not arguments.own]
    await db.call("log_use", "list", "guidance", len(rows))
    if arguments.json:
        output.print_json([_as_json(each) for each in rows])
    elif not rows:
        output.say(_("No entries."))
    else:
        headings = (
            _("Day"), _("Who asked"), _("Topic"), _("Language"), _("Minutes"), _("Outcome"), _("Written by"),
        )  # fmt: skip
        output.print_table(headings, [_cells(each) for each in rows])
    return 0


async def _add(db: Database, arguments: Namespace) -> int:
    begin = await log.beginning(db)
    facts = commands.Facts(
        _day(arguments.day) or clock.today(),
        arguments.asker or begin.asker,
        arguments.topic or begin.topic,
        arguments.language or begin.language,
        begin.minutes if arguments.minutes is None else arguments.minutes,
        arguments.outcome or begin.outcome,
        arguments.note,
    )
    await commands.add(db, facts, operation_id=uuid4())
    output.say(_("Saved."))
    return 0


async def _export(db: Database, arguments: Namespace) -> int:
    monday, today = statistics.this_week(clock.today())
    first, last = _day(arguments.first) or monday, _day(arguments.last) or today
    file = arguments.out or private_files.free_name(arguments.settings.drop_dir, "guidance", ".csv")
    many = await statistics.export(db, first, last, file, rows=arguments.rows)
    output.say(_("{entries} written to {file}").format(entries=words.many_entries(many), file=file))
    return 0


async def _need(db: Database, arguments: Namespace) -> int:
    if arguments.population:
        try:
            await population.fetch(db, arguments.settings.statistics_url, operation_id=uuid4())
        except (Unreachable, population.UnfamiliarTable) as error:
            # What was read before is still of use.
            output.complain(error.sentence, error.next_step)
    rows = await need_supply.read(db, clock.today())
    if arguments.out:
        await need_supply.export(db, rows, arguments.out)
        many = len(rows)
        output.say(
            ngettext("{count} row written to {file}", "{count} rows written to {file}", many).format(
                count=many, file=arguments.out
            )
        )
    elif arguments.json:
        output.print_json([_need_as_json(each) for each in rows])
    elif not rows:
        output.say(_("No plan has an open service yet: nothing to compare."))
    else:
        headings = (
            _("Language"), _("Service"), _("Clients"), _("Partners speaking"), _("By interpreter"),
            _("Speakers"),
        )  # fmt: skip
        output.print_table(headings, [_need_cells(each) for each in rows])
    return 0


def _need_cells(need: Need) -> Sequence[object]:
    return (
        language_name(need.language), need_supply.class_name(need.service_class),
        need_supply.clients_text(need), need.spoken, need.interpreted,
        population.people_text(need.people) if need.people else "",
    )  # fmt: skip


def _need_as_json(need: Need) -> dict[str, object]:
    return {
        "language": need.language, "class": need.service_class, "clients": need.clients, "gap": need.gap,
        "partners_speaking": need.spoken, "partners_by_interpreter": need.interpreted,
        "speakers": need.people.people if need.people else None,
        "year": need.people.year if need.people else None,
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return dates.parse(text, clock.today(), past=True) if text else None


def _cells(entry: Entry) -> Sequence[object]:
    return (
        entry.given_on, words.asker_name(entry.asker), words.topic_name(entry.topic),
        language_name(entry.language), entry.minutes, words.outcome_name(entry.outcome), entry.author,
    )  # fmt: skip


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "id": str(entry.id), "day": entry.given_on, "asker": entry.asker, "topic": entry.topic,
        "language": entry.language, "minutes": entry.minutes, "outcome": entry.outcome, "note": entry.note,
        "author": entry.author, "own": entry.mine,
    }  # fmt: skip
