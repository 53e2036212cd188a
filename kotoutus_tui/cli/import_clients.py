"""`kotoutus import`: reads clients in from a file; without --apply it only tells what would happen."""

import asyncio
from argparse import ArgumentParser, Namespace
from pathlib import Path
from uuid import UUID, uuid4

from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange import apply, columns, dry_run
from kotoutus_tui.exchange.apply import Outcome, Undone
from kotoutus_tui.exchange.dry_run import Plan
from kotoutus_tui.exchange.values import Refusal, clean_enough
from kotoutus_tui.i18n import _


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("file", nargs="?", type=Path, metavar=_("FILE"), help=_("a CSV or XLSX file"))
    parser.add_argument(
        "--mapping", type=Path, metavar=_("FILE"), help=_("a TOML file that names the columns of headings")
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--apply", action="store_true", help=_("do it; otherwise only told"))
    what.add_argument("--undo", type=_run_id, metavar=_("RUN"), help=_("take a run back, by its id"))
    parser.add_argument(
        "--duplicates", action="store_true", help=_("make also the clients who are likely there already")
    )


def run(arguments: Namespace) -> int:
    """Tell what the file would do, do it, or take a run back; 1 when a row was refused."""
    return asyncio.run(_run(arguments))


async def _run(arguments: Namespace) -> int:
    db = Database(arguments.settings.database)
    try:
        if arguments.undo is not None:
            _tell_undone(await apply.undo(db, arguments.undo, uuid4()))
            return 0
        if arguments.file is None:
            raise InvalidInput("file", _("Which file?"), _("Write: kotoutus import FILE"))
        mapping = columns.read_mapping(arguments.mapping) if arguments.mapping else None
        plan = await dry_run.plan(db, arguments.file, mapping)
        _tell_plan(plan)
        refused = list(plan.refused)
        if arguments.apply:
            outcome = await apply.apply(db, plan, uuid4(), duplicates=arguments.duplicates)
            refused += outcome.refused
            _tell_outcome(outcome, plan.headings)
        else:
            output.say(_("Nothing was changed. Add --apply to do it."))
        return 1 if refused else 0
    finally:
        await db.close()


def _tell_plan(plan: Plan) -> None:
    rows_refused = len({refusal.row for refusal in plan.refused})
    output.print_table(
        (_("New"), _("Changed"), _("Unchanged"), _("Likely duplicates"), _("Refused")),
        [(len(plan.create), len(plan.change), plan.unchanged, len(plan.duplicates), rows_refused)],
    )
    if plan.ignored:
        headings = ", ".join(clean_enough(heading) for heading in plan.ignored)
        output.say(_("Columns that are not read: {columns}").format(columns=headings))
    if plan.change:
        output.say()
        rows = [
            (each.row, each.external_id, ", ".join(plan.headings.get(one, one) for one in each.differs))
            for each in plan.change
        ]
        output.print_table((_("Row"), _("Client number"), _("What changes")), rows)
    if plan.duplicates:
        output.say()
        output.say(_("Likely there already; made only with --duplicates:"))
        rows = [(each.row, each.external_id) for each in plan.duplicates]
        output.print_table((_("Row"), _("Client number")), rows)
    _tell_refused(plan.refused, plan.headings)


def _tell_refused(refused: list[Refusal], headings: dict[str, str]) -> None:
    if refused:
        output.say()
        rows = [
            (each.row, headings.get(each.column, each.column), each.value, each.reason) for each in refused
        ]
        output.print_table((_("Row"), _("Column"), _("Value"), _("Why refused")), rows)


def _tell_outcome(outcome: Outcome, headings: dict[str, str]) -> None:
    _tell_refused(outcome.refused, headings)
    output.say()
    if outcome.run is None:
        output.say(_("There was nothing to do."))
        return
    output.say(
        _("Saved: {created} new, {changed} changed.").format(created=outcome.created, changed=outcome.changed)
    )
    output.say(_("To take it back: kotoutus import --undo {run}").format(run=outcome.run))


def _tell_undone(undone: Undone) -> None:
    output.say(
        _("Taken back: {removed} removed, {restored} put back.").format(
            removed=undone.removed, restored=undone.restored
        )
    )
    if undone.kept:
        output.say(_("Left as they are, since somebody changed them: {kept}").format(kept=undone.kept))


def _run_id(text: str) -> UUID:
    return UUID(text)
