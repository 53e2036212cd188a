"""How well a stored name fits a typed one: words paired one to one, each pair by how unlikely its spelling is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kotoutus_tui.casework.name_chinese import chinese
from kotoutus_tui.casework.name_costs import cost
from kotoutus_tui.casework.name_keys import fold, is_chinese, placed_runs
from kotoutus_tui.casework.name_kin import kin
from kotoutus_tui.casework.name_words import FULL, PARTICLES, Word, joined, words

# Why a name fits, from the surest to the least sure.
EXACT, BEGINNING, SOUND, KIN, SIMILAR = "exact", "beginning", "sound", "kin", "similar"
_ORDER = (EXACT, BEGINNING, SOUND, KIN, SIMILAR)

# Below this a name is not worth showing.
WORTH_SHOWING = 0.6

# All costs are in the unit of name_costs (-ln P), found on spellings of invented people.
_OTHER_MARKS = 0.05  # the same letters, other accents
_OTHER_SPACING = 0.5  # words joined or parted
_INITIAL = 1.5
_START, _PER_REST = 1.0, 0.35  # a typed beginning, and each letter not yet typed
_CHINESE = 1.0  # pinyin and Wade-Giles of one syllable
_KIN = 3.0  # John for Ivan
_TYPED_IN_VAIN, _PER_SOUND_IN_VAIN = 3.0, 2.6
_LETTER_IN_VAIN, _PARTICLE_IN_VAIN = 4.0, 0.5
_UNTYPED_NAME, _UNTYPED_SHORT, _UNTYPED_PATRONYMIC, _UNTYPED_PARTICLE = 3.5, 1.75, 0.5, 0.2
_SAME_SOUND = 0.8  # a pair that costs less for each sound sounds the same
_NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a name fits: `score` 0..1 (1: letter by letter), and the least sure reason of its words."""

    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Stored:
    runs: tuple[tuple[int, Word, float], ...]  # places taken, the word, what these places cost if not typed
    untyped: float
    chinese: bool


class TypedName:
    """A name as typed in any script and order, prepared to be compared with many stored names."""

    def __init__(self, text: str | Sequence[Word]) -> None:
        self.words = words(text) if isinstance(text, str) else tuple(text)
        self._chinese = is_chinese(self.words)
        self._runs = [(start, len(run), joined(run)) for start, run in placed_runs(self.words)]
        self._in_vain = [_in_vain(word) for word in self.words]
        self._ceiling = max(8.0, sum(self._in_vain))
        self._pairs: dict[tuple[int, Word, bool], float] = {}

    def fit(self, given: str | None, family: str | None, patronymic: str | None = None) -> Fit:
        """Return how well a stored name fits; the order of words does not matter."""
        stored = _stored(given or "", family or "", patronymic or "")
        options, least = self._options(stored)
        if 1 - least / self._ceiling < WORTH_SHOWING / 2:
            return Fit(0.0, SIMILAR)
        total, used = self._best(options, stored)
        return Fit(max(0.0, 1 - total / self._ceiling), self._reason(total, used))

    def _options(self, stored: _Stored) -> tuple[list[list[tuple[int, int, float, int, Word]]], float]:
        """For each place of the typed name the pairs that begin there, and a bound no pairing can be below."""
        both_chinese = self._chinese and stored.chinese
        options: list[list[tuple[int, int, float, int, Word]]] = [[] for _ in self.words]
        best = list(self._in_vain)
        for number, (start, size, word) in enumerate(self._runs):
            vain = sum(self._in_vain[start : start + size])
            for places, other, saved in stored.runs:
                key = (number, other, both_chinese)
                price = self._pairs.get(key)
                if price is None:
                    price = self._pairs[key] = _pair(word, other, both_chinese)
                if size > 1 or places & (places - 1):
                    price += _OTHER_SPACING
                if price < vain + saved:
                    options[start].append((size, places, price - saved, number, other))
                    share = (price - saved) / size
                    for place in range(start, start + size):
                        best[place] = min(best[place], share)
        return options, sum(best) + stored.untyped

    def _best(
        self, options: list[list[tuple[int, int, float, int, Word]]], stored: _Stored
    ) -> tuple[float, list[tuple[int, Word]]]:
        end = len(self.words)
        found = _NEVER
        found_pairs: list[tuple[int, Word]] = []
        pairs: list[tuple[int, Word]] = []

        def pair_from(place: int, taken: int, spent: float) -> None:
            nonlocal found, found_pairs
            if spent - stored.untyped >= found:
                return
            if place == end:
                if spent < found:
                    found, found_pairs = spent, list(pairs)
                return
            for size, places, price, number, other in options[place]:
                if not taken & places:
                    pairs.append((number, other))
                    pair_from(place + size, taken | places, spent + price)
                    pairs.pop()
            pair_from(place + 1, taken, spent + self._in_vain[place])

        pair_from(0, 0, 0.0)
        return found + stored.untyped, found_pairs

    def _reason(self, total: float, used: list[tuple[int, Word]]) -> str:
        if sum(self._runs[number][1] for number, _ in used) < len(self.words):
            return SIMILAR
        reasons = [_why(self._runs[number][2], other) for number, other in used]
        return max(reasons, key=_ORDER.index, default=SIMILAR)


@lru_cache(maxsize=5_000)
def _stored(given: str, family: str, patronymic: str) -> _Stored:
    runs: list[tuple[int, Word, float]] = []
    place = 0
    untyped = 0.0
    for part, price in ((given, _UNTYPED_NAME), (family, _UNTYPED_NAME), (patronymic, _UNTYPED_PATRONYMIC)):
        of_part = words(part)
        prices = [_untyped(word, price) for word in of_part]
        for start, run in placed_runs(of_part):
            taken = ((1 << len(run)) - 1) << (place + start)
            runs.append((taken, joined(run), sum(prices[start : start + len(run)])))
        place += len(of_part)
        untyped += sum(prices)
    singles = [word for places, word, _ in runs if not places & (places - 1)]
    return _Stored(tuple(runs), untyped, is_chinese(singles))


def _untyped(word: Word, price: float) -> float:
    if word.letters in PARTICLES:
        return _UNTYPED_PARTICLE
    return min(price, _UNTYPED_SHORT) if len(word.letters) < 3 else price


def _in_vain(word: Word) -> float:
    if word.letters in PARTICLES:
        return _PARTICLE_IN_VAIN
    if len(word.letters) == 1:
        return _LETTER_IN_VAIN
    return _TYPED_IN_VAIN + _PER_SOUND_IN_VAIN * len(word.sound)


def _pair(typed: Word, stored: Word, both_chinese: bool) -> float:
    if typed.vowels == stored.vowels and typed.letters == stored.letters:
        return 0.0 if typed.written == stored.written else _OTHER_MARKS
    if len(typed.letters) == 1:
        return _INITIAL if stored.letters.startswith(typed.letters) else _NEVER
    price = _NEVER
    if typed.vowels == FULL and stored.letters.startswith(typed.letters):
        price = _START + _PER_REST * (len(stored.letters) - len(typed.letters))
    if kin(typed.sound) & kin(stored.sound):
        price = min(price, _KIN)
    if both_chinese and chinese(typed.letters) & chinese(stored.letters):
        price = min(price, _CHINESE)
    if price > _CHINESE and _may_be_near(typed, stored):
        price = min(price, cost(stored.sound, typed.sound, typed.vowels))
    return price


def _may_be_near(typed: Word, stored: Word) -> bool:
    """A quick look, in C, whether it pays to weigh each sound."""
    if typed.vowels != FULL:
        return True
    from rapidfuzz.distance import Levenshtein

    most = (max(4, len(typed.sound), len(stored.sound)) + 1) // 2
    return Levenshtein.distance(fold(typed), fold(stored), score_cutoff=most) <= most


def _why(typed: Word, stored: Word) -> str:
    if typed.letters == stored.letters:
        return EXACT
    if stored.letters.startswith(typed.letters):
        return BEGINNING
    if cost(stored.sound, typed.sound, typed.vowels) <= _SAME_SOUND * len(typed.sound):
        return SOUND
    both_kin = kin(typed.sound) & kin(stored.sound) or chinese(typed.letters) & chinese(stored.letters)
    return KIN if both_kin else SIMILAR
