"""Which of ours have the name or the address of something in the catalogue."""

from collections.abc import Iterable, Mapping, Sequence

from kotoutus_tui.catalogue.facts import Facts
from kotoutus_tui.catalogue.owned import Owned
from kotoutus_tui.catalogue.records import OrganisationRecord, ServiceRecord
from kotoutus_tui.partners.folding import words_of


def by_name(ours: Iterable[Owned]) -> dict[str, list[Owned]]:
    """Return ours by their names in every language, as they are compared."""
    found: dict[str, list[Owned]] = {}
    for each in ours:
        for name in {_folded(each.facts[name]) for name in ("name_fi", "name_sv", "name_en")} - {""}:
            found.setdefault(name, []).append(each)
    return found


def of_name(ours: Mapping[str, Sequence[Owned]], record: OrganisationRecord | ServiceRecord) -> list[Owned]:
    """Return those of `by_name` that have a name of the record."""
    names = dict.fromkeys(_folded(name) for name in (record.name_fi, record.name_sv, record.name_en))
    found = {each.id: each for name in names for each in ours.get(name, ())}
    return list(found.values())


def _folded(name: str | None) -> str:
    return " ".join(words_of(name or ""))


def address(place: Facts) -> tuple[str, str]:
    """Return the address of a place as it is compared."""
    return _folded(place.get("street")), place.get("postal_code") or _folded(place.get("town"))
