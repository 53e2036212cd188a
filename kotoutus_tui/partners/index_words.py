"""The words a service is found by, and the words that mean the same in Finnish, Swedish and English."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from kotoutus_tui.partners.folding import folded, words_of
from kotoutus_tui.partners.languages import names_of
from kotoutus_tui.partners.network import Network, Organisation, Service

_FILE = Path(__file__).with_name("same_words.txt")
_LANGUAGES = ("spoken", "interpreted", "written")


def entries(network: Network, service: Service, now: Organisation) -> Iterator[tuple[str, str, str]]:
    """Return field, folded word and what is shown of it for one service; a language is shown as its code."""
    texts: list[tuple[str, str | None]] = [
        ("name", service.name_fi), ("name", service.name_sv), ("name", service.name_en),
        ("keyword", service.words), ("place", service.area), ("summary", service.summary_fi),
        ("summary", service.summary_sv), ("summary", service.summary_en),
    ]  # fmt: skip
    texts += [("organisation", name) for name in _names(now)]
    texts += [("former", name) for before in network.former(now) for name in _names(before)]
    texts += [("former", name) for name in network.names_before.get(service.id, ())]
    texts += [("place", town) for at in network.places.get(service.id, ()) for town in (at.town, at.name)]
    for field, text in texts:
        for word in (text or "").split():
            for plain in words_of(word):
                yield field, plain, word.strip("().,;:")
    for field in _LANGUAGES:
        for code in (getattr(service, field) or "").split():
            yield field, code, code
            for name in names_of(code):
                yield field, name, code


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        group = tuple(folded(word) for word in line.split())
        for word in group:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *group)))
    return found


def alike(word: str) -> Sequence[str]:
    """Return the word and those that mean the same."""
    return (word, *(other for other in _groups().get(word, ()) if other != word))


@cache
def expressions() -> Sequence[str]:
    """Return every word that has others of the same meaning."""
    return tuple(_groups())


def _names(organisation: Organisation) -> Sequence[str | None]:
    return organisation.name_fi, organisation.name_sv, organisation.name_en
