"""Spelled letters to sounds: one sign a sound, so that spellings of one name differ in few signs."""

import re
import unicodedata

# A sound that Latin needs several letters for, however a country writes it. Capital signs:
# S sh, C ch, Z zh, J dj, X kh, G gh, T th, D dh, E ts, Q dz, F ph. Plain letters stand for themselves.
_SPELLINGS = {
    "schtsch": "S", "shtsh": "S", "chtch": "S", "shch": "S", "szcz": "S", "stch": "S", "shh": "S",
    "tsch": "C", "dsch": "J", "tch": "C", "tsh": "C", "dzh": "J", "sch": "S", "cch": "C", "ssh": "S",
    "zzh": "Z", "kkh": "X", "tth": "T", "ddh": "D",
    "ch": "C", "cz": "C", "sh": "S", "sz": "S", "sj": "S", "zh": "Z", "kh": "X", "gh": "G", "ph": "F",
    "th": "T", "dh": "D", "dj": "J", "dz": "Q", "ck": "k", "cq": "k", "qu": "q", "ts": "E", "tz": "E",
    "tc": "C", "bh": "b", "rh": "r",
    "oeu": "o", "ou": "u", "oo": "u", "oe": "o", "ue": "u", "ae": "a", "ee": "i", "aa": "a",
    "y": "i",
}  # fmt: skip
_SPELLING = re.compile("|".join(sorted(_SPELLINGS, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")

# Letters of Latin alphabets whose sound their plain letter hides.
_LATIN = str.maketrans({
    "ş": "sh", "ș": "sh", "š": "sh", "ś": "sh", "ŝ": "shch", "ç": "ch", "č": "ch", "ć": "ch", "ĉ": "ch",
    "ž": "zh", "ż": "zh", "ź": "z", "ğ": "gh", "ġ": "gh", "ḡ": "gh", "ĝ": "gh", "ţ": "ts", "ț": "ts",
    "ẖ": "kh", "ḫ": "kh", "ḵ": "kh", "þ": "th", "ß": "ss", "ə": "a", "æ": "a", "å": "a", "œ": "o",
})  # fmt: skip

# What the fold keeps of each sound: vowels in three classes, and consonants that languages confuse as one.
_FOLD = str.maketrans({
    "e": "i", "o": "u", "j": "i", "w": "v", "q": "k", "c": "k", "X": "h", "x": "h", "G": "g", "T": "t", "D": "d",
    "S": "s", "C": "c", "E": "c", "Z": "z", "J": "z", "Q": "z", "F": "f", "A": "a", "W": "u", "I": "i", "3": "a",
})  # fmt: skip


def plain_letters(word: str) -> str:
    """Return a word of any script that has vowels as the letters a-z."""
    from anyascii import anyascii

    latin = unicodedata.normalize("NFC", word.lower()).translate(_LATIN)
    return "".join(c for c in anyascii(latin).lower() if "a" <= c <= "z")


def sound(letters: str) -> str:
    """Return the sounds of a word given in the letters a-z; doubled letters and a final h are silent."""
    if len(letters) > 2 and letters[-1] == "h" and letters[-2] in "aeiou":
        letters = letters[:-1]
    return _DOUBLED.sub(r"\1", _SPELLING.sub(_of, letters))


def _of(found: re.Match[str]) -> str:
    return _SPELLINGS[found.group()]


def folded(sounds: str) -> str:
    """Return sounds with those that languages confuse brought together; vowels stay, for trigrams."""
    return _DOUBLED.sub(r"\1", sounds.translate(_FOLD))
