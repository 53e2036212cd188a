"""Organisations and contact persons as cards for address books, vCard 3.0 or 4.0."""

from collections.abc import Iterator
from typing import Any

from kotoutus_tui.partners.interchange.snapshot import Facts, Snapshot, text_of
from kotoutus_tui.partners.words import kind_name


def cards(network: Snapshot, language: str, version: str, *, contacts: bool) -> Iterator[str]:
    """Return a card for each organisation and, when wanted, for each contact person.

    The id of a card stays the same, so that an address book knows it again.
    """
    import vobject

    places: dict[Any, Facts] = {}
    for place in network.places.values():
        places.setdefault(place["organisation_id"], place)
    for row in network.organisations.values():
        card: Any = vobject.vCard()
        name = text_of(row, "name", language)
        _begin(card, row, version, "org", name, kind_name(row["kind"], language))
        card.add("n").value = vobject.vcard.Name(family=name)
        card.add("org").value = [name]
        _reach(card, row)
        if row["web"]:
            card.add("url").value = row["web"]
        if (place := places.get(row["id"])) is not None:
            address = vobject.vcard.Address(
                street=place["street"] or "", city=place["town"] or "", code=place["postal_code"] or "",
                country="FI",
            )  # fmt: skip
            _typed(card, "adr", address)
        yield card.serialize()
    if contacts:
        for row in network.contacts.values():
            if (organisation := network.organisations.get(row["organisation_id"])) is not None:
                yield _person(network, row, organisation, language, version)


def _person(network: Snapshot, row: Facts, organisation: Facts, language: str, version: str) -> str:
    import vobject

    card: Any = vobject.vCard()
    _begin(card, row, version, "individual", row["name"], kind_name(organisation["kind"], language))
    *given, family = row["name"].split() or [""]
    card.add("n").value = vobject.vcard.Name(family=family, given=" ".join(given))
    service = network.services.get(row["service_id"])
    unit = [text_of(service, "name", language)] if service else []
    card.add("org").value = [text_of(organisation, "name", language), *unit]
    _reach(card, row)
    if row["title"]:
        card.add("title").value = row["title"]
    if version == "4.0":
        for place, code in enumerate((row["languages"] or "").split(), 1):
            spoken = card.add("lang")
            spoken.value, spoken.params = code, {"PREF": [str(place)]}
    return card.serialize()


def _begin(card: Any, row: Facts, version: str, kind: str, name: str, category: str) -> None:
    card.add("version").value = version
    if version == "4.0":
        card.add("kind").value = kind
    card.add("fn").value = name
    card.add("uid").value = f"urn:uuid:{row['id']}"
    card.add("categories").value = [category]


def _reach(card: Any, row: Facts) -> None:
    if row["phone"]:
        _typed(card, "tel", row["phone"])
    if row["email"]:
        _typed(card, "email", row["email"])


def _typed(card: Any, name: str, value: Any) -> None:
    line = card.add(name)
    line.value, line.params = value, {"TYPE": ["WORK"]}
