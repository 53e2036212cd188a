"""Cards of address books as organisations and contact persons."""

import logging
from collections.abc import Iterator
from typing import Any, cast

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.partners.folding import folded
from kotoutus_tui.partners.interchange.incoming import Incoming, Record
from kotoutus_tui.partners.languages import read_codes

_MOST = 20_000
# What the library raises for cards that are none, besides its own error, which is an Exception alone.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError)


def read(text: str) -> Incoming:
    """Return what the cards say; a card or a line that cannot be read is a remark."""
    found = Incoming("vcard")
    seen: dict[str, Record] = {}
    for number, card in enumerate(_cards(text), 1):
        if number > _MOST:
            raise InvalidInput("file", _("The file is too large."), _("Divide it and read the parts in."))
        if card is None:
            found.remark(_part(), number, "", "", _("The card cannot be read."))
        else:
            _take(found, number, card, seen)
    return found


def _cards(text: str) -> Iterator[Any]:
    """Return each card, None for one that cannot be read."""
    from vobject import base

    read_components = cast("Any", base).readComponents

    # The library would write lines of people's data into the log.
    logging.getLogger("vobject").disabled = logging.getLogger("vobject.base").disabled = True
    for part in _split(text):
        try:
            yield next(iter(read_components(part, ignoreUnreadable=True)), None)
        except (base.VObjectError, *_BROKEN):
            yield None


def _split(text: str) -> Iterator[str]:
    card: list[str] = []
    for line in text.splitlines():
        mark = line.strip().upper()
        if mark == "BEGIN:VCARD" and card:
            yield "\r\n".join(card)
            card = []
        if card or mark == "BEGIN:VCARD":
            card.append(line)
        if mark == "END:VCARD" and card:
            yield "\r\n".join(card) + "\r\n"
            card = []
    if card:
        yield "\r\n".join(card)


def _take(found: Incoming, number: int, card: Any, seen: dict[str, Record]) -> None:
    name, units = _first(card, "fn"), _units(card)
    partner = (units[:1] or [""])[0]
    if not name and not partner:
        found.remark(_part(), number, "FN", "", _("The card has no name."))
        return
    is_organisation = _first(card, "kind").casefold() == "org" or not name or folded(name) == folded(partner)
    partner = partner or (name if is_organisation else "")
    if not partner:
        found.remark(_part(), number, "ORG", name, _("It is not said whose contact person this is."))
        return
    organisation = _organisation(found, number, partner, seen)
    record = organisation if is_organisation else Record(_part(), number, _first(card, "uid"))
    record.of = {} if is_organisation else {"organisation": organisation.key}
    if is_organisation:
        _name_by_id(found, record, _first(card, "uid"))
        found.take(record, "URL", "web", _first(card, "url"))
        _place(found, number, card, record)
    else:
        found.take(record, "FN", "name", name)
        found.take(record, "TITLE", "title", _first(card, "title"))
        if len(units) > 1:
            record.of["service_name"] = units[1]
        spoken = " ".join(str(each.value) for each in card.contents.get("lang", []))
        found.take(record, "LANG", "languages", spoken, read_codes)
        found.contacts.append(record)
    found.take(record, "TEL", "phone", _first(card, "tel"))
    found.take(record, "EMAIL", "email", _first(card, "email"))


def _organisation(found: Incoming, number: int, name: str, seen: dict[str, Record]) -> Record:
    known = seen.get(folded(name))
    if known is None:
        known = seen[folded(name)] = Record(_part(), number, f"name:{folded(name)}")
        found.take(known, "ORG", "name_fi", name)
        found.organisations.append(known)
    return known


def _name_by_id(found: Incoming, organisation: Record, uid: str) -> None:
    """Cards of its people may have come before its own."""
    if uid:
        for contact in found.contacts:
            if contact.of["organisation"] == organisation.key:
                contact.of["organisation"] = uid
        organisation.key = uid


def _place(found: Incoming, number: int, card: Any, organisation: Record) -> None:
    for line in card.contents.get("adr", [])[:1]:
        place = Record(_part(), number, f"{organisation.key}:address", of={"organisation": organisation.key})
        for name, part in (("street", "street"), ("town", "city"), ("postal_code", "code")):
            found.take(place, "ADR", name, _text(getattr(line.value, part, "")))
        if place.facts:
            found.places.append(place)


def _units(card: Any) -> list[str]:
    lines = card.contents.get("org", [])
    value: Any = lines[0].value if lines else []
    units = cast("list[Any]", value) if isinstance(value, list) else [value]
    return [_text(each).strip() for each in units]


def _first(card: Any, name: str) -> str:
    lines = card.contents.get(name, [])
    return _text(lines[0].value).strip() if lines else ""


def _text(value: Any) -> str:
    return " ".join(map(str, cast("list[Any]", value))) if isinstance(value, list) else str(value or "")


def _part() -> str:
    return _("card")
