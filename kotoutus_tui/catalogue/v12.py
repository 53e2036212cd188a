"""Asks version 12 of the catalogue, which needs a key, for what concerns integration."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from kotoutus_tui.catalogue import faults
from kotoutus_tui.catalogue.client import Query
from kotoutus_tui.catalogue.paging import Form, Item, Page, Reader, chunks, together
from kotoutus_tui.catalogue.raw import Raw, list_of, table_of, text_of
from kotoutus_tui.catalogue.selection import Ours, Selection, codes
from kotoutus_tui.i18n import _

PATH = "/api/v12"
_MANY = 20  # values of one name in a question


def form() -> Form:
    """Return how version 12 writes its pages."""
    return Form(_page, _key, (("pageSize", "100"),))


async def read(reader: Reader, ours: Ours, since: datetime | None) -> Raw:
    """Return everything chosen, or what changed since a moment; raises as the client."""
    raw, selection = Raw(), Selection()
    changed: Query = () if since is None else (("publishedAtOrAfter", _written(since)),)
    await _partners(reader, raw, selection, ours)
    await _services(reader, raw, selection, changed)
    if since is None:
        await _others_of_ours(reader, raw, selection, ours.services)
    else:
        await _touched(reader, raw, selection, ours, changed)
        put_away = [("archivedAtOrAfter", _written(since))]
        found = await reader.every(_("what was put away"), "service/archived", put_away)
        raw.archived = {_key(item) for item in found}
    await _connections(reader, raw)
    await _channels(reader, raw, all_of_them=since is None)
    await _organisations(reader, raw)
    await _towns(reader, raw)
    return raw


async def _partners(reader: Reader, raw: Raw, selection: Selection, ours: Ours) -> None:
    part = _("organisations")
    found = await together(
        reader.every(part, "organization/search", _each("businessIds", some))
        for some in chunks(ours.business_ids, _MANY)
    )
    raw.organisations = {_key(item): item for items in found for item in items}
    selection.partners |= set(raw.organisations) | ours.partners
    raw.saw(raw.organisations.values())


async def _services(reader: Reader, raw: Raw, selection: Selection, changed: Query) -> None:
    known, part = codes(), _("services")
    classes = [*_each("serviceClasses", known["classes"]), ("serviceClassesMatch", "any")]
    koko = [f"http://www.yso.fi/onto/{term}" for term in known["terms"] if term.startswith("koko")]
    terms = [*_each("ontologyTerms", koko), ("ontologyTermsMatch", "any")]
    limited = ("areaType", "LimitedArea")
    region, country = [limited, ("regions", known["region"])], [("areaType", "WholeCountry")]
    # Names cannot be asked for: of the municipality everything is read and chosen here.
    questions = [[limited, ("municipalities", known["municipality"])]]
    questions += [[*area, *kind] for area in (region, country) for kind in (classes, terms)]
    questions += [_each("organizationContentIds", some) for some in chunks(selection.partners, _MANY)]
    found = await together(
        reader.every(part, "service/search", [*question, *changed]) for question in questions
    )
    _choose(raw, selection, (item for items in found for item in items))


def _choose(raw: Raw, selection: Selection, items: Iterable[Item]) -> None:
    for item in items:
        key = _key(item)
        versions = table_of(item.get("languageVersions")).values()
        names = [text_of(table_of(each).get("name")) for each in versions]
        classes, terms, others = (
            [str(each) for each in list_of(item.get(name))]
            for name in ("serviceClasses", "ontologyTerms", "otherResponsibleOrganizations")
        )
        why = selection.why(classes, terms, names, [str(item.get("organizationContentId")), *others])
        raw.saw([item])
        if why:
            raw.services[key], raw.why[key] = item, why


async def _touched(reader: Reader, raw: Raw, selection: Selection, ours: Ours, changed: Query) -> None:
    """Read services of ours anew whose places or contact data changed, or which joined others."""
    part = _("contact channels")
    ways = await together(
        reader.every(part, "service-channel/search", [*_each("organizationContentIds", some), *changed])
        for some in chunks(selection.partners | ours.organisations, _MANY)
    )
    moved = [_key(item) for items in ways for item in items]
    joined = await together(
        [
            *(
                reader.every(part, "connection/search", [*_each("serviceContentIds", some), *changed])
                for some in chunks(ours.services, _MANY)
            ),
            *(
                reader.every(part, "connection/search", _each("channelContentIds", some))
                for some in chunks(moved, _MANY)
            ),
        ]
    )
    raw.saw(item for items in [*ways, *joined] for item in items)
    touched = {str(item["serviceContentId"]) for items in joined for item in items}
    await _others_of_ours(reader, raw, selection, touched & ours.services)


async def _others_of_ours(reader: Reader, raw: Raw, selection: Selection, services: Iterable[str]) -> None:
    """Read services that are ours, whether or not they would be chosen today."""
    rest = sorted(set(services) - set(raw.services))
    found = await together(reader.one(_("services"), f"service/{key}", expected=False) for key in rest)
    for item in found:
        if item is not None:
            _choose(raw, selection, [item])
            raw.services.setdefault(_key(item), item)


async def _connections(reader: Reader, raw: Raw) -> None:
    part = _("contact channels")
    found = await together(
        reader.every(part, "connection/search", _each("serviceContentIds", some))
        for some in chunks(raw.services, _MANY)
    )
    raw.connections = [item for items in found for item in items]
    raw.saw(raw.connections)


async def _channels(reader: Reader, raw: Raw, *, all_of_them: bool) -> None:
    part, wanted = _("contact channels"), {str(item["channelContentId"]) for item in raw.connections}
    if all_of_them:
        owners = {str(item.get("organizationContentId")) for item in raw.services.values()}
        found = await together(
            reader.every(part, "service-channel/search", _each("organizationContentIds", some))
            for some in chunks(owners, _MANY)
        )
        raw.channels = {_key(item): item for items in found for item in items if _key(item) in wanted}
    rest = sorted(wanted - set(raw.channels))
    single = await together(reader.one(part, f"service-channel/{key}") for key in rest)
    raw.channels |= {_key(item): item for item in single if item is not None}
    raw.saw(raw.channels.values())


async def _organisations(reader: Reader, raw: Raw) -> None:
    owners = {str(item.get("organizationContentId")) for item in raw.services.values()}
    rest = sorted(owners - set(raw.organisations))
    found = await together(reader.one(_("organisations"), f"organization/{key}") for key in rest)
    raw.organisations |= {_key(item): item for item in found if item is not None}


async def _towns(reader: Reader, raw: Raw) -> None:
    """Find out the towns of postal codes; a place is told without its town when this fails."""
    wanted = {
        code
        for channel in raw.channels.values()
        for address in list_of(table_of(channel.get("location")).get("streetAddresses"))
        if (code := text_of(table_of(address).get("postalCode"))) is not None
    }
    for some in chunks(wanted, _MANY):
        content = table_of(await reader.any(_("towns"), "postal-codes", _each("codes", some)))
        for item in map(table_of, list_of(content.get("items"))):
            name = table_of(item.get("name"))
            town = text_of(name.get("fi")) or text_of(name.get("sv"))
            if town is not None:
                raw.towns[str(item.get("code"))] = town.capitalize() if town.isupper() else town


def _each(name: str, values: Iterable[str]) -> Query:
    return [(name, value) for value in values]


def _page(content: Any) -> Page:
    envelope = table_of(content)
    found, pages, total = envelope.get("items"), envelope.get("totalPages"), envelope.get("totalItems")
    if not (isinstance(found, list) and isinstance(pages, int) and isinstance(total, int)):
        raise faults.unfamiliar()
    items: list[Item] = list_of(envelope["items"])
    for item in items:
        _key(item)
    return Page(items, pages, total)


def _key(item: Any) -> str:
    """Return what a thing is known by; a connection by both of its ends."""
    keys = table_of(item)
    if "contentId" in keys:
        return str(keys["contentId"])
    if "serviceContentId" in keys and "channelContentId" in keys:
        return f"{keys['serviceContentId']} {keys['channelContentId']}"
    raise faults.unfamiliar()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
