"""The invented national catalogue: what the demo's network took in of it once, and what it says now."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from kotoutus_tui.catalogue import facts
from kotoutus_tui.catalogue.raw import Raw
from kotoutus_tui.catalogue.records import OrganisationRecord, ServiceRecord
from kotoutus_tui.catalogue.v12_records import told_of
from kotoutus_tui.demo.catalogue_answers import Item, Records
from kotoutus_tui.partners.opening_hours import read_weekly

TOWN, POSTAL = "Joensuu", "80100"
_PARTNERS = Path(__file__).with_name("partners.toml")
_CHANGES = Path(__file__).with_name("catalogue_changes.toml")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_THEN, _NOW = "2026-05-04T05:00:00.000Z", "2026-11-23T09:00:00.000Z"
_CLASSES = {"kielikurssi": "P22.3", "lupa": "P22.1", "kansalaisuus": "P22.4", "neuvonta": "P4.11"}
_TYPES = {"kela": "State", "immigration_service": "State", "state_agency": "State", "ngo": "Organization"}


@cache
def partners() -> list[dict[str, Any]]:
    """Return the partners of the demo; those with a business id are in the catalogue."""
    return tomllib.loads(_PARTNERS.read_text("utf-8"))["partner"]


@cache
def changes() -> dict[str, list[dict[str, Any]]]:
    """Return how the catalogue and the network went apart."""
    return tomllib.loads(_CHANGES.read_text("utf-8"))


def key_of(name: str) -> str:
    """Return the key of an organisation, a service or a place in the catalogue."""
    return str(uuid5(NAMESPACE_URL, f"kotoutus-demo:{name}"))


def metres_of(street: str) -> tuple[int, int]:
    """Return where an invented street is, as metres of ETRS-TM35FIN near the middle of the town."""
    number = crc32(street.encode())
    return 642_500 + number % 2_000 - 1_000, 6_944_000 + number // 2_000 % 1_600 - 800


def taken_in(today: date) -> dict[str, OrganisationRecord | ServiceRecord]:
    """Return what the network took in once, by the keys."""
    return {each.external_id: each for each in _told(_before(), today)}


def word(record: OrganisationRecord | ServiceRecord, since: datetime) -> dict[str, Any]:
    """Return what is kept of the catalogue's word about a record, as the network keeps it."""
    said = facts.of_service(record) if isinstance(record, ServiceRecord) else facts.of_organisation(record)
    values = {name: value for name, value in said.items() if value not in (None, "", [], False)}
    return {"values": values, "days": dict.fromkeys(values, since.date().isoformat())}


def now(today: date) -> Records:
    """Return what the catalogue says today."""
    found, told = _before(), changes()
    services = {each["languageVersions"]["fi"]["name"]: each for each in found.services}
    channels = {each["languageVersions"]["fi"]["name"]: each for each in found.channels}
    for each in told["gone"]:
        found.services.remove(services[each["service"]])
    found.archived = [services[each["service"]] for each in told["gone"]]
    for each in told["changed"]:
        _change(services[each["service"]], each)
    for each in told["hours"]:
        channels[each["partner"]] |= {
            "serviceHours": _hours([_weekly(each["hours"], "Open")]),
            "publishedAt": _NOW,
        }
    for each in told["closed"]:
        channels[each["partner"]]["serviceHours"]["hours"].append(_closed(each, today))
    known = {each["name"]: each for each in partners()}
    for each in told["new"]:
        _add_service(found, known[each["partner"]], each["line"], _NOW)
    for each in told["partner"]:
        _add_partner(found, each, _NOW)
    return found


def _before() -> Records:
    found = Records(towns={POSTAL: TOWN.upper()})
    for number, partner in enumerate(partners()):
        if "business_id" in partner:
            _add_partner(found, partner | {"phone": f"013 000 {number:04}"}, _THEN)
    return found


def _told(records: Records, today: date) -> Iterable[OrganisationRecord | ServiceRecord]:
    raw = Raw(
        services={each["contentId"]: each for each in records.services},
        organisations={each["contentId"]: each for each in records.organizations},
        channels={each["contentId"]: each for each in records.channels},
        connections=records.connections,
        towns={POSTAL: TOWN},
    )
    told = told_of(raw, today)
    return [*told.organisations, *told.services]


def _add_partner(found: Records, partner: Mapping[str, Any], moment: str) -> None:
    phones = [{"type": "DomesticPhone", "number": partner["phone"]}] if "phone" in partner else []
    found.organizations.append(
        {
            "contentId": key_of(partner["name"]),
            "businessId": partner["business_id"],
            "organizationType": _TYPES.get(partner["kind"], "Organization"),
            "languageVersions": {"fi": {"name": partner["name"], "contactPhoneNumbers": phones}},
            "publishedAt": moment,
        }
    )
    if "street" in partner:
        found.channels.append(_channel(partner, moment))
    for line in partner["services"]:
        _add_service(found, partner, line, moment)


def _add_service(found: Records, partner: Mapping[str, Any], line: str, moment: str) -> None:
    finnish, swedish, english, words, spoken, _interpreted = (part.strip() for part in line.split("|"))
    key = key_of(f"{partner['name']}: {finnish}")
    known = {_CLASSES[word] for word in words.split() if word in _CLASSES}
    found.services.append(
        {
            "contentId": key,
            "organizationContentId": key_of(partner["name"]),
            "serviceClasses": sorted(known) or ["P4.13"],
            "ontologyTerms": [],
            "serviceLanguages": spoken.split(),
            "chargeType": None,
            "area": {"areaType": "WholeCountry"}
            if partner.get("whole_country")
            else {"areaType": "LimitedArea", "municipalities": ["167"], "regions": []},
            "languageVersions": {
                "fi": {
                    "name": finnish,
                    "conditions": partner["who"],
                    "userInstructions": partner["bring"],
                    "freelyAssignedKeywords": words.split(),
                },
                "sv": {"name": swedish},
                "en": {"name": english},
            },
            "publishedAt": moment,
        }
    )
    if "street" in partner:
        channel = key_of(f"place of {partner['name']}")
        found.connections.append(
            {"serviceContentId": key, "channelContentId": channel, "publishedAt": moment}
        )


def _channel(partner: Mapping[str, Any], moment: str) -> Item:
    east, north = metres_of(partner["street"])
    street, _blank, house = partner["street"].rpartition(" ")
    status = "OpenOnReservation" if partner.get("appointment") else "Open"
    return {
        "contentId": key_of(f"place of {partner['name']}"),
        "organizationContentId": key_of(partner["name"]),
        "serviceChannelType": "ServiceLocation",
        "languageVersions": {"fi": {"name": partner["name"]}},
        "location": {
            "streetAddresses": [
                {
                    "streetName": {"fi": street},
                    "addressDetail": house,
                    "postalCode": POSTAL,
                    "coordinates": [{"system": "EPSG:3067", "easting": east, "northing": north}],
                }
            ]
        },
        "serviceHours": _hours([_weekly(partner["hours"], status)]),
        "publishedAt": moment,
    }


def _hours(hours: list[Item]) -> Item:
    return {"hours": hours, "holidayServiceHours": None}


def _weekly(text: str, status: str) -> Item:
    days: dict[str, Item] = {}
    for day, opens, closes in read_weekly(text):
        slot = {"start": opens, "end": closes, "openingStatus": status, "repetition": "Weekly"}
        days.setdefault(_WEEKDAYS[day - 1], {"hours": []})["hours"].append(slot)
    return {"type": "WeeklyUntilFurtherNoticeServiceHour", "weeklyHours": days}


def _closed(said: Mapping[str, Any], today: date) -> Item:
    first = today + timedelta(days=said["in_days"])
    slot = {"start": "00:00", "end": "23:59", "openingStatus": "Closed", "repetition": "Weekly"}
    return {
        "type": "ExceptionalDateRangeServiceHour",
        "fromDate": first.isoformat(),
        "toDate": (first + timedelta(days=said["days"] - 1)).isoformat(),
        "weeklyHours": {day: {"hours": [dict(slot)]} for day in _WEEKDAYS[:5]},
    }


def _change(service: Item, said: Mapping[str, Any]) -> None:
    finnish: Item = service["languageVersions"]["fi"]
    for name, value in said.items():
        if name == "serviceLanguages":
            service[name] = value
        elif name != "service":
            finnish[name] = value
    service["publishedAt"] = _NOW
