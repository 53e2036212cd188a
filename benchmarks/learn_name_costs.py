"""Learns how likely one sound of a name is written as another, from lists of spellings of the same name.

    python benchmarks/learn_name_costs.py name_pools.json.gz > kotoutus_tui/casework/name_costs.tsv

The input is a JSON object: language group -> list name -> [{"n": native spelling, "w": {spelling: count},
"f": {standard: spelling}}]. A cost is -ln P(typed sound | stored sound), by expectation maximisation over
all alignments (Ristad and Yianilos 1998). What comes out holds sounds only, no names.
"""

import gzip
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kotoutus_tui.casework.name_words import FULL, NONE, PARTICLES, SPARSE, Word, joined, words

ROUNDS = 5
RARE = 5.5  # a cost above this is no better than a slip of the hand
SEEN = 0.5  # expected uses below this come from the even start, not from names
INSERTION = 0.1  # how much rarer an added sound is at first; learned from there

Pairs = dict[tuple[str, str], float]
Costs = dict[tuple[str, str], float]


def main() -> None:
    """Print the three tables as lines of: typed vowels, stored sound, typed sound, cost."""
    pools = json.load(gzip.open(sys.argv[1]))
    print(
        "# Made by benchmarks/learn_name_costs.py: how unlikely a stored sound is typed as another (-ln P)."
    )
    print("# columns: how the typed script writes vowels, stored sound, typed sound, cost; - is no sound")
    for table in (FULL, SPARSE, NONE):
        for (stored, typed), cost in sorted(learn(balanced(pools, table)).items()):
            if stored != typed:
                print(table, stored or "-", typed or "-", f"{cost:.1f}", sep="\t")


def balanced(pools: dict[str, Any], table: str) -> Pairs:
    """Return pairs of spellings with weights; a group with ten times the names weighs three times as much."""
    pairs: Pairs = defaultdict(float)
    for group, lists in pools.items():
        of_group = [p for items in lists.values() for item in items for p in _pairs(group, item, table)]
        total = sum(weight for *_, weight in of_group)
        for stored, typed, weight in of_group:
            pairs[stored, typed] += weight * 10 / math.sqrt(total)
    return pairs


def _pairs(group: str, item: dict[str, Any], table: str) -> Iterator[tuple[str, str, float]]:
    spellings = [one for text in _usual(item) for one in _one_word(text, item["n"])]
    if group == "zh":
        return  # its two romanisations are rules, in name_chinese
    if table == FULL:
        typed = spellings if group != "th" or not item["f"] else []
    else:
        typed = _one_word(item["n"], item["n"]) if item["n"] else []
        if table == SPARSE and group == "th" and "icu" in item["f"]:
            spellings = _one_word(item["f"]["royin"], "")
            typed = [Word(w.letters, w.sound, SPARSE) for w in _one_word(item["f"]["icu"], "")] + typed
        typed = [w for w in typed if w.vowels == table]
    for stored in spellings:
        for other in typed:
            if stored != other and stored.vowels == FULL:
                yield stored.sound, other.sound, 1 / len(spellings)


def _usual(item: dict[str, Any]) -> list[str]:
    """Leave out what a list gives once among hundreds: mostly another name, or a slip."""
    counts: dict[str, int] = item["w"]
    total = sum(counts.values())
    return sorted(set(item["f"].values()) | {s for s, n in counts.items() if n >= 2 or n / total > 0.03})


def _one_word(text: str, native: str) -> list[Word]:
    parts = tuple(w for w in words(text) if w.letters not in PARTICLES) or words(text)
    if not parts:
        return []
    whole = joined(parts)
    if native.startswith("ال") and re.match("[ae]l....", whole.letters):
        whole = joined(words(whole.letters[2:]))
    return [whole] if whole.sound else []


def learn(pairs: Pairs) -> Costs:
    """Return the costs of pairs of sounds that were seen; the empty sound stands for nothing."""
    sounds = sorted({s for pair in pairs for word in pair for s in word}) + [""]
    chance = _normal({(a, b): _guess(a, b) for a in sounds for b in sounds if a or b})
    inserted = INSERTION
    counts: Costs = {}
    for _ in range(ROUNDS):
        counts = defaultdict(float, dict.fromkeys(chance, 0.02))
        for (stored, typed), weight in pairs.items():
            _count(stored, typed, weight, chance, counts)
        inserted = sum(n for (a, _b), n in counts.items() if not a) / sum(
            n for (a, _b), n in counts.items() if a
        )
        chance = _normal(counts)
    costs = {(a, b): -math.log(p if a else p * inserted) for (a, b), p in chance.items()}
    return {pair: cost for pair, cost in costs.items() if cost < RARE and counts[pair] > SEEN}


def _guess(stored: str, typed: str) -> float:
    if stored == typed:
        return 20
    vowels = "aeiouAWI3"
    if not stored or not typed:
        return 0.5 if (stored or typed) in vowels + "h" else 0.1
    if stored in vowels and typed in vowels:
        return 0.5
    return 0.02 if (stored in vowels) != (typed in vowels) else 0.05


def _normal(counts: Costs) -> Costs:
    totals: dict[str, float] = defaultdict(float)
    for (stored, _typed), n in counts.items():
        totals[stored] += n
    return {pair: n / totals[pair[0]] for pair, n in counts.items()}


def _count(x: str, y: str, weight: float, chance: Costs, counts: Costs) -> None:
    """Add the expected number of uses of each pair of sounds in turning x into y."""
    n, m = len(x), len(y)
    ahead = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            p = 1.0 if not i and not j else 0.0
            if i:
                p += ahead[i - 1][j] * chance[x[i - 1], ""]
            if j:
                p += ahead[i][j - 1] * chance["", y[j - 1]] * INSERTION
            if i and j:
                p += ahead[i - 1][j - 1] * chance[x[i - 1], y[j - 1]]
            ahead[i][j] = p
    total = ahead[n][m]
    if total < 1e-30:
        return
    back = [[0.0] * (m + 2) for _ in range(n + 2)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            p = 1.0 if i == n and j == m else 0.0
            share = weight * ahead[i][j] / total
            if i < n:
                step = chance[x[i], ""] * back[i + 1][j]
                counts[x[i], ""] += share * step
                p += step
            if j < m:
                step = chance["", y[j]] * INSERTION * back[i][j + 1]
                counts["", y[j]] += share * step
                p += step
            if i < n and j < m:
                step = chance[x[i], y[j]] * back[i + 1][j + 1]
                counts[x[i], y[j]] += share * step
                p += step
            back[i][j] = p


if __name__ == "__main__":
    main()
