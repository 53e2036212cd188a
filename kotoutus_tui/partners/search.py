"""Finds services as people ask: any order of need, language and place, even misspelt, in three languages."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from uuid import UUID

from kotoutus_tui.i18n import sort_key
from kotoutus_tui.partners.distances import Distance, Origin, distance, nearness, whereabouts, without_near
from kotoutus_tui.partners.folding import words_of
from kotoutus_tui.partners.index_words import alike, entries, expressions
from kotoutus_tui.partners.network import Network, Organisation, Service

_FILLERS = frozenset(("ja", "tai", "on", "och", "eller", "en", "ett", "i", "and", "or", "in", "the", "a"))
_WEIGHTS = {
    "name": 10, "spoken": 9, "keyword": 8, "place": 7, "organisation": 7, "interpreted": 6, "former": 5,
    "kind": 5, "written": 4, "summary": 3,
}  # fmt: skip
_EXACT, _ENDING, _BEGINNING, _SAME, _INSIDE, _MISSPELT = 1.0, 0.95, 0.9, 0.8, 0.7, 0.6
_LEAST_INSIDE, _LEAST_STEM, _LEAST_MISSPELT = 4, 4, 5
_LONGEST_ENDING = 5
_PAUSED, _FULL = 0.6, 0.8
_NOWHERE = Distance(inf, exact=False)

Matches = Mapping[int, tuple[float, str]]


@dataclass(frozen=True)
class Reason:
    """Why a service was found: the field, what stands there, and the word that was asked for."""

    field: str
    shown: str
    asked: str


@dataclass(frozen=True)
class Hit:
    """A service found; `missing` are words of the question that nothing in it answers.

    `distance` is None when nobody knows where the service is given.
    """

    service: Service
    organisation: Organisation
    reasons: Sequence[Reason] = ()
    missing: Sequence[str] = ()
    distance: Distance | None = None


class Index:
    """The words of the whole network, built once for each change of it.

    Distances are counted from `office` unless a question names a town.
    """

    def __init__(self, network: Network, today: date, office: Origin | None = None) -> None:
        self._hits = [Hit(each, network.current(each.organisation_id, today)) for each in network.services]
        self._hits.sort(key=lambda hit: (sort_key(hit.service.name), str(hit.service.id)))
        self._office = office
        self._at = [
            [at for place in network.places.get(hit.service.id, ()) if (at := whereabouts(place))]
            for hit in self._hits
        ]
        self._distances: dict[Origin, list[Distance]] = {}
        self._places: dict[str, dict[int, tuple[str, str]]] = {}
        for place, hit in enumerate(self._hits):
            for field, word, shown in entries(network, hit.service, hit.organisation):
                self._add(word, place, field, shown)
        self._words = sorted(self._places)
        # One text of all words is searched many times faster than each word by itself.
        self._text = "\n".join(["", *self._words, ""])

    def find(
        self,
        question: str,
        keep: Callable[[Service], bool] | None = None,
        order: Callable[[Service], date] | None = None,
    ) -> "Answer":
        """Return what answers most words of the question, the best first; everything for an empty one.

        Of those that answer it alike the nearest comes first; a question for the nearest puts that before
        all. `keep` leaves services out; `order` replaces the order by name that an empty question has.
        """
        asked = _asked(question)
        near = nearness(asked)
        if near.nearest:
            asked = [word for word in without_near(asked) if word != near.word]
        answers = [self._answer(word) for word in asked]
        if near.word in asked and not answers[asked.index(near.word)]:
            # No service is there, but it says from where distances are counted.
            answers.pop(asked.index(near.word))
            asked.remove(near.word)
        origin = near.origin or self._office
        away = self._away(origin)
        score: dict[int, float] = {}
        count: dict[int, int] = {}
        for answer in answers:
            for place, (points, _word) in answer.items():
                score[place] = score.get(place, 0.0) + points
                count[place] = count.get(place, 0) + 1
        most = max(count.values(), default=0)
        best = [place for place, many in count.items() if many == most] if asked else range(len(self._hits))
        kept = [place for place in best if keep is None or keep(self._hits[place].service)]
        if asked:
            points = {place: -score[place] * _favour(self._hits[place].service) for place in kept}
            kept.sort(key=lambda place: (points[place], away[place].kilometres, place))
        elif order is not None:
            kept.sort(key=lambda place: order(self._hits[place].service))
        if near.nearest:
            kept.sort(key=lambda place: away[place].kilometres)
        return Answer(self, kept, asked, answers, origin, near.origin is not None)

    def _away(self, origin: Origin | None) -> list[Distance]:
        """Return how far each service is from a place, without end when that is not known."""
        if origin is None:
            return [_NOWHERE] * len(self._hits)
        if origin not in self._distances:
            self._distances[origin] = [distance(origin.at, at) or _NOWHERE for at in self._at]
        return self._distances[origin]

    def explain(
        self, place: int, asked: Sequence[str], answers: Sequence[Matches], origin: Origin | None = None
    ) -> Hit:
        """Return the service at this place with why it answers."""
        reasons: list[Reason] = []
        missing: list[str] = []
        for word, answer in zip(asked, answers, strict=True):
            if place in answer:
                field, shown = self._places[answer[place][1]][place]
                reasons.append(Reason(field, shown, word))
            else:
                missing.append(word)
        hit = self._hits[place]
        far = self._away(origin)[place]
        return Hit(hit.service, hit.organisation, reasons, missing, None if far is _NOWHERE else far)

    def id_at(self, place: int) -> UUID:
        """Return the id of the service at this place."""
        return self._hits[place].service.id

    def _add(self, word: str, place: int, field: str, shown: str) -> None:
        at = self._places.setdefault(word, {})
        if place not in at or _WEIGHTS[at[place][0]] < _WEIGHTS[field]:
            at[place] = (field, shown)

    def _answer(self, asked: str) -> dict[int, tuple[float, str]]:
        found: dict[int, tuple[float, str]] = {}
        for word, quality in self._meant(asked).items():
            for place, (field, _shown) in self._places[word].items():
                points = _WEIGHTS[field] * quality
                if place not in found or found[place][0] < points:
                    found[place] = (points, word)
        return found

    def _meant(self, asked: str) -> Mapping[str, float]:
        """The words of the index that a word of the question may mean, and how well they fit."""
        found: dict[str, float] = {}
        for word in alike(asked):
            self._fitting(word, _SAME if word != asked else 1.0, found)
        for stem in _stems(asked):
            if stem in self._places and len(stem) >= _LEAST_STEM:
                _keep(found, stem, _ENDING)
                break
        if not found and len(asked) >= _LEAST_MISSPELT:
            self._misspelt(asked, found)
        return found

    def _fitting(self, word: str, share: float, found: dict[str, float]) -> None:
        if word in self._places:
            _keep(found, word, _EXACT * share)
        if len(word) < 3:  # two letters are the code of a language
            return
        for other in self._words[bisect_left(self._words, word) :]:
            if not other.startswith(word):
                break
            _keep(found, other, _BEGINNING * share)
        if len(word) >= _LEAST_INSIDE:
            for other in self._containing(word):
                _keep(found, other, _INSIDE * share)

    def _containing(self, part: str) -> Iterable[str]:
        at = self._text.find(part)
        while at >= 0:
            end = self._text.index("\n", at)
            yield self._text[self._text.rindex("\n", 0, at) + 1 : end]
            at = self._text.find(part, end)

    def _misspelt(self, asked: str, found: dict[str, float]) -> None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(asked) < 8 else 2
        near = process.extract(asked, self._words, scorer=OSA.distance, score_cutoff=most, limit=5)
        known = process.extract(asked, expressions(), scorer=OSA.distance, score_cutoff=most, limit=3)
        for word, _distance, _place in near:
            _keep(found, word, _MISSPELT)
        for expression, _distance, _place in known:
            for word in alike(expression):
                self._fitting(word, _MISSPELT, found)


@dataclass(frozen=True)
class Answer:
    """What answers a question, the best first; why is worked out for those that are looked at.

    `origin` is where distances are counted from; `from_town` when the question names it.
    """

    index: Index
    places: Sequence[int] = ()
    asked: Sequence[str] = ()
    matches: Sequence[Matches] = ()
    origin: Origin | None = None
    from_town: bool = False

    def __len__(self) -> int:
        return len(self.places)

    def hits(self, offset: int = 0, limit: int = 50) -> list[Hit]:
        """Return the hits from `offset` on."""
        chosen = self.places[offset : offset + limit]
        return [self.index.explain(place, self.asked, self.matches, self.origin) for place in chosen]

    def position(self, service_id: str) -> int | None:
        """Return where a service stands among the hits."""
        ids = enumerate(self.index.id_at(place) for place in self.places)
        return next((position for position, each in ids if str(each) == service_id), None)


def _asked(question: str) -> list[str]:
    words = list(dict.fromkeys(words_of(question)))
    return [word for word in words if word not in _FILLERS] or words


def _stems(word: str) -> Iterable[str]:
    # Finnish endings: joensuussa, arabiaksi, kurssille.
    return (word[:-size] for size in range(1, min(_LONGEST_ENDING, len(word)) + 1))


def _keep(found: dict[str, float], word: str, quality: float) -> None:
    if found.get(word, 0.0) < quality:
        found[word] = quality


def _favour(service: Service) -> float:
    return (_PAUSED if service.state == "paused" else 1.0) * (_FULL if service.full else 1.0)
