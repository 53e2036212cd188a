"""Scripts that leave vowels out: their letters become sounds directly."""

import re

# Besides the signs of name_sounds: A alif, W waw, I ya (long vowels or consonants), 3 ayn and hamza.
_ARABIC = str.maketrans({
    "ا": "A", "آ": "A", "أ": "A", "إ": "A", "ٱ": "A", "ة": "A", "ۃ": "A", "ە": "A",
    "و": "W", "ؤ": "W", "ۆ": "W", "ي": "I", "ی": "I", "ى": "I", "ئ": "I", "ے": "I", "ێ": "I", "ې": "I",
    "ۍ": "I", "ع": "3", "ء": "3",
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ٹ": "t", "ټ": "t", "ث": "T", "ج": "J", "چ": "C", "ح": "h",
    "ه": "h", "ہ": "h", "ھ": "h", "خ": "X", "د": "d", "ض": "d", "ڈ": "d", "ډ": "d", "ذ": "D", "ر": "r",
    "ڑ": "r", "ړ": "r", "ڕ": "r", "ز": "z", "ظ": "z", "ځ": "z", "ژ": "Z", "س": "s", "ص": "s", "ش": "S",
    "ښ": "S", "څ": "E", "غ": "G", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ګ": "g",
    "ږ": "g", "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ں": "n", "ڼ": "n",
})  # fmt: skip
_HEBREW = str.maketrans({
    "א": "A", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "W", "ז": "z", "ח": "X", "ט": "t", "י": "I",
    "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "3", "פ": "p",
    "ף": "f", "צ": "E", "ץ": "E", "ק": "q", "ר": "r", "ש": "S", "ת": "t",
})  # fmt: skip
_ARTICLE = re.compile("^ال(?=...)")
_DOUBLED = re.compile(r"(.)\1+")
_NOT_A_SOUND = re.compile("[^A-Za-z3]")


def is_vowelless(word: str) -> bool:
    """Whether the word is written in Arabic or Hebrew letters."""
    return any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in word)


def vowelless_sound(word: str) -> str:
    """Return the sounds of a word in Arabic or Hebrew letters, without the Arabic article."""
    bare = _ARTICLE.sub("", word)
    return _DOUBLED.sub(r"\1", _NOT_A_SOUND.sub("", bare.translate(_ARABIC).translate(_HEBREW)))


_THAI_SILENT = re.compile("[\u0e01-\u0e2e][\u0e34\u0e38]?\u0e4c")
_THAI_MARKS = dict.fromkeys(range(0x0E47, 0x0E4F))
_THAI_VOWEL_FIRST = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")


def thai_in_spoken_order(word: str) -> str:
    """Return a word whose Thai letters stand as spoken: silent letters and tone marks out, vowels after."""
    if not any("\u0e00" <= c <= "\u0e7f" for c in word):
        return word
    heard = _THAI_SILENT.sub("", word).translate(_THAI_MARKS)
    return _THAI_VOWEL_FIRST.sub(r"\2\1", heard)
