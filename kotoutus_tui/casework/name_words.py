"""A typed or stored name as words that can be compared: letters, sounds and how its script treats vowels."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kotoutus_tui.casework.name_scripts import is_vowelless, thai_in_spoken_order, vowelless_sound
from kotoutus_tui.casework.name_sounds import plain_letters, sound

# How a script writes vowels: all of them, only some (Thai and the scripts of India), or hardly any.
FULL, SPARSE, NONE = "full", "sparse", "none"

# Listed, since "not a letter" would also split at the vowel signs of Thai and Bangla.
_BETWEEN_WORDS = re.compile(r"[\s\-‐-―−,.;:/\\()\[\]{}_•·\"“”„«»‹›&+|*?!<>=@#~^%$§0-9]+")
# Marks of glottal sounds and soft signs that one spelling has and the next leaves out.
_IN_WORD = dict.fromkeys(map(ord, "'’‘ʼʹʺ`´ʿʾ՚ʽ′\u200c\u200d"))
_DOUBLED = re.compile(r"(.)\1+")

# Words that stand in some spellings of a name and not in others.
PARTICLES = frozenset(
    "al el as ar ash an at az ad ul ur ud us bin ben bint ibn ould abu um da de der den di du la le van von".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name; `letters` is a-z, `sound` is in the signs of name_sounds and name_scripts."""

    letters: str
    sound: str
    vowels: str = FULL
    written: str = ""


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a name in any script, in the order written; hyphens and marks separate words."""
    plain = unicodedata.normalize("NFKC", text).translate(_IN_WORD)
    found: list[Word] = []
    for part in _BETWEEN_WORDS.split(plain):
        found.extend(_word_or_syllables(part))
    return tuple(found)


def joined(parts: tuple[Word, ...]) -> Word:
    """Return neighbouring words as one, as another document may write them."""
    if len(parts) == 1:
        return parts[0]
    letters = "".join(w.letters for w in parts)
    written = "".join(w.written for w in parts)
    if parts[0].vowels == FULL:
        return Word(letters, sound(letters), FULL, written)
    return Word(letters, _DOUBLED.sub(r"\1", "".join(w.sound for w in parts)), parts[0].vowels, written)


@lru_cache(maxsize=20_000)
def _word_or_syllables(part: str) -> tuple[Word, ...]:
    if not part:
        return ()
    if is_vowelless(part):
        sounds = vowelless_sound(part)
        return (Word(sounds.lower(), sounds, NONE, part),) if sounds else ()
    if any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or c > "\uffff" for c in part):
        return tuple(_latin(syllable) for syllable in _syllables(part))
    word = _latin(part)
    return (word,) if word.letters else ()


def _latin(part: str) -> Word:
    vowels = SPARSE if any("\u0900" <= c <= "\u0eff" for c in part) else FULL
    letters = plain_letters(thai_in_spoken_order(part) if vowels == SPARSE else part)
    return Word(letters, sound(letters), vowels, part.lower())


def _syllables(part: str) -> list[str]:
    """Chinese and Korean are written without blanks; each sign is a syllable."""
    from anyascii import anyascii

    return re.findall("[A-Z]?[a-z]+", anyascii(part))
