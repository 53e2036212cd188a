"""Which services of the catalogue concern integration, and why each does."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kotoutus_tui.i18n import N_, _
from kotoutus_tui.partners.folding import folded

_REASONS = {
    "class": N_("Class of the catalogue: {name}"),
    "term": N_("Keyword of the catalogue: {name}"),
    "name": N_("In its name: {name}"),
    "partner": N_("A partner of yours"),
}


@cache
def codes() -> Mapping[str, Any]:
    """Return the lists of codes that come with the program."""
    return tomllib.loads(Path(__file__).with_name("codes.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Ours:
    """What of the own network the catalogue is asked for: partners by business id, and keys known from it.

    Partners are those that people added; what came from the catalogue itself draws nothing more after it.
    """

    business_ids: Sequence[str] = ()
    partners: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()


@dataclass
class Selection:
    """The rule that chooses; `partners` are keys of those organisations that are partners of ours."""

    partners: set[str] = field(default_factory=set[str])

    def why(
        self,
        classes: Iterable[str],
        terms: Iterable[str],
        names: Iterable[str | None],
        organisations: Iterable[str],
    ) -> list[str]:
        """Return why a service is chosen, as codes such as "class:P22.3"; nothing when it is not."""
        known, wanted = codes(), [folded(name) for name in names if name]
        found = [f"class:{code}" for code in classes if code in known["classes"]]
        found += [f"term:{term}" for term in map(term_of, terms) if term in known["terms"]]
        found += [
            f"name:{word}" for word in known["keywords"] if any(folded(word) in name for name in wanted)
        ]
        if any(organisation in self.partners for organisation in organisations):
            found.append("partner:")
        return list(dict.fromkeys(found))


def term_of(uri: str) -> str:
    """Return a term without the address of its vocabulary: koko/p63622 or yso/p6165."""
    return "/".join(uri.rstrip("/").rsplit("/", 2)[-2:])


def reason(why: str) -> str:
    """Return in words why a service was chosen; `why` is a code of `Selection.why`."""
    kind, _colon, code = why.partition(":")
    lists = {"class": codes()["classes"], "term": codes()["terms"]}
    name = lists.get(kind, {}).get(code, code)
    return _(_REASONS[kind]).format(name=name)


def kind_of(name: str, sort: str, business_id: str | None) -> str:
    """Return what kind of partner an organisation is: by its name, else by its type in the catalogue."""
    if business_id == codes()["own_business_id"]:
        return "city_unit"
    wanted = f" {name.casefold()} "
    for kind, words in codes()["kinds"].items():
        if any(word in wanted for word in words):
            return kind
    return {"Municipality": "other_municipality", "State": "state_agency"}.get(sort, "other")
