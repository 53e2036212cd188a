"""`kotoutus search`: find clients by any spelling, once or line by line for another program."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress

from kotoutus_tui.casework import search, search_words
from kotoutus_tui.casework.caseload_words import phase_name
from kotoutus_tui.casework.search import Hit, SearchResult
from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _, format_date, ngettext

_BEST = 10


def add_arguments(parser: ArgumentParser) -> None:
    """Add the text and what else may be done."""
    parser.add_argument(
        "text",
        nargs="*",
        metavar=_("TEXT"),
        help=_(
            "a name in any spelling and order, with a year of birth if you like; or a phone or identity code"
        ),
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--plain", action="store_true", help=_("one line a client, a word before each value"))
    forms.add_argument("--json", action="store_true", help=_("print JSON"))
    forms.add_argument(
        "--serve",
        action="store_true",
        help=_("answer lines “id<TAB>text” from standard input with client numbers"),
    )
    forms.add_argument(
        "--rebuild-keys", action="store_true", help=_("renew what search knows of names, after an upgrade")
    )


def run(arguments: Namespace) -> int:
    """Print the clients found; every search leaves an entry in the log of use."""
    database = arguments.settings.database
    if arguments.rebuild_keys:
        return _rebuild(database)
    if arguments.serve:
        return asyncio.run(_serve(database))
    result = asyncio.run(_find(database, " ".join(arguments.text)))
    if arguments.json:
        output.print_json({"hits": [_as_json(hit) for hit in result.hits], "more": result.more})
        return 0
    _say(result, plain=arguments.plain)
    return 0


async def _find(database: str, text: str) -> SearchResult:
    db = Database(database)
    try:
        return await search.find(db, text)
    finally:
        await db.close()


async def _serve(database: str) -> int:
    """Answer until the input ends; a line that cannot be answered gets an empty answer, never silence."""
    db = Database(database)
    try:
        await search.find(db, "warm up")
        print("ready", flush=True)
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
            number, _tab, text = line.decode("utf-8", "replace").rstrip("\r\n").partition("\t")
            hits: tuple[Hit, ...] = ()
            with suppress(KotoutusError):
                hits = (await search.find(db, text, _BEST, least=0.0)).hits
            print(
                output.visible(number),
                ",".join(hit.external_id or str(hit.client_id) for hit in hits),
                sep="\t",
                flush=True,
            )
    finally:
        await db.close()
    return 0


def _rebuild(database: str) -> int:
    from kotoutus_tui.casework import rekeying

    renewed = rekeying.rebuild(
        database, lambda done, total: print(f"\r{done}/{total}", end="", file=sys.stderr, flush=True)
    )
    if renewed:
        print(file=sys.stderr)
    output.say(ngettext("Renewed {count} name.", "Renewed {count} names.", renewed).format(count=renewed))
    return 0


def _say(result: SearchResult, *, plain: bool) -> None:
    if not result.hits:
        output.say(_("No clients."))
        return
    if result.born_ignored:
        output.say(_("Nobody with this birth date. By name alone:"))
    if plain:
        for hit in result.hits:
            output.say(_plain_line(hit))
    else:
        headings = (_("Name"), _("Born"), _("Municipality"), _("Own counsellor"), _("Phase"), _("Why"))
        output.print_table(headings, [_cells(hit) for hit in result.hits])
    if result.more:
        more = ngettext("{count} more with a similar name", "{count} more with similar names", result.more)
        output.say(more.format(count=result.more))


def _reason(hit: Hit) -> str:
    other = f"{search_words.kind(hit)} {hit.matched}" if hit.matched else ""
    return ", ".join(part for part in (search_words.why(hit), other) if part)


def _cells(hit: Hit) -> tuple[object, ...]:
    phase = phase_name(hit.phase) if hit.phase else ""
    return hit.name, hit.birth_date, hit.municipality, hit.counsellor_name, phase, _reason(hit)


def _plain_line(hit: Hit) -> str:
    parts = [
        (_("Born"), format_date(hit.birth_date) if hit.birth_date else ""),
        (_("Municipality"), hit.municipality),
        (_("Own counsellor"), hit.counsellor_name),
        (_("Phase"), phase_name(hit.phase) if hit.phase else ""),
        (_("Why"), _reason(hit)),
    ]
    return "; ".join([hit.name, *(f"{word}: {value}" for word, value in parts if value)])


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "id": str(hit.client_id),
        "external_id": hit.external_id,
        "name": hit.name,
        "matched": hit.matched or None,
        "matched_kind": hit.kind,
        "own": hit.own,
        "own_counsellor": hit.counsellor,
        "birth_date": hit.birth_date,
        "municipality": hit.municipality,
        "phase": hit.phase,
        "why": hit.why,
        "score": round(hit.score, 3),
    }
