"""Answers the questions of version 11 of the national catalogue from the records of version 12."""

from collections.abc import Iterable, Sequence
from typing import Any

from kotoutus_tui.catalogue.raw import list_of, table_of
from kotoutus_tui.demo.catalogue_answers import Item, Query, Records

_CHANNELS = {"EService": "EChannel", "TelephoneService": "Phone"}
_PAGE = 100


def answer(records: Records, path: str, query: Query) -> tuple[int, Any]:
    """Return status and content for a path below /api/v11."""
    kind, _slash, rest = path.partition("/")
    if rest == "list":
        wanted = set(query.get("guids", [""])[0].split(","))
        return 200, [item for item in _all(records, kind) if item["id"] in wanted]
    if kind == "Organization" and rest.startswith("businesscode/"):
        number = rest.rpartition("/")[2]
        found = [item for item in _all(records, kind) if item["businessCode"] == number]
        return (200, found) if found else (404, None)
    if kind == "Service" and rest.startswith("list/area/"):
        whole = query.get("includeWholeCountry") == ["true"]
        _list, _area, area, _code, code = rest.split("/")
        found = [each for each in records.services if _within(each, area, code, whole=whole)]
        return _page([_service(each, records) for each in found], query)
    if kind == "Service" and rest == "list/organization":
        owner = query.get("organizationId", [""])[0]
        return _page(
            [_service(each, records) for each in records.services if each["organizationContentId"] == owner],
            query,
        )
    return 404, None


def _page(found: Sequence[Item], query: Query) -> tuple[int, Any]:
    page = int(query.get("page", ["1"])[0])
    return 200, {
        "pageNumber": page,
        "pageSize": _PAGE,
        "pageCount": -(-len(found) // _PAGE),
        "itemList": list(found[(page - 1) * _PAGE : page * _PAGE]),
    }


def _within(item: Item, area: str, code: str, *, whole: bool) -> bool:
    said = table_of(item.get("area"))
    if said.get("areaType") == "WholeCountry":
        return whole
    return code in list_of(said.get("municipalities" if area == "Municipality" else "regions"))


def _all(records: Records, kind: str) -> Iterable[Item]:
    if kind == "Organization":
        return map(_organisation, records.organizations)
    if kind == "ServiceChannel":
        return (_channel(each, records) for each in records.channels)
    return (_service(each, records) for each in records.services)


def _texts(item: Item, name: str, kind: str | None = None) -> list[Item]:
    versions: dict[str, Item] = item["languageVersions"]
    found = [{"language": code, "value": said[name]} for code, said in versions.items() if said.get(name)]
    return [each | {"type": kind} for each in found] if kind else found


def _contacts(item: Item, name: str, field: str, called: str) -> list[Item]:
    versions: dict[str, Item] = item["languageVersions"]
    return [
        {"language": code, called: each[field]}
        for code, said in versions.items()
        for each in map(table_of, list_of(said.get(name)))
    ]


def _organisation(item: Item) -> Item:
    return {
        "id": item["contentId"],
        "organizationType": item["organizationType"],
        "businessCode": item["businessId"],
        "organizationNames": _texts(item, "name", "Name"),
        "emails": _contacts(item, "contactEmails", "email", "value"),
        "phoneNumbers": _contacts(item, "contactPhoneNumbers", "number", "number"),
        "webPages": _contacts(item, "contactWebPages", "url", "url"),
        "modified": item["publishedAt"],
    }


def _service(item: Item, records: Records) -> Item:
    ways = [each for each in records.connections if each["serviceContentId"] == item["contentId"]]
    area: Item = item["area"]
    towns: list[str] = list_of(area.get("municipalities"))
    return {
        "id": item["contentId"],
        "serviceNames": _texts(item, "name", "Name"),
        "serviceDescriptions": [
            *_texts(item, "summary", "Summary"),
            *_texts(item, "description", "Description"),
            *_texts(item, "userInstructions", "UserInstruction"),
            *_texts(item, "chargeTypeAdditionalInformation", "ChargeTypeAdditionalInfo"),
        ],
        "requirements": _texts(item, "conditions"),
        "serviceChargeType": {"Free": "FreeOfCharge"}.get(item["chargeType"], item["chargeType"]),
        "areaType": "Nationwide" if area["areaType"] == "WholeCountry" else "LimitedType",
        "areas": [
            *({"type": "Municipality", "municipalities": [{"code": code}]} for code in towns),
            *({"type": "Region", "code": code} for code in list_of(area.get("regions"))),
        ],
        "languages": item["serviceLanguages"],
        "keywords": [
            {"language": code, "value": word}
            for code, said in item["languageVersions"].items()
            for word in list_of(said.get("freelyAssignedKeywords"))
        ],
        "serviceClasses": [{"code": code} for code in item["serviceClasses"]],
        "ontologyTerms": [{"uri": uri} for uri in item["ontologyTerms"]],
        "organizations": [{"roleType": "Responsible", "organization": {"id": item["organizationContentId"]}}],
        "serviceChannels": [{"serviceChannel": {"id": each["channelContentId"]}} for each in ways],
        "modified": item["publishedAt"],
    }  # fmt: skip


def _channel(item: Item, records: Records) -> Item:
    kind = item["serviceChannelType"]
    addresses: list[Item] = list_of(table_of(item.get("location")).get("streetAddresses"))
    return {
        "id": item["contentId"],
        "organizationId": item["organizationContentId"],
        "serviceChannelType": _CHANNELS.get(kind, kind),
        "serviceChannelNames": _texts(item, "name", "Name"),
        "addresses": [{"type": "Location", "streetAddress": _street(each, records)} for each in addresses],
        "serviceHours": list(_hours(list_of(table_of(item.get("serviceHours")).get("hours")))),
        "modified": item["publishedAt"],
    }


def _street(address: Item, records: Records) -> Item:
    known = (each for each in list_of(address["coordinates"]) if each["system"] == "EPSG:3067")
    metres: Item = next(known, table_of(None))
    town = records.towns.get(address["postalCode"])
    return {
        "street": [{"language": code, "value": name} for code, name in address["streetName"].items()],
        "streetNumber": address["addressDetail"],
        "postalCode": address["postalCode"],
        "postOffice": [{"language": "fi", "value": town}] if town else [],
        "latitude": metres.get("northing"),
        "longitude": metres.get("easting"),
    }


def _hours(said: Iterable[Item]) -> Iterable[Item]:
    """Return what version 11 can say of hours: weeks and closed days."""
    for each in said:
        days: dict[str, Item] = table_of(each.get("weeklyHours"))
        slots = [(day, slot) for day, hours in days.items() for slot in hours["hours"]]
        if each["type"] == "ExceptionalDateRangeServiceHour":
            closed = all(slot["openingStatus"] == "Closed" for _day, slot in slots)
            yield {
                "serviceHourType": "Exceptional", "isClosed": closed, "openingHour": [],
                "validFrom": each["fromDate"], "validTo": each["toDate"],
            }  # fmt: skip
        elif each["type"] == "ContinuousAlwaysValidServiceHour":
            yield {"serviceHourType": "DaysOfTheWeek", "validForNow": True, "isAlwaysOpen": True}
        else:
            yield {
                "serviceHourType": "DaysOfTheWeek",
                "validForNow": each["type"] == "WeeklyUntilFurtherNoticeServiceHour",
                "isReservation": any(slot["openingStatus"] == "OpenOnReservation" for _day, slot in slots),
                "openingHour": [
                    {
                        "dayFrom": day.capitalize(),
                        "dayTo": "",
                        "from": f"{slot['start']}:00",
                        "to": f"{slot['end']}:00",
                    }
                    for day, slot in slots
                ],
            }
