"""Asks version 11 of the catalogue for what concerns integration; it needs no key and ends in April 2027."""

from collections.abc import Iterable
from typing import Any

from kotoutus_tui.catalogue import faults
from kotoutus_tui.catalogue.client import Query
from kotoutus_tui.catalogue.paging import Form, Page, Reader, chunks, together
from kotoutus_tui.catalogue.raw import Item, Raw, list_of, table_of, text_of
from kotoutus_tui.catalogue.selection import Ours, Selection, codes
from kotoutus_tui.i18n import _

PATH = "/api/v11"
_MANY = 50


def form() -> Form:
    """Return how version 11 writes its pages."""
    return Form(_page, _key)


async def read(reader: Reader, ours: Ours) -> Raw:
    """Return everything chosen; raises as the client. This version is always read whole."""
    raw, selection = Raw(), Selection()
    found = await together(
        reader.any(_("organisations"), f"Organization/businesscode/{number}")
        for number in sorted(set(ours.business_ids))
    )
    for content in found:
        raw.organisations |= {_key(item): item for item in _several(content)}
    selection.partners |= set(raw.organisations) | ours.partners
    await _services(reader, raw, selection, ours)
    wanted = {str(table_of(each.get("serviceChannel")).get("id")) for each in _ways(raw.services.values())}
    raw.channels = await _by_key(reader, _("contact channels"), "ServiceChannel/list", wanted)
    # A way to a service that is told of but not there.
    reader.dangling += len(wanted - set(raw.channels))
    owners = {owner_of(item) for item in raw.services.values()} - set(raw.organisations) - {""}
    raw.organisations |= await _by_key(reader, _("organisations"), "Organization/list", owners)
    for items in (raw.services, raw.channels, raw.organisations):
        raw.saw(items.values(), "modified")
    return raw


async def _services(reader: Reader, raw: Raw, selection: Selection, ours: Ours) -> None:
    known, part = codes(), _("services")
    area = "Service/list/area"
    questions: list[tuple[str, Query]] = [
        (f"{area}/Municipality/code/{known['municipality']}", [("includeWholeCountry", "true")]),
        (f"{area}/Region/code/{known['region']}", [("includeWholeCountry", "false")]),
    ]
    partners = sorted(selection.partners)
    questions += [("Service/list/organization", [("organizationId", each)]) for each in partners]
    found = await together(reader.every(part, path, query) for path, query in questions)
    for item in (item for items in found for item in items):
        if why := _why(selection, item):
            raw.services[_key(item)], raw.why[_key(item)] = item, why
    others = await _by_key(reader, part, "Service/list", ours.services - set(raw.services))
    raw.services |= others
    raw.why |= {key: _why(selection, item) for key, item in others.items()}


def _why(selection: Selection, item: Item) -> list[str]:
    classes, terms = (
        [text_of(each.get(name)) or "" for each in map(table_of, list_of(item.get(place)))]
        for place, name in (("serviceClasses", "code"), ("ontologyTerms", "uri"))
    )
    names = [text_of(table_of(each).get("value")) for each in list_of(item.get("serviceNames"))]
    owners = [_organisation(each) for each in _roles(item) if each.get("roleType") != "Producer"]
    return selection.why(classes, terms, names, owners)


def owner_of(item: Item) -> str:
    """Return the key of the organisation that is responsible for a service, empty when none is named."""
    roles = sorted(_roles(item), key=lambda each: each.get("roleType") != "Responsible")
    return _organisation(roles[0]) if roles else ""


def _roles(item: Item) -> list[Item]:
    return [table_of(each) for each in list_of(item.get("organizations"))]


def _organisation(role: Item) -> str:
    return str(table_of(role.get("organization")).get("id") or "")


def _ways(services: Iterable[Item]) -> Iterable[Item]:
    for item in services:
        yield from map(table_of, list_of(item.get("serviceChannels")))


async def _by_key(reader: Reader, part: str, path: str, keys: Iterable[str]) -> dict[str, Item]:
    found = await together(
        reader.any(part, path, [("guids", ",".join(some))]) for some in chunks(keys, _MANY)
    )
    return {_key(item): item for content in found for item in _several(content)}


def _several(content: Any) -> list[Item]:
    """Return the things of an answer that may be a list, a page or one thing."""
    if isinstance(content, list):
        return list_of(content)
    told = table_of(content)
    return list_of(told["itemList"]) if "itemList" in told else [told] if told else []


def _page(content: Any) -> Page:
    envelope = table_of(content)
    found, pages = envelope.get("itemList"), envelope.get("pageCount")
    if not (isinstance(found, list) and isinstance(pages, int)):
        raise faults.unfamiliar()
    items: list[Item] = list_of(envelope["itemList"])
    for item in items:
        _key(item)
    return Page(items, pages, None)


def _key(item: Any) -> str:
    key = table_of(item).get("id")
    if not isinstance(key, str):
        raise faults.unfamiliar()
    return key
