"""How well a stored name fits a typed one: words paired one to one, each pair by how unlikely its spelling is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kotoutus_tui.casework.name_chinese import chinese
from kotoutus_tui.casework.name_costs import cost
from kotoutus_tui.casework.name_keys import fold, is_chinese, placed_runs
from kotoutus_tui.casework.name_kin import kin
from kotoutus_tui.casework.name_words import FULL, PARTICLES, SPARSE, Word, joined, words

# Why a name fits, from the surest to the least sure.
EXACT, BEGINNING, SOUND, KIN, SIMILAR = "exact", "beginning", "sound", "kin", "similar"
_ORDER = (EXACT, BEGINNING, SOUND, KIN, SIMILAR)

# Below this a name is not worth showing.
WORTH_SHOWING = 0.6

# All costs are in the unit of name_costs (-ln P), found on spellings of invented people.
_OTHER_MARKS = 0.05  # the same letters, other accents
_OTHER_SPACING = 0.5  # words joined or parted
_INITIAL = 1.5
_START, _PER_REST = 1.0, 0.25  # a typed beginning, and each letter not yet typed
_CHINESE = 1.0  # pinyin and Wade-Giles of one syllable
_KIN = 3.0  # John for Ivan
_LETTER_BY_LETTER = 1.25  # read as a word whose script leaves vowels out
_TYPED_IN_VAIN, _PER_SOUND_IN_VAIN = 3.0, 2.6
_LETTER_IN_VAIN, _PARTICLE_IN_VAIN = 4.0, 0.5
_UNTYPED_NAME, _UNTYPED_SHORT, _UNTYPED_PATRONYMIC, _UNTYPED_PARTICLE = 4.0, 2.0, 0.5, 0.2
_SAME_SOUND = 0.8  # a pair that costs less for each sound sounds the same
_NEVER = 1e9
_VOWELS = dict.fromkeys(map(ord, "aiu"))
_VOWEL_LETTERS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a name fits: `score` 0..1 (1: letter by letter), and the least sure reason of its words."""

    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A word or a run of words as one, with what comparing needs again and again."""

    word: Word
    places: int  # a bit for each word it takes
    start: int
    size: int
    in_vain: float  # what it costs when nothing fits it
    folded: str
    consonants: str
    kin: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Stored:
    runs: tuple[_Run, ...]
    untyped: float
    chinese: bool


_Option = tuple[int, int, float, int, _Run]


class TypedName:
    """A name as typed in any script and order, prepared to be compared with many stored names."""

    def __init__(self, text: str | Sequence[Word]) -> None:
        self.words = words(text) if isinstance(text, str) else tuple(text)
        self._chinese = is_chinese(self.words)
        self._in_vain = [_in_vain(word) for word in self.words]
        self._runs = [_run(start, run, 0, self._in_vain) for start, run in placed_runs(self.words)]
        self._ceiling = max(8.0, sum(self._in_vain))
        # Prices of pairs met before, for each run that was typed; Chinese readings count among Chinese names only.
        self._prices: list[dict[tuple[str, bool], float]] = [{} for _ in self._runs]

    def fit(self, given: str | None, family: str | None, patronymic: str | None = None) -> Fit:
        """Return how well a stored name fits; the order of words does not matter."""
        stored = _stored(given or "", family or "", patronymic or "")
        options, least = self._options(stored)
        if least > self._ceiling:
            return Fit(0.0, SIMILAR)
        total, used = self._best(options, stored)
        return Fit(max(0.0, 1 - total / self._ceiling), self._reason(used))

    def _options(self, stored: _Stored) -> tuple[list[list[_Option]], float]:
        """For each place of the typed name the pairs that begin there, and a bound no pairing can be below."""
        both_chinese = self._chinese and stored.chinese
        options: list[list[_Option]] = [[] for _ in self.words]
        best = list(self._in_vain)
        for number, (typed, prices) in enumerate(zip(self._runs, self._prices, strict=True)):
            for other in stored.runs:
                key = (other.word.written, both_chinese)
                price = prices.get(key)
                if price is None:
                    price = prices[key] = _pair(typed, other, both_chinese)
                if price >= typed.in_vain + other.in_vain:
                    continue
                if typed.size > 1 or other.size > 1:
                    price += _OTHER_SPACING
                price -= other.in_vain
                options[typed.start].append((typed.size, other.places, price, number, other))
                share = price / typed.size
                for place in range(typed.start, typed.start + typed.size):
                    if share < best[place]:
                        best[place] = share
        return options, sum(best) + stored.untyped

    def _best(self, options: list[list[_Option]], stored: _Stored) -> tuple[float, list[tuple[_Run, _Run]]]:
        """The cheapest pairing and its pairs; each typed and each stored word is in one pair at most."""
        end = len(self.words)
        found = _NEVER
        found_pairs: list[tuple[_Run, _Run]] = []
        pairs: list[tuple[_Run, _Run]] = []

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
                    pairs.append((self._runs[number], other))
                    pair_from(place + size, taken | places, spent + price)
                    pairs.pop()
            pair_from(place + 1, taken, spent + self._in_vain[place])

        pair_from(0, 0, 0.0)
        return found + stored.untyped, found_pairs

    def _reason(self, used: list[tuple[_Run, _Run]]) -> str:
        if sum(typed.size for typed, _ in used) < len(self.words):
            return SIMILAR
        return max((_why(typed, other) for typed, other in used), key=_ORDER.index, default=SIMILAR)


@lru_cache(maxsize=5_000)
def _stored(given: str, family: str, patronymic: str) -> _Stored:
    runs: list[_Run] = []
    place = 0
    untyped = 0.0
    for part, price in ((given, _UNTYPED_NAME), (family, _UNTYPED_NAME), (patronymic, _UNTYPED_PATRONYMIC)):
        of_part = words(part)
        prices = [_untyped(word, price) for word in of_part]
        runs += [_run(start, run, place, prices) for start, run in placed_runs(of_part)]
        place += len(of_part)
        untyped += sum(prices)
    return _Stored(tuple(runs), untyped, is_chinese([run.word for run in runs if run.size == 1]))


def _run(start: int, run: tuple[Word, ...], offset: int, in_vain: list[float]) -> _Run:
    word = joined(run)
    folded = fold(word)
    return _Run(
        word,
        ((1 << len(run)) - 1) << (start + offset),
        start,
        len(run),
        sum(in_vain[start : start + len(run)]),
        folded,
        folded.translate(_VOWELS),
        kin(word.sound),
    )


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


def _pair(typed: _Run, stored: _Run, both_chinese: bool) -> float:
    word, other = typed.word, stored.word
    if word.vowels == other.vowels and word.letters == other.letters:
        return 0.0 if word.written == other.written else _OTHER_MARKS
    if len(word.letters) == 1:
        return _INITIAL if other.letters.startswith(word.letters) else _NEVER
    price = _NEVER
    if word.vowels == FULL and other.letters.startswith(word.letters):
        price = _START + _PER_REST * (len(other.letters) - len(word.letters))
    if typed.kin & stored.kin:
        price = min(price, _KIN)
    if both_chinese and chinese(word.letters) & chinese(other.letters):
        price = min(price, _CHINESE)
    if price <= _CHINESE:
        return price
    if word.vowels != FULL or _may_be_near(typed.folded, stored.folded):
        price = min(price, cost(other.sound, word.sound, word.vowels))
        if price <= _SAME_SOUND * len(word.sound):
            return price
    # Thai taken letter by letter falls into pieces, and Mhd for Mohamed has no vowel at all.
    spelled_out = typed.size > 1 or not set(word.letters) & _VOWEL_LETTERS
    if spelled_out and word.vowels == FULL and _may_be_near(typed.consonants, stored.consonants):
        price = min(price, _LETTER_BY_LETTER + cost(other.sound, word.sound, SPARSE))
    return price


def _may_be_near(typed: str, stored: str) -> bool:
    """A quick look, in C, whether it pays to weigh each sound."""
    from rapidfuzz.distance import Levenshtein

    most = (max(4, len(typed), len(stored)) + 1) // 2
    return Levenshtein.distance(typed, stored, score_cutoff=most) <= most


def _why(typed: _Run, stored: _Run) -> str:
    word, other = typed.word, stored.word
    if word.letters == other.letters:
        return EXACT
    if other.letters.startswith(word.letters):
        return BEGINNING
    if cost(other.sound, word.sound, word.vowels) <= _SAME_SOUND * len(word.sound):
        return SOUND
    return KIN if typed.kin & stored.kin or chinese(word.letters) & chinese(other.letters) else SIMILAR
