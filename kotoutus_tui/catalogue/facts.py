"""A record of the catalogue as facts by name, in values that JSON can hold and the database accepts."""

import re
from collections.abc import Iterable
from typing import Any

from kotoutus_tui.catalogue.records import HoursRecord, OrganisationRecord, PlaceRecord, ServiceRecord

Facts = dict[str, Any]

ORGANISATION = ("name_fi", "name_sv", "name_en", "business_id", "phone", "email", "web")
SERVICE = (
    "name_fi", "name_sv", "name_en", "summary_fi", "summary_sv", "summary_en", "words", "area", "spoken",
    "who_may_come", "what_to_bring", "cost", "by_appointment",
)  # fmt: skip
PLACE = ("name", "street", "postal_code", "town", "easting", "northing")
PROSE = frozenset({"summary_fi", "summary_sv", "summary_en", "who_may_come", "what_to_bring"})
_CLOCK = re.compile("[0-2][0-9]:[0-5][0-9]")
PLACE_PREFIX = "place:"  # and the catalogue's id of the place


def of_organisation(record: OrganisationRecord) -> Facts:
    """Return the facts of an organisation."""
    return _named({name: clean(name, getattr(record, name)) for name in ORGANISATION}, record.external_id)


def of_service(record: ServiceRecord) -> Facts:
    """Return the facts of a service with its hours, and each of its places under its own name."""
    facts = _named({name: clean(name, getattr(record, name)) for name in SERVICE}, record.external_id)
    facts["hours"] = hours_of(record.hours)
    for place in record.places:
        facts[PLACE_PREFIX + place.external_id] = place_of(place)
    return facts


def hours_of(hours: Iterable[HoursRecord]) -> list[list[Any]]:
    """Return hours as [weekday, day, opens, closes], each once, without those that are none."""
    found = [
        [each.weekday, each.on_day.isoformat() if each.on_day else None, each.opens, each.closes]
        for each in hours
        if (each.weekday is None) != (each.on_day is None) and _are_clocks(each.opens, each.closes)
    ]
    return [each for number, each in enumerate(found) if each not in found[:number]]


def place_of(place: PlaceRecord) -> Facts:
    """Return the facts of a place."""
    return telling({name: clean(name, getattr(place, name)) for name in PLACE})


def telling(facts: Facts) -> Facts:
    """Return the facts without those that say nothing."""
    return {name: value for name, value in facts.items() if value not in (None, "")}


def clean(name: str, value: Any) -> Any:
    """Return a value as the database accepts it: no hidden characters, not too long, in one Unicode form."""
    from models.safe_text import LINE_LIMIT, PROSE_LIMIT, drawable, normal

    if not isinstance(value, str):
        return value
    text = normal(drawable(value)).strip()
    if name not in PROSE:
        text = " ".join(text.split())
    most = PROSE_LIMIT if name in PROSE else LINE_LIMIT
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _are_clocks(*clocks: str | None) -> bool:
    return all(clock is None or _CLOCK.fullmatch(clock) for clock in clocks)


def _named(facts: Facts, otherwise: str) -> Facts:
    # Finnish is the name that must be there; a text missing in a language may come as an empty one.
    found = (facts["name_fi"], facts["name_sv"], facts["name_en"], otherwise)
    return {**facts, "name_fi": next(name for name in found if name)}
