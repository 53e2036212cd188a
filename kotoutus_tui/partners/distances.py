"""How far services are: from a town or part of town that a question names, or from the office."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kotoutus_tui.partners.coordinates import kilometres
from kotoutus_tui.partners.folding import folded
from kotoutus_tui.partners.network import Place

At = tuple[int, int]

IN_TOWN = 5.0  # kilometres: within them a town tells nothing
_FILE = Path(__file__).with_name("towns.txt")
_NEAR = frozenset((
    "lahin", "lahimmat", "lahimpana", "lahella", "lahelta", "near", "nearest", "nearby", "close", "closest",
    "nara", "narmast", "narmaste",
))  # fmt: skip
# Endings of a town's name: Lieksassa, Kiteellä, Joensuun, Enosta, Rantakylään, Lieksas.
_ENDING = re.compile("(n|[sl]s?[at]a?|ssa|lla|sta|lta|lle|(.)\\2n|s|seen)?")
_OFFICE = re.compile(r"(.+): *(\d{5,6}), *(\d{7})")


@dataclass(frozen=True)
class Origin:
    """Where distances are counted from."""

    name: str
    at: At


@dataclass(frozen=True)
class Nearness:
    """What a question says of nearness: a town and its word, and whether it asks for the nearest."""

    origin: Origin | None = None
    word: str = ""
    nearest: bool = False


def office(setting: str) -> Origin | None:
    """Return the office of the settings: its name and coordinates."""
    match = _OFFICE.fullmatch(setting.strip())
    return Origin(match[1], (int(match[2]), int(match[3]))) if match else None


def nearness(words: Sequence[str]) -> Nearness:
    """Return what the folded words of a question say of nearness."""
    nearest = any(word in _NEAR for word in words)
    for word in words:
        if (origin := _town(word)) is not None:
            return Nearness(origin, word, nearest)
    return Nearness(nearest=nearest)


def without_near(words: Iterable[str]) -> list[str]:
    """Return the words that do not ask for nearness."""
    return [word for word in words if word not in _NEAR]


@dataclass(frozen=True)
class Whereabouts:
    """Where a place is: exactly, or somewhere in its town."""

    at: At
    exact: bool


@dataclass(frozen=True)
class Distance:
    """Kilometres as the crow flies; not exact when only the town is known."""

    kilometres: float
    exact: bool


def whereabouts(place: Place) -> Whereabouts | None:
    """Return where a place is: its coordinates, else the middle of its town."""
    if place.easting is not None and place.northing is not None:
        return Whereabouts((place.easting, place.northing), exact=True)
    known = _towns().get(folded(place.town or ""))
    return Whereabouts(known.at, exact=False) if known else None


def distance(origin: At, places: Iterable[Whereabouts]) -> Distance | None:
    """Return how far it is to the nearest of the places; None when none is known."""
    found = [_far(origin, place) for place in places]
    return min(found, key=lambda each: each.kilometres, default=None)


def _far(origin: At, place: Whereabouts) -> Distance:
    far = kilometres(origin, place.at)
    return Distance(far if place.exact else max(far, IN_TOWN), place.exact)


def _town(word: str) -> Origin | None:
    towns = _towns()
    if word in towns:
        return towns[word]
    if word.startswith("nurmeks"):
        return towns["nurmes"]
    for size in range(len(word) - 1, 2, -1):
        if word[:size] in towns and _ENDING.fullmatch(word[size:]):
            return towns[word[:size]]
    return None


@cache
def _towns() -> dict[str, Origin]:
    found: dict[str, Origin] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        name, easting, northing = line.split()
        found[folded(name)] = Origin(name, (int(easting), int(northing)))
    return found
