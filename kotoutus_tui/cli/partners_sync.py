"""`kotoutus partners sync`: what the national catalogue offers, and taking it in, without a screen."""

import asyncio
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from kotoutus_tui.cli import output
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.catalogue.applying import Applied
    from kotoutus_tui.catalogue.comparing import Item, Preview

_NOT_WHOLE = 4  # a part of the catalogue could not be read


def add_arguments(parser: ArgumentParser) -> None:
    """Add whether to take in and what, how much to read, and the form of the output."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help=_("only show what is offered (as if left out)"))
    what.add_argument(
        "--apply",
        choices=("all", "new", "changed"),
        help=_("take in all, or only what is new or changed; in a conflict yours stays"),
    )
    parser.add_argument("--full", action="store_true", help=_("read everything, not only what is new since"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Fetch, tell what is offered, take in what was asked for; 4 when a part could not be read."""
    return asyncio.run(_run(arguments))


async def _run(arguments: Namespace) -> int:
    from kotoutus_tui.catalogue import words
    from kotoutus_tui.catalogue.choices import of_kinds
    from kotoutus_tui.catalogue.comparing import KINDS
    from kotoutus_tui.catalogue.sync import Sync
    from kotoutus_tui.database import Database

    db = Database(arguments.settings.database)
    try:
        sync = Sync(db, arguments.settings)
        preview = await sync.fetch(_told, full=arguments.full)
        applied = None
        if arguments.apply:
            wanted = KINDS if arguments.apply == "all" else [arguments.apply]
            applied = await sync.apply(of_kinds(preview, wanted))
    finally:
        await db.close()
    if arguments.json:
        output.print_json(_as_json(preview, applied))
    else:
        _print(preview)
        if applied is not None:
            output.say(words.taken_in(len(applied.taken)))
    if missing := words.missing(preview):
        output.complain(missing)
    return _NOT_WHOLE if preview.fetched.missing else 0


def _told(part: str, done: int, wanted: int | None) -> None:
    output.progress(part + ": {done}/{wanted}", done, wanted or done)


def _print(preview: "Preview") -> None:
    from kotoutus_tui.catalogue import words
    from kotoutus_tui.catalogue.choices import Choices

    usual = Choices()
    if not preview.offered:
        output.say(_("The network is as the catalogue says."))
        return
    output.say(" · ".join(words.counts(preview)))
    for item in preview.offered:
        whose = item.partner_name if item.is_service else _("partner")
        output.say(f"{words.kind_name(item.kind)}: {item.name}; {whose}")
        for line in words.lines(preview, item, usual):
            output.say(f"  {line}")


def _as_json(preview: "Preview", applied: "Applied | None") -> dict[str, Any]:
    taken = {each.key for each in applied.taken} if applied is not None else set[str]()
    return {
        "whole": preview.fetched.whole,
        "missing": list(preview.fetched.missing),
        "offered": [_item(each, preview, each.key in taken) for each in preview.offered],
    }


def _item(item: "Item", preview: "Preview", taken: bool) -> dict[str, Any]:
    from kotoutus_tui.catalogue.choices import blocked

    return {
        "key": item.key,
        "kind": item.kind,
        "name": item.name,
        "partner": item.partner_name or None,
        "id": str(item.own.id) if item.own is not None else None,
        "alike": [str(each.id) for each in item.alike],
        "waits": blocked(preview, item) or None,
        "facts": {
            each.name: {"mine": each.mine, "theirs": each.theirs, "state": each.state} for each in item.open
        },
        "taken": taken,
    }
