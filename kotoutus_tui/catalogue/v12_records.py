"""Puts what version 12 of the catalogue says into the words of the own network."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kotoutus_tui.catalogue.hours import hours
from kotoutus_tui.catalogue.raw import (
    Hours,
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

_LANGUAGES = ("fi", "sv", "en", "se", "smn", "sms")
_COST = {"Free": "Maksuton", "Charged": "Maksullinen"}
_CHANNELS = frozenset({"EService", "TelephoneService", "PrintableForm", "ServiceLocation", "WebPage"})


def told_of(raw: Raw, today: date) -> Told:
    """Return records of everything; what has no name at all is counted and left out."""
    told = Told()
    for item in raw.organisations.values():
        if (organisation := _organisation(item, told)) is not None:
            told.organisations.append(organisation)
    channels: dict[str, list[tuple[Item, Item]]] = {}
    for connection in raw.connections:
        channel = raw.channels.get(str(connection.get("channelContentId")))
        if channel is not None:
            channels.setdefault(str(connection.get("serviceContentId")), []).append((connection, channel))
    for channel in raw.channels.values():
        told.count("channel", channel.get("serviceChannelType") not in _CHANNELS)
    for key, item in raw.services.items():
        ways = sorted(channels.get(key, []), key=lambda way: str(way[1].get("contentId")))
        if (service := _service(key, item, ways, raw, today, told)) is not None:
            told.services.append(service)
    return told


def _organisation(item: Item, told: Told) -> OrganisationRecord | None:
    names = _texts(item, "name")
    if (name := _finnish(names)) is None:
        told.count("name")
        return None
    number = text_of(item.get("businessId"))
    kind = kind_of(name, str(item.get("organizationType")), number)
    return OrganisationRecord(
        str(item["contentId"]), name, names.get("sv"), names.get("en"), number, kind,
        web=_contact(item, "contactWebPages", "url"), phone=_phone(item, "contactPhoneNumbers"),
        email=_contact(item, "contactEmails", "email"),
    )  # fmt: skip


def _service(
    key: str, item: Item, ways: list[tuple[Item, Item]], raw: Raw, today: date, told: Told
) -> ServiceRecord | None:
    names, summaries = _texts(item, "name"), _texts(item, "summary")
    descriptions = _texts(item, "description")
    if (name := _finnish(names)) is None:
        told.count("name")
        return None
    opened = _hours(ways, today, told)
    return ServiceRecord(
        external_id=key, organisation_id=str(item.get("organizationContentId")),
        name_fi=name, name_sv=names.get("sv"), name_en=names.get("en"),
        summary_fi=summaries.get("fi") or descriptions.get("fi"),
        summary_sv=summaries.get("sv") or descriptions.get("sv"),
        summary_en=summaries.get("en") or descriptions.get("en"),
        words=_words(item), area=_area(item.get("area")),
        spoken=spoken(list_of(item.get("serviceLanguages")), told),
        who_may_come=_finnish(_texts(item, "conditions")),
        what_to_bring=_finnish(_texts(item, "userInstructions")),
        cost=_cost(item, told), by_appointment=opened.by_appointment,
        places=tuple(_places(ways, raw.towns)), hours=tuple(opened.records),
        why=tuple(raw.why.get(key, ())), published_at=moment_of(item.get("publishedAt")),
    )  # fmt: skip


def _texts(item: Item, name: str) -> dict[str, str]:
    """Return a text by language, in those languages in which it says something."""
    versions = table_of(item.get("languageVersions"))
    found = {code: text_of(table_of(versions.get(code)).get(name)) for code in _LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _finnish(texts: dict[str, str]) -> str | None:
    return next(iter(texts.values()), None)


def _words(item: Item) -> str | None:
    version = table_of(table_of(item.get("languageVersions")).get("fi"))
    words = list_of(version.get("freelyAssignedKeywords"))
    words = [text_of(each) or text_of(table_of(each).get("name")) for each in words]
    return " ".join(word for word in words if word) or None


def _cost(item: Item, told: Told) -> str | None:
    charge = item.get("chargeType")
    if charge is None:
        return None
    if charge not in _COST:
        told.count("charge")
        return None
    more = _finnish(_texts(item, "chargeTypeAdditionalInformation"))
    return f"{_COST[charge]}. {more}" if more else _COST[charge]


def _area(said: Any) -> str | None:
    area, known = table_of(said), codes()
    if area.get("areaType") == "WholeCountry":
        return "Koko maa"
    names = [known["municipalities"].get(str(code)) for code in list_of(area.get("municipalities"))]
    names += [known["regions"].get(str(code)) for code in list_of(area.get("regions"))]
    return ", ".join(name for name in names if name) or None


def _hours(ways: list[tuple[Item, Item]], today: date, told: Told) -> Hours:
    found: list[tuple[Hours, bool]] = []
    for connection, channel in ways:
        said = table_of(connection.get("serviceHours"))
        if not list_of(said.get("hours")) and not said.get("holidayServiceHours"):
            said = table_of(channel.get("serviceHours"))
        found.append((hours(said, today), channel.get("serviceChannelType") == "ServiceLocation"))
    return first_hours(found, told)


def _places(ways: list[tuple[Item, Item]], towns: dict[str, str]) -> Iterable[PlaceRecord]:
    for _connection, channel in ways:
        if channel.get("serviceChannelType") != "ServiceLocation":
            continue
        addresses = list_of(table_of(channel.get("location")).get("streetAddresses"))
        for number, address in enumerate(map(table_of, addresses)):
            key = str(channel["contentId"]) + (f"#{number + 1}" if number else "")
            name = _finnish(_texts(channel, "name"))
            street = _in_finnish(address.get("streetName"))
            detail = text_of(address.get("addressDetail"))
            code = text_of(address.get("postalCode"))
            east, north = _coordinates(address)
            yield PlaceRecord(
                key, name, " ".join(part for part in (street, detail) if part) or None, code,
                towns.get(code or ""), east, north,
            )  # fmt: skip


def _in_finnish(said: Any) -> str | None:
    texts = table_of(said)
    return text_of(texts.get("fi")) or text_of(texts.get("sv"))


def _coordinates(address: Item) -> tuple[int | None, int | None]:
    for each in map(table_of, list_of(address.get("coordinates"))):
        east, north = each.get("easting"), each.get("northing")
        if (
            each.get("system") == "EPSG:3067"
            and isinstance(east, int | float)
            and isinstance(north, int | float)
        ):
            return round(east), round(north)
    return None, None


def _contact(item: Item, name: str, field: str) -> str | None:
    versions = table_of(item.get("languageVersions"))
    for code in _LANGUAGES:
        for each in list_of(table_of(versions.get(code)).get(name)):
            if (found := text_of(table_of(each).get(field))) is not None:
                return found
    return None


def _phone(item: Item, name: str) -> str | None:
    versions = table_of(item.get("languageVersions"))
    for code in _LANGUAGES:
        for each in map(table_of, list_of(table_of(versions.get(code)).get(name))):
            if each.get("type") != "Sms" and (number := text_of(each.get("number"))) is not None:
                prefix = text_of(each.get("dialCode"))
                return f"{prefix} {number}" if prefix else number
    return None
