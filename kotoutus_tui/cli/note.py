"""`kotoutus note`: writes a note on a client's timeline."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from uuid import uuid4

from kotoutus_tui.casework import timeline_commands
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.cli import output
from kotoutus_tui.cli.show import client_id
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("client", metavar=_("CLIENT"), type=client_id, help=_("id of the client"))
    parser.add_argument("text", metavar=_("TEXT"), help=_("the note; - reads it from standard input"))
    parser.add_argument("--reason", help=_("why you open the client, if it is not your own"))


def run(arguments: Namespace) -> int:
    """Open the client and write the note."""
    text = sys.stdin.read() if arguments.text == "-" else arguments.text
    asyncio.run(_write(arguments, text))
    output.say(_("Saved."))
    return 0


async def _write(arguments: Namespace, text: str) -> None:
    db = Database(arguments.settings.database)
    try:
        await open_client(db, arguments.client, arguments.reason)
        await timeline_commands.write_note(db, arguments.client, text, operation_id=uuid4())
    finally:
        await db.close()
