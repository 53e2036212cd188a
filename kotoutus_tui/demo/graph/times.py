"""Times as Graph writes them: a local time and the name of its zone, Windows names among them."""

from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from kotoutus_tui.demo.graph.answers import Refused

_ZONES: dict[str, tzinfo] = {
    "UTC": UTC,
    "FLE Standard Time": ZoneInfo("Europe/Helsinki"),
    "Europe/Helsinki": ZoneInfo("Europe/Helsinki"),
}


def zone(name: object) -> tzinfo:
    """Return the zone of this name; refused when Outlook would not know it."""
    found = _ZONES.get(str(name))
    if found is None:
        raise Refused(400, "TimeZoneNotSupportedException", "The time zone is not supported.")
    return found


def read(value: Any) -> datetime:
    """Return the moment of a dateTimeTimeZone, aware and in its zone."""
    try:
        there = datetime.fromisoformat(str(value["dateTime"])[:26])
    except (KeyError, TypeError, ValueError):
        raise Refused(400, "ErrorInvalidRequest", "A dateTimeTimeZone is needed.") from None
    return there.replace(tzinfo=zone(value.get("timeZone", "UTC")))


def parameter(value: str) -> datetime:
    """Return the moment of a query parameter; UTC when it names no offset."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise Refused(400, "ErrorInvalidParameter", "The time cannot be read.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def write(moment: datetime, name: str = "UTC") -> dict[str, str]:
    """Return a moment in the zone of this name."""
    local = moment.astimezone(zone(name))
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": name}
