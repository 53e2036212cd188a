"""The answers about events: made, read, changed and removed, their days, the view of a calendar, delta."""

import re
from collections.abc import Mapping
from typing import Any

from kotoutus_tui.demo.graph import times
from kotoutus_tui.demo.graph.answers import Answer, Refused
from kotoutus_tui.demo.graph.mailbox import Mailbox, View, occurrences

PAGE = 10
_FILTER = re.compile(
    r"singleValueExtendedProperties/Any\(ep: ep/id eq '([^']+)' and ep/value eq '([^']+)'\)", re.IGNORECASE
)


def as_json(view: View, zone: str = "UTC") -> dict[str, Any]:
    """Return an event as Graph shows it."""
    key = f"CQAAABYAAAA{view.item.stamp:08d}"
    shown: dict[str, Any] = view.fields | {
        "@odata.etag": f'W/"{key}"', "id": view.id, "changeKey": key, "type": view.kind,
        "start": times.write(view.start, zone), "end": times.write(view.end, zone),
        "iCalUId": f"040000008200E00074C5B7101A82E008{view.id}", "isCancelled": False, "isOrganizer": True,
        "body": {"contentType": "html", "content": ""}, "bodyPreview": "", "attendees": [],
        "transactionId": view.item.transaction, "seriesMasterId": view.item.id if view.day else None,
    }  # fmt: skip
    shown.setdefault("location", {"displayName": "", "locationType": "default"})
    for name, value in (("sensitivity", "normal"), ("showAs", "busy"), ("isAllDay", False), ("subject", "")):
        shown.setdefault(name, value)
    shown.setdefault("recurrence", None)
    if view.original is not None:
        shown["originalStart"] = f"{view.original.astimezone(times.zone('UTC')):%Y-%m-%dT%H:%M:%SZ}"
    return shown


def add(mailbox: Mailbox, body: Any, zone: str) -> Answer:
    """POST of an event."""
    if not isinstance(body, dict):
        raise Refused(400, "BadRequest", "A body is needed.")
    return Answer(201, as_json(mailbox.add(body), zone))  # pyright: ignore[reportUnknownArgumentType]


def listed(mailbox: Mailbox, query: Mapping[str, str], zone: str) -> Answer:
    """GET of events: masters and single events alone, filtered by an extended property."""
    found = [mailbox.find(name) for name in mailbox.items]
    if "$filter" in query:
        wanted = _FILTER.fullmatch(query["$filter"])
        if wanted is None:
            raise Refused(400, "ErrorInvalidUrlQueryFilter", "The filter is not supported.")
        found = [each for each in found if each.item.properties.get(wanted[1]) == wanted[2]]
    return Answer(200, {"value": [as_json(each, zone) for each in found]})


def change(mailbox: Mailbox, event_id: str, body: Any, headers: Mapping[str, str], zone: str) -> Answer:
    """PATCH of an event, refused when it is not as If-Match says."""
    view = mailbox.find(event_id)
    _match(view, headers)
    return Answer(200, as_json(mailbox.change(view, dict(body or {})), zone))


def remove(mailbox: Mailbox, event_id: str, headers: Mapping[str, str]) -> Answer:
    """DELETE of an event, refused when it is not as If-Match says."""
    view = mailbox.find(event_id)
    _match(view, headers)
    mailbox.remove(view)
    return Answer(204)


def instances(mailbox: Mailbox, event_id: str, query: Mapping[str, str], zone: str, here: str) -> Answer:
    """GET of the days of a series, by pages."""
    start, end = _range(query)
    view = mailbox.find(event_id)
    if view.kind != "seriesMaster":
        raise Refused(400, "ErrorInvalidRequest", "The event is not the master of a series.")
    found = [each for each in occurrences(view.item) if each.start < end and each.end > start]
    return _page(found, query, zone, here)


def view(mailbox: Mailbox, query: Mapping[str, str], zone: str, here: str) -> Answer:
    """GET of everything that takes place, by pages."""
    return _page(mailbox.within(*_range(query)), query, zone, here)


def delta(mailbox: Mailbox, query: Mapping[str, str], zone: str, here: str) -> Answer:
    """GET of what changed since a token, by pages; a new round begins with everything in the range."""
    if set(query) & {"$select", "$filter", "$expand", "$orderby"}:
        raise Refused(400, "ErrorInvalidUrlQuery", "The query parameter is not supported by delta.")
    token = query.get("$deltatoken") or query.get("$skiptoken") or ""
    if token.startswith("gone"):
        raise Refused(410, "SyncStateNotFound", "The sync state is not found.")
    since, skip, start, end = 0, 0, query.get("startDateTime", ""), query.get("endDateTime", "")
    if token:
        first, *rest = token.split("~")
        since, skip, start, end = int(first), int(rest[0]), rest[1], rest[2]
    range_ = times.parameter(start), times.parameter(end)
    changed = [each for each in mailbox.within(*range_) if each.item.stamp > since]
    masters = {each.item.id: mailbox.find(each.item.id) for each in changed if each.day}
    shown = [as_json(each, zone) for each in (*masters.values(), *changed)]
    # Of what was deleted nothing but the id is known, so events outside the range are among it.
    shown += [
        {"id": name, "@removed": {"reason": "deleted"}}
        for stamp, name in mailbox.removed
        if stamp > since > 0
    ]
    page, last = shown[skip : skip + PAGE], skip + PAGE >= len(shown)
    link = f"{mailbox.stamp}~0" if last else f"{since}~{skip + PAGE}"
    name = "deltaLink" if last else "nextLink"
    kind = "$deltatoken" if last else "$skiptoken"
    return Answer(200, {"value": page, f"@odata.{name}": f"{here}?{kind}={link}~{start}~{end}"})


def schedule(mailbox: Mailbox, address: str, body: Any) -> Answer:
    """POST getSchedule: when the person is taken, with the subjects that its owner sees."""
    try:
        start, end = times.read(body["startTime"]), times.read(body["endTime"])
    except (KeyError, TypeError):
        raise Refused(400, "ErrorInvalidRequest", "startTime and endTime are needed.") from None
    found = [each for each in mailbox.within(start, end) if each.fields.get("showAs", "busy") != "free"]
    items = [
        {
            "status": each.fields.get("showAs", "busy"), "subject": each.fields.get("subject", ""),
            "location": each.fields.get("location", {}).get("displayName", ""),
            "isPrivate": each.fields.get("sensitivity") == "private",
            "isRecurring": each.day is not None, "start": times.write(each.start),
            "end": times.write(each.end),
        }
        for each in found
    ]  # fmt: skip
    return Answer(200, {"value": [{"scheduleId": address, "availabilityView": "", "scheduleItems": items}]})


def _match(found: View, headers: Mapping[str, str]) -> None:
    wanted = headers.get("if-match", "*")
    if wanted not in ("*", as_json(found)["@odata.etag"]):
        raise Refused(412, "ErrorIrresolvableConflict", "The change key does not match.")


def _range(query: Mapping[str, str]) -> tuple[Any, Any]:
    if "startDateTime" not in query or "endDateTime" not in query:
        raise Refused(400, "ErrorInvalidParameter", "startDateTime and endDateTime are needed.")
    return times.parameter(query["startDateTime"]), times.parameter(query["endDateTime"])


def _page(found: list[View], query: Mapping[str, str], zone: str, here: str) -> Answer:
    size, skip = int(query.get("$top", PAGE)), int(query.get("$skip", 0))
    names = {"@odata.etag", "id", *query["$select"].split(",")} if "$select" in query else None
    shown = [as_json(each, zone) for each in found[skip : skip + size]]
    body: dict[str, Any] = {
        "value": [{name: one[name] for name in one if names is None or name in names} for one in shown]
    }
    if skip + size < len(found):
        kept = "&".join(f"{name}={value}" for name, value in query.items() if name != "$skip")
        body["@odata.nextLink"] = f"{here}?{kept}&$skip={skip + size}"
    return Answer(200, body)
