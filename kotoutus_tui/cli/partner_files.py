"""The partner network written to files and read from files by command."""

import asyncio
import re
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange import columns
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.interchange import exchange, exchange_words, table_in
from kotoutus_tui.partners.interchange.incoming import Remark
from kotoutus_tui.partners.interchange.plan import Plan

_NAME = re.compile(r"[\w][\w.-]{0,99}")


def run(arguments: Namespace) -> int:
    """Write a file, or read one in; 1 when something of it was left out."""
    return asyncio.run(_export(arguments) if arguments.verb == "export" else _import(arguments))


async def _export(arguments: Namespace) -> int:
    name = arguments.file or ""
    if name and not _NAME.fullmatch(name):
        raise InvalidInput(
            "file",
            _("Write the name of a file alone, without directories."),
            _("Exports go to {directory}.").format(directory=arguments.settings.drop_dir),
        )
    db = Database(arguments.settings.database)
    try:
        written = await exchange.write(
            db, arguments.settings.drop_dir, arguments.format, arguments.texts,
            contacts=arguments.contacts, name=name,
        )  # fmt: skip
    finally:
        await db.close()
    output.say(exchange_words.written(written))
    output.say(written.place)
    output.say(written.fetch)
    return 0


async def _import(arguments: Namespace) -> int:
    db = Database(arguments.settings.database)
    try:
        if arguments.undo is not None:
            await edits.undo_last(db, operation_id=uuid4(), command_id=arguments.undo)
            output.say(_("Undone."))
            return 0
        if arguments.file is None:
            raise InvalidInput("file", _("Which file?"), _("Write: kotoutus partners import FILE"))
        mapping = columns.read_mapping(arguments.mapping, table_in.COLUMNS) if arguments.mapping else None
        incoming, planned = await exchange.look(db, arguments.file, mapping, arguments.texts)
        _tell(planned, incoming.ignored)
        await _apply(db, planned, wanted=arguments.apply)
    finally:
        await db.close()
    _tell_report(exchange.report(arguments.settings.drop_dir, planned.remarks))
    return 1 if planned.remarks else 0


async def _apply(db: Database, planned: Plan, *, wanted: bool) -> None:
    if not planned.changes:
        output.say(_("There was nothing to do."))
    elif not wanted:
        output.say(_("Nothing was changed. Add --apply to do it."))
    else:
        run = uuid4()
        await exchange.apply(db, planned, operation_id=run)
        output.say(_("Saved."))
        output.say(_("To take it back: kotoutus partners import --undo {run}").format(run=run))


def _tell(planned: Plan, ignored: Sequence[str]) -> None:
    output.print_table(exchange_words.headings(), exchange_words.rows(planned))
    if ignored:
        output.say(_("Columns that are not read: {columns}").format(columns=", ".join(ignored)))
    if planned.remarks:
        output.print_table(
            (_("Part"), _("Row"), _("Column"), _("What was left out")), _remarks(planned.remarks)
        )


def _remarks(remarks: Sequence[Remark]) -> list[tuple[object, ...]]:
    return [(each.part, each.row, each.column, each.reason) for each in remarks]


def _tell_report(place: Path | None) -> None:
    if place is not None:
        output.say(_("Row by row in the file {file}").format(file=place))
