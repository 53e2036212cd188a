"""The partner network listed and shown by command, in columns, as plain lines or as JSON."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.cli import output
from kotoutus_tui.cli.listing import listed
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import distances, duplicate_words, duplicates, reading, words
from kotoutus_tui.partners.duplicates import Pair
from kotoutus_tui.partners.interchange import snapshot
from kotoutus_tui.partners.opening_hours import opening
from kotoutus_tui.partners.reading import Whole
from kotoutus_tui.partners.search import Hit, Index

_ALL = 100_000


def run(arguments: Namespace) -> int:
    """Print services, one service, or what may be one and the same."""
    if arguments.verb == "show":
        return _show(arguments)
    return _list(arguments) if arguments.verb == "list" else _duplicates(arguments)


def _list(arguments: Namespace) -> int:
    office = distances.office(arguments.settings.office)

    async def read(db: Database) -> Sequence[Hit]:
        index = Index(await reading.network(db), clock.today(), office)
        return index.find(" ".join(arguments.question)).hits(0, _ALL)

    hits = asyncio.run(listed(arguments.settings.database, "partners", read))
    if arguments.json:
        output.print_json([_as_json(hit) for hit in hits])
    elif not hits:
        output.say(_("No services."))
    elif arguments.plain:
        for hit in hits:
            output.say(_plain(hit))
    else:
        headings = (_("Service"), _("Partner"), _("Staff speak"), _("Distance"), _("Freshness"), _("Id"))
        output.print_table(headings, [_cells(hit) for hit in hits])
    return 0


def _cells(hit: Hit) -> tuple[object, ...]:
    service = hit.service
    return (
        service.name, hit.organisation.name, words.languages(service.spoken), words.distance(hit.distance),
        words.freshness_word(service, clock.today()), service.id,
    )  # fmt: skip


def _plain(hit: Hit) -> str:
    service, today = hit.service, clock.today()
    parts = [
        (_("Partner"), hit.organisation.name),
        (_("Staff speak"), words.languages(service.spoken)),
        (_("Distance"), words.distance(hit.distance)),
        (_("Room"), words.room_line(service, today)),
        (_("Freshness"), words.freshness_line(service, today)),
        (_("Why"), words.why(hit)),
        (_("Id"), str(service.id)),
    ]
    return "; ".join([service.name, *(f"{word}: {value}" for word, value in parts if value)])


def _as_json(hit: Hit) -> dict[str, Any]:
    far = round(hit.distance.kilometres, 2) if hit.distance is not None else None
    return asdict(hit.service) | {
        "organisation": hit.organisation.name, "business_id": hit.organisation.business_id,
        "kilometres": far, "exact": hit.distance is not None and hit.distance.exact,
        "why": [asdict(reason) for reason in hit.reasons], "missing": list(hit.missing),
    }  # fmt: skip


def _show(arguments: Namespace) -> int:
    async def read() -> Whole:
        db = Database(arguments.settings.database)
        try:
            return await reading.service(db, arguments.service)
        finally:
            await db.close()

    whole = asyncio.run(read())
    if arguments.json:
        output.print_json(asdict(whole))
        return 0
    for name, value in _facts(whole):
        if value:
            output.say(f"{name}: {value}")
    return 0


def _facts(whole: Whole) -> Iterator[tuple[str, str]]:
    service, partner, today, now = whole.service, whole.organisation, clock.today(), clock.now()
    yield _("Service"), service.name
    yield _("Partner"), " · ".join(filter(None, (partner.name, words.former_line(whole.former))))
    yield _("What it is"), service.summary
    yield _("Freshness"), words.freshness_line(service, today)
    if service.state != "active":
        yield _("State"), words.state_name(service.state)
    yield _("Room"), words.room_line(service, today)
    yield _("Who may come"), service.who_may_come or ""
    yield _("What to bring"), service.what_to_bring or ""
    yield _("Cost"), service.cost or ""
    yield _("Staff speak"), words.languages(service.spoken)
    yield _("By interpreter"), words.languages(service.interpreted)
    yield _("Written material"), words.languages(service.written)
    yield _("Opening hours"), words.weekly_text(whole.hours)
    yield _("Now"), words.open_line(opening(whole.hours, now), now)
    for place in whole.places:
        yield _("Place"), words.address(place)
    for contact in whole.contacts:
        reach = (contact.name, contact.title, contact.phone, contact.email)
        yield _("Contact person"), " · ".join(filter(None, reach))
    yield _("Phone"), partner.phone or ""
    yield _("E-mail"), partner.email or ""
    yield _("Website"), partner.web or ""
    yield _("Business id"), partner.business_id or ""


def _duplicates(arguments: Namespace) -> int:
    async def read(db: Database) -> Sequence[Pair]:
        network = await snapshot.read(db, contacts=False)
        return await asyncio.to_thread(duplicates.duplicates, network)

    pairs = asyncio.run(listed(arguments.settings.database, "partners", read))
    if arguments.json:
        output.print_json([asdict(pair) for pair in pairs])
    elif not pairs:
        output.say(_("Nothing looks like a duplicate."))
    elif arguments.plain:
        for pair in pairs:
            told = f"{duplicate_words.kind(pair)}: {pair.kept_name} = {pair.gone_name}"
            output.say(f"{told}; {_('Why')}: {duplicate_words.why(pair)}")
    else:
        rows = [
            (duplicate_words.kind(pair), pair.kept_name, pair.gone_name, duplicate_words.why(pair))
            for pair in pairs
        ]
        output.print_table((_("Kind"), _("One"), _("The other"), _("Why")), rows)
    return 0
