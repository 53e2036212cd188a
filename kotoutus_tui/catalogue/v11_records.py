"""Puts what version 11 of the catalogue says into the words of the own network."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kotoutus_tui.catalogue.hours_v11 import hours
from kotoutus_tui.catalogue.raw import (
    Item,
    Raw,
    Told,
    first_hours,
    list_of,
    moment_of,
    spoken,
    table_of,
    text_of,
)
from kotoutus_tui.catalogue.records import OrganisationRecord, PlaceRecord, ServiceRecord
from kotoutus_tui.catalogue.selection import codes, kind_of
from kotoutus_tui.catalogue.v11 import owner_of

_COST = {"FreeOfCharge": "Maksuton", "Free": "Maksuton", "Charged": "Maksullinen"}
_WHOLE_COUNTRY = frozenset({"Nationwide", "WholeCountry", "NationwideExceptAlandIslands"})
_CHANNELS = frozenset({"EChannel", "Phone", "PrintableForm", "ServiceLocation", "WebPage"})


def told_of(raw: Raw, today: date) -> Told:
    """Return records of everything; what has no name at all is counted and left out."""
    told = Told()
    for item in raw.organisations.values():
        if (organisation := _organisation(item, told)) is not None:
            told.organisations.append(organisation)
    for channel in raw.channels.values():
        told.count("channel", channel.get("serviceChannelType") not in _CHANNELS)
    for key, item in raw.services.items():
        if (service := _service(key, item, raw, today, told)) is not None:
            told.services.append(service)
    return told


def _organisation(item: Item, told: Told) -> OrganisationRecord | None:
    names = _texts(item, "organizationNames", "Name")
    if (name := _finnish(names)) is None:
        told.count("name")
        return None
    number, kind = text_of(item.get("businessCode")), item.get("organizationType")
    phones = [each for each in map(table_of, list_of(item.get("phoneNumbers"))) if each.get("number")]
    parts = [str(phones[0][part]) for part in ("prefixNumber", "number") if phones and phones[0].get(part)]
    return OrganisationRecord(
        str(item["id"]), name, names.get("sv"), names.get("en"), number,
        kind_of(name, str(kind), number), web=_first(item, "webPages", "url"), phone=" ".join(parts) or None,
        email=_first(item, "emails", "value"),
    )  # fmt: skip


def _service(key: str, item: Item, raw: Raw, today: date, told: Told) -> ServiceRecord | None:
    names = _texts(item, "serviceNames", "Name")
    summaries = _texts(item, "serviceDescriptions", "Summary")
    descriptions = _texts(item, "serviceDescriptions", "Description")
    if (name := _finnish(names)) is None:
        told.count("name")
        return None
    ways = [table_of(each) for each in list_of(item.get("serviceChannels"))]
    found = [(way, raw.channels.get(str(table_of(way.get("serviceChannel")).get("id")))) for way in ways]
    known = sorted(
        ((way, channel) for way, channel in found if channel is not None), key=lambda pair: str(pair[1]["id"])
    )
    said = [
        (way if list_of(way.get("serviceHours")) else channel, _is_place(channel)) for way, channel in known
    ]
    opened = first_hours([(hours(each, today), is_place) for each, is_place in said], told)
    return ServiceRecord(
        external_id=key, organisation_id=owner_of(item), name_fi=name, name_sv=names.get("sv"),
        name_en=names.get("en"), summary_fi=summaries.get("fi") or descriptions.get("fi"),
        summary_sv=summaries.get("sv") or descriptions.get("sv"),
        summary_en=summaries.get("en") or descriptions.get("en"),
        words=" ".join(_all(item, "keywords")) or None, area=_area(item),
        spoken=spoken(list_of(item.get("languages")), told),
        who_may_come=_finnish(_texts(item, "requirements")),
        what_to_bring=_finnish(_texts(item, "serviceDescriptions", "UserInstruction")),
        cost=_cost(item, told), by_appointment=opened.by_appointment,
        places=tuple(_places(channel for _way, channel in known)), hours=tuple(opened.records),
        why=tuple(raw.why.get(key, ())), published_at=moment_of(item.get("modified")),
    )  # fmt: skip


def _texts(item: Item, place: str, kind: str | None = None) -> dict[str, str]:
    """Return texts of one type by language, Finnish first."""
    found: dict[str, str] = {}
    for each in map(table_of, list_of(item.get(place))):
        text = text_of(each.get("value"))
        if text and (kind is None or each.get("type") == kind):
            found.setdefault(str(each.get("language")), text)
    return {language: found[language] for language in ("fi", "sv", "en", *found) if language in found}


def _finnish(texts: dict[str, str]) -> str | None:
    return next(iter(texts.values()), None)


def _all(item: Item, place: str) -> list[str]:
    told = [table_of(each) for each in list_of(item.get(place))]
    return [text for each in told if each.get("language") == "fi" and (text := text_of(each.get("value")))]


def _first(item: Item, place: str, name: str) -> str | None:
    texts = (text_of(table_of(each).get(name)) for each in list_of(item.get(place)))
    return next((text for text in texts if text), None)


def _cost(item: Item, told: Told) -> str | None:
    charge = item.get("serviceChargeType")
    if charge is None:
        return None
    if charge not in _COST:
        told.count("charge")
        return None
    more = _finnish(_texts(item, "serviceDescriptions", "ChargeTypeAdditionalInfo"))
    return f"{_COST[charge]}. {more}" if more else _COST[charge]


def _area(item: Item) -> str | None:
    if item.get("areaType") in _WHOLE_COUNTRY:
        return "Koko maa"
    known = codes()
    names: list[str | None] = []
    for area in map(table_of, list_of(item.get("areas"))):
        if area.get("type") == "Municipality":
            towns = [str(table_of(each).get("code")) for each in list_of(area.get("municipalities"))]
            names += [known["municipalities"].get(code) for code in towns]
        elif area.get("type") == "Region":
            names.append(known["regions"].get(str(area.get("code"))))
    return ", ".join(name for name in names if name) or None


def _is_place(channel: Item) -> bool:
    return channel.get("serviceChannelType") == "ServiceLocation"


def _places(channels: Iterable[Item]) -> Iterable[PlaceRecord]:
    for channel in filter(_is_place, channels):
        addresses = [table_of(each) for each in list_of(channel.get("addresses"))]
        streets = [table_of(each["streetAddress"]) for each in addresses if each.get("streetAddress")]
        for number, address in enumerate(streets):
            key = str(channel["id"]) + (f"#{number + 1}" if number else "")
            street, house = _finnish(_texts(address, "street")), text_of(address.get("streetNumber"))
            town = _finnish(_texts(address, "postOffice"))
            # They are called so, but are metres of ETRS-TM35FIN.
            east, north = _metres(address.get("longitude")), _metres(address.get("latitude"))
            yield PlaceRecord(
                key, _finnish(_texts(channel, "serviceChannelNames", "Name")),
                " ".join(part for part in (street, house) if part) or None,
                text_of(address.get("postalCode")),
                town.capitalize() if town and town.isupper() else town, east, north,
            )  # fmt: skip


def _metres(said: Any) -> int | None:
    try:
        return round(float(said))
    except (TypeError, ValueError):
        return None
