"""How unlikely a stored word of a name is typed as another one, by sounds, in units of -ln P."""

from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

from kotoutus_tui.casework.name_words import FULL, NONE, SPARSE

# A sound that was never seen written as another is a slip of the hand: this unlikely, whatever it is.
SLIP = 6.0
_SWAPPED = 5.5

_NEVER_SEEN: dict[str, float] = {}

_Table = tuple[dict[str, dict[str, float]], dict[str, float]]


@lru_cache(maxsize=100_000)
def cost(stored: str, typed: str, vowels: str = FULL) -> float:
    """Return -ln P(typed | stored) for two strings of sounds; 0 is the same sounds.

    `vowels` tells how the script of the typed word writes vowels (see name_words).
    """
    if stored == typed:
        return 0.0
    plain = _distance(stored, typed, vowels)
    if vowels == FULL and ("x" in stored) != ("x" in typed):
        # x is one sound in Somali, Kurdish and pinyin, and two in Alexandra.
        return min(plain, _distance(stored.replace("x", "ks"), typed.replace("x", "ks"), vowels))
    return plain


def _distance(stored: str, typed: str, vowels: str) -> float:
    """The weighted edit distance with swaps of neighbours, one row of the usual table at a time."""
    stored, typed = _without_common_ends(stored, typed)
    seen, added = _tables()[vowels]
    extra = [added.get(sound, SLIP) for sound in typed]
    row = [0.0, *accumulate(extra)]
    above = row
    before = ""
    for kept in stored:
        written = seen.get(kept, _NEVER_SEEN)
        dropped = written.get("", SLIP)
        last = row[0] + dropped
        here = [last]
        left = ""
        for place, sound in enumerate(typed):
            best = row[place]
            if sound != kept:
                best += written.get(sound, SLIP)
                other = row[place + 1] + dropped
                if other < best:
                    best = other
                other = last + extra[place]
                if other < best:
                    best = other
                if left == kept and before == sound:
                    best = min(best, above[place - 1] + _SWAPPED)
            here.append(best)
            last = best
            left = sound
        above, row, before = row, here, kept
    return row[-1]


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    """The same sounds at both ends cost nothing, and two similar words have most of them there."""
    most = min(len(one), len(other))
    start = 0
    while start < most and one[start] == other[start]:
        start += 1
    end = 0
    while end < most - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


@cache
def _tables() -> dict[str, _Table]:
    read: dict[str, _Table] = {name: ({}, {}) for name in (FULL, SPARSE, NONE)}
    text = (files("kotoutus_tui.casework") / "name_costs.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, kept, sound, value = line.split("\t")
        seen, added = read[name]
        if kept == "-":
            added[sound] = float(value)
        else:
            seen.setdefault(kept, {})["" if sound == "-" else sound] = float(value)
    # What few names taught about scripts with some vowels is completed by what many taught.
    for part, known in zip(read[SPARSE], read[FULL], strict=True):
        for key, value in known.items():
            part[key] = {**value, **part.get(key, {})} if isinstance(value, dict) else part.get(key, value)  # pyright: ignore[reportArgumentType, reportGeneralTypeIssues, reportUnknownArgumentType]
    return read
