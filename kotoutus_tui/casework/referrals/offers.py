"""The next best services when a referral was declined or there is no room: the same need, in the language."""

from collections.abc import Collection, Sequence
from datetime import date
from math import log
from uuid import UUID

from kotoutus_tui.partners.folding import words_of
from kotoutus_tui.partners.freshness import freshness
from kotoutus_tui.partners.network import Network, Service
from kotoutus_tui.partners.search import Hit, Index

_MOST_WORDS = 12
_LOOKED_AT = 80  # services a word may name before it says nothing about the need
_SAME_NEED = 0.5  # of the best one's fit
_FRESH = {"fresh": 0, "ageing": 1, "stale": 2}


def next_best(
    index: Index,
    network: Network,
    service_id: UUID | None,
    need: str,
    language: str | None,
    tried: Collection[UUID],
    today: date,
    *,
    limit: int = 8,
) -> Sequence[Hit]:
    """Return services for the need of a referral, the best first.

    The need is that of the service it went to, or `need` in words. They are in use, not full and not
    among `tried`; those whose staff speak the client's `language` come first, then those with an
    interpreter, then the fresher ones.
    """
    first = next((each for each in network.services if each.id == service_id), None)
    if first is not None:
        need = " ".join(part for part in (first.words, first.name_fi, need) if part)

    def keep(service: Service) -> bool:
        return service.state == "active" and not service.full and service.id not in tried

    fit: dict[UUID, float] = {}
    found: dict[UUID, Hit] = {}
    for word in list(dict.fromkeys(word for word in words_of(need) if len(word) > 2))[:_MOST_WORDS]:
        answer = index.find(word, keep)
        if len(answer) > _LOOKED_AT:
            continue
        for hit in answer.hits(0, _LOOKED_AT):
            # A word that few services have says more of the need.
            fit[hit.service.id] = fit.get(hit.service.id, 0.0) + 1 / (1 + log(len(answer)))
            found.setdefault(hit.service.id, hit)
    least = _SAME_NEED * max(fit.values(), default=0.0)
    best = [hit for each, hit in found.items() if fit[each] >= least]
    best.sort(
        key=lambda hit: (
            spoken(hit.service, language),
            _FRESH[freshness(hit.service.verified_on, today)],
            -fit[hit.service.id],
            hit.service.name,
        )
    )
    return best[:limit]


def spoken(service: Service, language: str | None) -> int:
    """Return 0 when the staff speak a language, 1 when an interpreter does, else 2."""
    if language is None:
        return 0
    for rank, codes in enumerate((service.spoken, service.interpreted)):
        if language in (codes or "").split():
            return rank
    return 2
