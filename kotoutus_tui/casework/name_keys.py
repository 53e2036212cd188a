"""The keys under which the database finds a name in any spelling; one function for storing and for searching."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from kotoutus_tui.casework.name_chinese import chinese
from kotoutus_tui.casework.name_kin import kin
from kotoutus_tui.casework.name_sounds import folded
from kotoutus_tui.casework.name_words import FULL, PARTICLES, Word, joined, words

# Raise it with every change that gives a stored name other keys; `kotoutus search --rebuild-keys` renews them.
KEY_VERSION = 1

# Each sound as classes of consonants, first the usual one; an empty class is a sound that may be silent.
_CLASSES = {
    sign: tuple(ways.split("|"))
    for sign, ways in {
        "p": "p", "b": "p", "F": "p|f", "f": "f", "v": "f", "w": "f|", "t": "t", "d": "t", "T": "t|s", "D": "t|s",
        "s": "s", "z": "s", "S": "s", "Z": "s", "E": "s", "Q": "s", "J": "s", "C": "s|", "j": "|s", "k": "k",
        "q": "k", "G": "k|", "g": "k|", "X": "k|", "c": "k|s|", "x": "ks|k|", "l": "l", "r": "r", "m": "n", "n": "n",
        "W": "f|", "h": "",
    }.items()
}  # fmt: skip
_INITIALS = {
    "c": "kcs",
    "j": "iz",
    "q": "kc",
    "x": "hks",
    "s": "sc",
    "k": "kh",
    "p": "pf",
    "z": "zc",
    "t": "tcs",
}
_BRANCHES = 6
_JOINED = 3
_LONGEST = 200
_LONGEST_WORD = 60
_NEAR = 30


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What is stored of one name: its folded words, and each word or run of words with its codes."""

    name_key: str
    skeletons: list[str]


def keys_of(given: str | None, family: str | None, patronymic: str | None = None) -> NameKeys:
    """Return the keys of one name; parts may be None or empty, in any script."""
    parts = [words(part) for part in (given, family, patronymic) if part]
    name = [word for part in parts for word in part]
    chinese_too = is_chinese(name)
    units = {unit_of(run, chinese_too): None for part in parts for _place, run in placed_runs(part)}
    return NameKeys(" ".join(map(fold, name))[:_LONGEST], list(units))


def typed_units(name: tuple[Word, ...]) -> list[dict[str, str | int]]:
    """Return what the database searches for a typed name: each word and run with its place, fold and codes."""
    chinese_too = is_chinese(name)
    units: list[dict[str, str | int]] = []
    for start, run in placed_runs(name):
        if len(run) == 1 and len(run[0].letters) == 1:
            # An initial: what names that begin with this letter may be folded to.
            units.extend(
                _unit(first, (), start, 1, near=0) for first in _INITIALS.get(run[0].letters, fold(run[0]))
            )
            continue
        codes = codes_of(run) + (chinese_codes(run) if chinese_too else ())
        # Letter-by-letter Thai falls apart into pieces; only some of them together are near to a name.
        pieces = not chinese_too and (
            len(name) > 3 or (len(name) > 2 and any(len(w.letters) < 4 for w in run))
        )
        alone = len(run) == 1 and len(run[0].letters) > 1 and run[0].letters not in PARTICLES
        near = _NEAR if alone or (pieces and len(run) > 1) else 0
        units.append(_unit(fold(joined(run)), codes, start, len(run), near))
    return units


def _unit(folded: str, codes: tuple[str, ...], start: int, size: int, near: int) -> dict[str, str | int]:
    return {
        "fold": folded,
        "sounds": " ".join(code for code in codes if code.startswith("s")),
        "kin": " ".join(code for code in codes if not code.startswith("s")),
        "start": start,
        "size": size,
        "near": near,
    }


def fold(word: Word) -> str:
    """Return the word with sounds that languages confuse brought together; vowels stay, for trigrams."""
    return folded(word.sound)


def placed_runs(part: tuple[Word, ...]) -> list[tuple[int, tuple[Word, ...]]]:
    """Return each word, and neighbouring words that another document may write as one, with their places."""
    found = [(i, part[i : i + size]) for size in range(1, _JOINED + 1) for i in range(len(part) - size + 1)]
    return found if len(part) <= _JOINED else [*found, (0, part)]


def unit_of(run: tuple[Word, ...], chinese_too: bool) -> str:
    """Return the stored form of a run: its fold, then its codes, with blanks between."""
    codes = codes_of(run) + (chinese_codes(run) if chinese_too else ())
    unit = fold(joined(run))[:_LONGEST_WORD]
    for code in codes:
        if len(unit) + len(code) < _LONGEST:
            unit += " " + code
    return unit


@lru_cache(maxsize=20_000)
def codes_of(run: tuple[Word, ...]) -> tuple[str, ...]:
    """Return the codes of a run: its consonants, and its kin in other languages."""
    word = joined(run)
    found = [] if word.letters in PARTICLES else ["s" + one for one in skeletons(word)]
    return tuple(found + ["k" + one for one in sorted(kin(fold(word)))])


def is_chinese(name: Sequence[Word]) -> bool:
    """Whether every word of a name can be read as Chinese syllables."""
    return all(word.vowels == FULL and chinese(word.letters) for word in name)


def chinese_codes(run: tuple[Word, ...]) -> tuple[str, ...]:
    """Return the codes of the Chinese readings of a run."""
    return tuple("z" + reading.replace(" ", "") for reading in sorted(chinese(joined(run).letters)))


def skeletons(word: Word) -> list[str]:
    """Return the classes of the word's consonants, in each way an ambiguous letter may be meant."""
    choices: list[tuple[str, ...]] = []
    left: tuple[str, ...] = ()
    for sign in word.sound:
        classes = _CLASSES.get(sign, ())
        if classes and classes != left:
            choices.append(classes)
        left = classes
    found: dict[str, None] = {}
    for way in product(*choices):
        found["".join(way)] = None
        if len(found) == _BRANCHES:
            break
    # One consonant says little: then it counts whether a vowel, or what may be one, stands before it.
    starts = {"w": ("", "a"), "W": ("", "a"), "c": ("", "a")}.get(word.sound[0])
    starts = starts or (("a",) if word.sound[0] in "aeiouA3I" else ("",))
    short = {start + one: None for one in found if len(one) == 1 for start in starts}
    return [*(one for one in found if len(one) > 1), *short]
