"""How well a stored name fits a typed one: words paired one to one, each pair by how unlikely its spelling is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from kotoutus_tui.casework.name_chinese import chinese
from kotoutus_tui.casework.name_costs import cost
from kotoutus_tui.casework.name_fit import BEGINNING, EXACT, KIN, ORDER, SIMILAR, SOUND, WORTH_SHOWING, Fit
from kotoutus_tui.casework.name_keys import fold, is_chinese, placed_runs
from kotoutus_tui.casework.name_kin import kin
from kotoutus_tui.casework.name_words import FULL, PARTICLES, SPARSE, Word, joined, words

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
_SHORT = 8  # letters
_NEVER = 1e9
_VOWELS = dict.fromkeys(map(ord, "aiu"))
_VOWEL_LETTERS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class _Run:
    """A word or a run of words as one, with what comparing needs again and again."""

    word: Word
    places: int  # a bit for each word it takes, from the start of its part
    start: int
    size: int
    in_vain: float  # what it costs when nothing fits it
    folded: str
    consonants: str
    kin: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """The given, the family or the father's name."""

    runs: tuple[_Run, ...]
    size: int
    untyped: float
    chinese: bool


_Option = tuple[_Run, _Run, int, float]  # typed, stored, the places it takes in the whole name, the price


class TypedName:
    """A name as typed in any script and order, prepared to be compared with many stored names."""

    def __init__(self, text: str | Sequence[Word]) -> None:
        self.words = words(text) if isinstance(text, str) else tuple(text)
        self._chinese = is_chinese(self.words)
        self._in_vain = [_in_vain(word) for word in self.words]
        self._runs = [_run(start, run, self._in_vain) for start, run in placed_runs(self.words)]
        self._ceiling = max(8.0, sum(self._in_vain))
        self._short = sum(len(word.letters) for word in self.words) < _SHORT
        # Prices of pairs met before, for each run that was typed; Chinese readings count among Chinese names only.
        self._prices: list[dict[tuple[str, bool], float]] = [{} for _ in self._runs]

    def fit(self, given: str | None, family: str | None, patronymic: str | None = None) -> Fit:
        """Return how well a stored name fits; the order of words does not matter."""
        parts = (
            _part(given or "", _UNTYPED_NAME),
            _part(family or "", _UNTYPED_NAME),
            _part(patronymic or "", _UNTYPED_PATRONYMIC),
        )
        untyped = sum(part.untyped for part in parts)
        options, least = self._options(parts)
        if least + untyped > self._ceiling and not self._short:
            return Fit(0.0, SIMILAR)
        total, used = self._best(options, untyped)
        score, why = max(0.0, 1 - total / self._ceiling), self._reason(used)
        if self._short and why in (EXACT, BEGINNING):
            # While somebody is typing, what is not typed yet says nothing against a name.
            score = WORTH_SHOWING + (1 - WORTH_SHOWING) * score
        return Fit(score, why)

    def _options(self, parts: Sequence[_Part]) -> tuple[list[list[_Option]], float]:
        """For each place of the typed name the pairs that begin there, and a bound no pairing can be below."""
        both_chinese = self._chinese and all(part.chinese for part in parts)
        options: list[list[_Option]] = [[] for _ in self.words]
        best = list(self._in_vain)
        for typed, prices in zip(self._runs, self._prices, strict=True):
            offset = 0
            for part in parts:
                for other in part.runs:
                    key = (other.word.written, both_chinese)
                    price = prices.get(key)
                    if price is None:
                        price = prices[key] = _pair(typed, other, both_chinese)
                    if price >= typed.in_vain + other.in_vain:
                        continue
                    if typed.size > 1 or other.size > 1:
                        price += _OTHER_SPACING
                    price -= other.in_vain
                    options[typed.start].append((typed, other, other.places << offset, price))
                    share = price / typed.size
                    for place in range(typed.start, typed.start + typed.size):
                        if share < best[place]:
                            best[place] = share
                offset += part.size
        return options, sum(best)

    def _best(self, options: list[list[_Option]], untyped: float) -> tuple[float, list[tuple[_Run, _Run]]]:
        """The cheapest pairing and its pairs; each typed and each stored word is in one pair at most."""
        end = len(self.words)
        found = _NEVER
        found_pairs: list[tuple[_Run, _Run]] = []
        pairs: list[tuple[_Run, _Run]] = []

        def pair_from(place: int, taken: int, spent: float) -> None:
            nonlocal found, found_pairs
            if spent - untyped >= found:
                return
            if place == end:
                if spent < found:
                    found, found_pairs = spent, list(pairs)
                return
            for typed, other, places, price in options[place]:
                if not taken & places:
                    pairs.append((typed, other))
                    pair_from(place + typed.size, taken | places, spent + price)
                    pairs.pop()
            pair_from(place + 1, taken, spent + self._in_vain[place])

        pair_from(0, 0, 0.0)
        return found + untyped, found_pairs

    def _reason(self, used: list[tuple[_Run, _Run]]) -> str:
        if sum(typed.size for typed, _ in used) < len(self.words):
            return SIMILAR
        return max((_why(typed, other) for typed, other in used), key=ORDER.index, default=SIMILAR)


@lru_cache(maxsize=20_000)
def _part(text: str, price: float) -> _Part:
    of_part = words(text)
    prices = [_untyped(word, price) for word in of_part]
    runs = tuple(_run(start, run, prices) for start, run in placed_runs(of_part))
    return _Part(runs, len(of_part), sum(prices), is_chinese(of_part))


def _run(start: int, run: tuple[Word, ...], in_vain: list[float]) -> _Run:
    word = joined(run)
    folded = fold(word)
    return _Run(
        word,
        ((1 << len(run)) - 1) << start,
        start,
        len(run),
        sum(in_vain[start : start + len(run)]),
        folded,
        folded.translate(_VOWELS),
        kin(folded),
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
    if word.vowels != FULL or other.vowels != FULL or _may_be_near(typed.folded, stored.folded):
        price = min(price, _spelling_price(word, other))
        if price <= _SAME_SOUND * len(word.sound):
            return price
    # Thai taken letter by letter falls into pieces, and Mhd for Mohamed has no vowel at all.
    spelled_out = typed.size > 1 or not set(word.letters) & _VOWEL_LETTERS
    if (
        spelled_out
        and word.vowels == FULL
        and not both_chinese
        and _may_be_near(typed.consonants, stored.consonants)
    ):
        price = min(price, _LETTER_BY_LETTER + cost(other.sound, word.sound, SPARSE))
    return price


def _spelling_price(typed: Word, stored: Word) -> float:
    if typed.vowels == FULL and stored.vowels != FULL:
        # A name stored in its own script: what it leaves out is in the typed one.
        return cost(typed.sound, stored.sound, stored.vowels)
    return cost(stored.sound, typed.sound, typed.vowels if typed.vowels != stored.vowels else FULL)


def _may_be_near(typed: str, stored: str) -> bool:
    """A quick look, in C, whether it pays to weigh each sound."""
    most = (max(len(typed), len(stored)) + 1) // 2
    return Levenshtein.distance(typed, stored, score_cutoff=most) <= most


def _why(typed: _Run, stored: _Run) -> str:
    word, other = typed.word, stored.word
    if word.letters == other.letters:
        return EXACT
    if other.letters.startswith(word.letters):
        return BEGINNING
    if _spelling_price(word, other) <= _SAME_SOUND * len(word.sound):
        return SOUND
    return KIN if typed.kin & stored.kin or chinese(word.letters) & chinese(other.letters) else SIMILAR
