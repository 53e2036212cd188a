"""Chinese syllables: pinyin and the older Wade-Giles spelling brought to one form."""

import re
from functools import cache, lru_cache

_INITIALS = {
    "": "", "b": "p", "p": "p", "m": "m", "f": "f", "d": "t", "t": "t", "n": "n", "l": "l", "g": "k",
    "k": "k", "h": "h", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "ch": "ch", "sh": "sh", "r": "j",
    "z": "ts", "c": "ts", "s": "s", "y": "y", "w": "w",
}  # fmt: skip
# The syllables of Mandarin in pinyin, by initial.
_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve ue",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve ue yu",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}  # fmt: skip
_ENDINGS = {
    "ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "v": "u",
    "ui": "ui", "er": "erh", "yu": "u",
}  # fmt: skip
_WHOLE = {"yan": "yen", "ye": "yeh", "yong": "yung", "you": "yu", "yue": "yueh", "er": "erh"}
# Ways to write Wade-Giles without its marks.
_LOOSE = (("v", "u"), ("szu", "ssu"), ("tzu", "tsu"))
_LONGEST = 6


@lru_cache(maxsize=20_000)
def chinese(letters: str) -> frozenset[str]:
    """Return the readings of letters as Chinese syllables, in Wade-Giles without marks; empty if none."""
    if not 2 <= len(letters) <= 24:
        return frozenset()
    pinyin, older = _syllables()
    readings = {" ".join(pinyin[s] for s in split) for split in _fewest(letters, frozenset(pinyin))}
    loose = letters
    for written, usual in _LOOSE:
        loose = re.sub(written, usual, loose)
    readings |= {" ".join(split) for split in _fewest(loose, older)}
    return frozenset(readings)


@cache
def _syllables() -> tuple[dict[str, str], frozenset[str]]:
    pinyin = {i + f: _wade_giles(i, f) for i, finals in _FINALS.items() for f in finals.split()}
    return pinyin, frozenset(pinyin.values())


def _wade_giles(initial: str, final: str) -> str:
    if initial + final in _WHOLE:
        return _WHOLE[initial + final]
    first = _INITIALS[initial]
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return first + "ih"
    if final == "i" and initial in ("z", "c", "s"):
        return "ssu" if initial == "s" else "tsu"
    if final == "e" and initial in ("g", "k", "h"):
        return first + "o"
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        return first + "o"
    if final == "ui" and initial in ("g", "k"):
        return first + "uei"
    return first + _ENDINGS.get(final, final)


def _fewest(letters: str, syllables: frozenset[str]) -> list[list[str]]:
    """The ways to cut letters into the fewest syllables."""
    best: list[list[list[str]]] = [[[]]]
    for end in range(1, len(letters) + 1):
        ways = [
            way + [letters[start:end]]
            for start in range(max(0, end - _LONGEST), end)
            if letters[start:end] in syllables
            for way in best[start]
        ]
        least = min(map(len, ways), default=0)
        best.append([way for way in ways if len(way) == least][:3])
    return best[-1]
