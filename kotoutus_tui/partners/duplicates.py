"""Organisations and services that may be one and the same, each pair with why."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kotoutus_tui.partners.folding import folded, words_of
from kotoutus_tui.partners.interchange.snapshot import Facts, Snapshot, text_of

_NAMES = ("name_fi", "name_sv", "name_en")
_ALIKE = 90.0  # of 100
_LEAST_DIGITS = 6
# Words that say nothing of which association or company it is.
_FORMS = frozenset(("ry", "rf", "oy", "ab", "oyj", "ky", "tmi", "saatio", "sr", "osk"))


@dataclass(frozen=True)
class Pair:
    """Two that may be one: `kept` is the one of which more is known, else the older one.

    `reasons` are of: business_id, same_name, like_name, phone. `kind` is organisation or service.
    """

    kind: str
    kept: UUID
    gone: UUID
    kept_name: str
    gone_name: str
    reasons: tuple[str, ...]


def duplicates(network: Snapshot) -> list[Pair]:
    """Return the pairs, organisations first, those with most reasons first."""
    organisations = list(_organisations(network))
    together = {frozenset((pair.kept, pair.gone)) for pair in organisations}
    services = _services(network, together)
    return [
        *sorted(organisations, key=_order),
        *sorted(services, key=_order),
    ]


def _organisations(network: Snapshot) -> Iterator[Pair]:
    rows = network.organisations
    reasons: dict[tuple[UUID, UUID], list[str]] = {}
    _note(reasons, "business_id", _same((own, row["business_id"]) for own, row in rows.items()))
    names = [(own, plain) for own, row in rows.items() for plain in _plain_names(row)]
    _note(reasons, "same_name", _same(names))
    _note(reasons, "like_name", _alike(names))
    _note(reasons, "phone", _same((own, _digits(row["phone"])) for own, row in rows.items()))
    for (one, other), why in reasons.items():
        # Who comes after another is not the same as the other.
        if other != rows[one]["predecessor_id"] and one != rows[other]["predecessor_id"]:
            yield _pair("organisation", rows, one, other, why)


def _services(network: Snapshot, together: set[frozenset[UUID]]) -> Iterator[Pair]:
    rows = {own: row for own, row in network.services.items() if row["state"] != "ended"}
    groups: dict[UUID, list[UUID]] = {}
    for own, row in rows.items():
        groups.setdefault(row["organisation_id"], []).append(own)
    joined = list(groups.values())
    joined += [[own for organisation in pair for own in groups.get(organisation, [])] for pair in together]
    reasons: dict[tuple[UUID, UUID], list[str]] = {}
    for group in joined:
        names = [(own, plain) for own in group for plain in _plain_names(rows[own])]
        _note(reasons, "same_name", _same(names))
        _note(reasons, "like_name", _alike(names))
    for (one, other), why in reasons.items():
        yield _pair("service", rows, one, other, why)


def _pair(kind: str, rows: dict[UUID, Facts], one: UUID, other: UUID, why: Sequence[str]) -> Pair:
    order = list(rows)
    one, other = sorted((one, other), key=order.index)
    if _known(rows[other]) > _known(rows[one]):
        one, other = other, one
    return Pair(kind, one, other, text_of(rows[one], "name"), text_of(rows[other], "name"), tuple(why))


def _known(row: Facts) -> tuple[bool, int]:
    return row["external_id"] is not None, sum(value not in (None, "", False) for value in row.values())


def _note(reasons: dict[tuple[UUID, UUID], list[str]], why: str, pairs: Iterable[tuple[UUID, UUID]]) -> None:
    for one, other in pairs:
        key = (one, other) if str(one) < str(other) else (other, one)
        found = reasons.setdefault(key, [])
        if why not in found and not (why == "like_name" and "same_name" in found):
            found.append(why)


def _same(values: Iterable[tuple[UUID, Any]]) -> Iterator[tuple[UUID, UUID]]:
    first: dict[Any, list[UUID]] = {}
    for own, value in values:
        if value:
            for other in first.get(value, ()):
                if other != own:
                    yield other, own
            first.setdefault(value, []).append(own)


def _alike(names: Sequence[tuple[UUID, str]]) -> Iterator[tuple[UUID, UUID]]:
    from rapidfuzz import fuzz, process

    plain = [name for _own, name in names]
    for place, (own, name) in enumerate(names):
        near = process.extract(name, plain[place + 1 :], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=10)
        for other, _score, ahead in near:
            there = names[place + 1 + ahead][0]
            # Courses of two levels are two: what differs only in a number is not alike.
            if there != own and other != name and _numbers(other) == _numbers(name):
                yield own, there


def _plain_names(row: Facts) -> list[str]:
    names = [row[name] for name in _NAMES if row[name]]
    plain = [" ".join(sorted(word for word in words_of(name) if word not in _FORMS)) for name in names]
    return list(dict.fromkeys(each or folded(name) for each, name in zip(plain, names, strict=True)))


def _numbers(name: str) -> list[str]:
    return [
        word for word in name.split() if word.isdecimal() or len(word) == 1 or re.fullmatch("i{1,3}", word)
    ]


def _digits(phone: str | None) -> str:
    """Return the digits of a number without what stands before it in Finland and from abroad."""
    digits = re.sub(r"\D", "", phone or "").removeprefix("00").removeprefix("358").lstrip("0")
    return digits if len(digits) >= _LEAST_DIGITS else ""


def _order(pair: Pair) -> tuple[int, str]:
    strong = sum(2 if why in ("business_id", "same_name") else 1 for why in pair.reasons)
    return -strong, min(folded(pair.kept_name), folded(pair.gone_name))
