"""`kotoutus calendar`: one's appointments, interpreters and absences, and the way into Outlook."""

import asyncio
from argparse import ArgumentParser, Namespace

from kotoutus_tui.cli import absences, appointments, attendance, calendar_export, interpreters
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs and their options."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("COMMAND"), title=_("commands"))
    for each in (appointments, attendance, interpreters, absences, calendar_export):
        each.add_verbs(verbs)


def run(arguments: Namespace) -> int:
    """Do what the verb says."""
    return asyncio.run(_with_database(arguments))


async def _with_database(arguments: Namespace) -> int:
    db = Database(arguments.settings.database)
    try:
        return await arguments.work(db, arguments)
    finally:
        await db.close()
