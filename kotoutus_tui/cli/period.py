"""`kotoutus period`: a client's integration period, studies, documents and authority as text or JSON."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.casework import (
    authority,
    authority_words,
    circumstances_words,
    period_words,
    record_words,
    studies,
    study_words,
)
from kotoutus_tui.casework.deadline_words import months_in_words
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.period_checks import days_of
from kotoutus_tui.casework.period_commands import interruption_fact
from kotoutus_tui.casework.period_reading import Dossier, dossier
from kotoutus_tui.cli import output
from kotoutus_tui.cli.show import add_arguments
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_date

__all__ = ["add_arguments", "run"]


def run(arguments: Namespace) -> int:
    """Open the client, which leaves an entry in the log of use, and print what is recorded."""
    found = asyncio.run(_read(arguments))
    if arguments.json:
        output.print_json(_as_json(found))
    else:
        for line in _lines(found):
            output.say(line)
    return 0


async def _read(arguments: Namespace) -> Dossier:
    db = Database(arguments.settings.database)
    try:
        await open_client(db, arguments.client, arguments.reason)
        return await dossier(db, arguments.client)
    finally:
        await db.close()


def _as_json(found: Dossier) -> dict[str, Any]:
    period = found.outcome.period
    shown = None
    if period is not None:
        shown = {
            "start": period.start, "end": period.end, "section": period.section,
            "explanation": period.explanation,
        }  # fmt: skip
    lists = ("interruptions", "extensions", "studies", "documents", "changes", "items")
    return {
        "period": shown,
        "responsible_authority": found.responsible_authority,
        "circumstances": asdict(found.circumstances),
        **{name: [asdict(row) for row in getattr(found, name)] for name in lists},
    }


def _lines(found: Dossier) -> Iterator[str]:
    yield from _of_period(found)
    yield from _of_studies(found)
    for name, value in asdict(found.circumstances).items():
        if value not in (None, False, ""):
            yield _pair(record_words.listed(name), record_words.shown(name, value))
    for row in found.documents:
        name = _(circumstances_words.DOCUMENTS[row.kind])
        yield _pair(name, record_words.shown("valid_until", row.valid_until))
    yield from _of_authority(found)


def _of_period(found: Dossier) -> Iterator[str]:
    today, period = clock.today(), found.outcome.period
    if period is None:
        yield _("No integration plan yet.")
    else:
        words = _("Integration period: {start}–{end}")
        yield words.format(start=format_date(period.start), end=format_date(period.end))
        yield period.explanation
    for row in found.interruptions:
        fact = interruption_fact(row)
        yield _pair(_("Interruption"), f"{days_of(fact)} · {period_words.whole_days(fact, today)}")
    for row in found.extensions:
        length, ground = months_in_words(row.months), record_words.shown("ground", row.ground)
        yield _pair(_("Extension"), f"{format_date(row.decided_on)} · {length} · {ground}")


def _of_studies(found: Dossier) -> Iterator[str]:
    if (so_far := studies.orientation(found.studies, clock.today())) is not None:
        had, required = study_words.hours(so_far.minutes), study_words.hours(so_far.required)
        yield _pair(_("Civic orientation"), f"{had} / {required} · {study_words.left(so_far.left)}")
    for row in found.studies:
        yield study_words.told(asdict(row))


def _of_authority(found: Dossier) -> Iterator[str]:
    yield _pair(_("Responsible authority"), authority_words.name(found.responsible_authority))
    for change in found.changes[:1]:
        yield _pair(authority_words.name(change.to_authority), authority_words.when(change.effective_on))
        for item, row in authority.marked(change, found.items):
            yield f"  {'✓' if authority.settled(row) else '·'} {item.text} ({item.section})"


def _pair(name: str, value: str) -> str:
    return f"{name}: {value}"
