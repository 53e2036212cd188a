"""Answers the questions of version 12 of the national catalogue from records in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]
Query = Mapping[str, Sequence[str]]

_LARGEST_PAGE = 100


@dataclass
class Records:
    """What a catalogue holds, in the form of version 12."""

    organizations: list[Item] = field(default_factory=list[Item])
    services: list[Item] = field(default_factory=list[Item])
    channels: list[Item] = field(default_factory=list[Item])
    connections: list[Item] = field(default_factory=list[Item])
    archived: list[Item] = field(default_factory=list[Item])
    towns: dict[str, str] = field(default_factory=dict[str, str])


def answer(records: Records, path: str, query: Query) -> tuple[int, Any]:
    """Return status and content for a path below /api/v12."""
    place, _slash, last = path.rpartition("/")
    lists = {
        "organization": records.organizations, "service": records.services,
        "service-channel": records.channels, "connection": records.connections,
    }  # fmt: skip
    if path == "postal-codes":
        known = [code for code in query.get("codes", ()) if code in records.towns]
        return _page([{"code": code, "name": {"fi": records.towns[code]}} for code in known], query)
    if path == "service/archived":
        return _page([{"contentId": each["contentId"]} for each in records.archived], query)
    if place not in lists:
        return 404, _problem(404, "Not Found")
    if last == "search":
        return _page([item for item in lists[place] if _fits(item, query)], query)
    for item in lists[place]:
        if item.get("contentId") == last:
            return 200, item
    return 404, _problem(404, "Not Found") | {"reason": "NotPublished"}


def _page(found: Sequence[Item], query: Query) -> tuple[int, Any]:
    page, size = _number(query, "page", 1), _number(query, "pageSize", 10)
    if page < 1 or not 1 <= size <= _LARGEST_PAGE:
        return 400, _problem(400, "Bad Request") | {"errors": [{"path": "page", "message": "must be >= 1"}]}
    return 200, {
        "page": page,
        "pageSize": size,
        "totalItems": len(found),
        "totalPages": -(-len(found) // size),
        "items": list(found[(page - 1) * size : page * size]),
    }


def _number(query: Query, name: str, usual: int) -> int:
    given = query.get(name, [str(usual)])[0]
    return int(given) if given.isdecimal() else 0


def _problem(status: int, title: str) -> Item:
    return {"title": title, "detail": title, "status": status, "type": "about:blank"}


def _fits(item: Item, query: Query) -> bool:
    area: Item = item.get("area") or {}
    tests: tuple[tuple[str, list[Any]], ...] = (
        ("areaType", [area.get("areaType")]),
        ("municipalities", area.get("municipalities") or []),
        ("regions", area.get("regions") or []),
        ("serviceClasses", item.get("serviceClasses") or []),
        ("ontologyTerms", item.get("ontologyTerms") or []),
        ("organizationContentIds", [item.get("organizationContentId")]),
        ("businessIds", [item.get("businessId")]),
        ("serviceContentIds", [item.get("serviceContentId")]),
        ("channelContentIds", [item.get("channelContentId")]),
    )
    since = query.get("publishedAtOrAfter")
    if since and not (item.get("publishedAt") or "") >= since[0]:
        return False
    return all(not query.get(name) or set(query[name]) & set(has) for name, has in tests)
