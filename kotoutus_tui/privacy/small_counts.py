"""Counts of people or visits so that a small one is neither shown nor worked out from the others."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5  # a smaller count could point at a person

Key = TypeVar("Key", bound=Hashable)


def without_small(counts: Mapping[Key, int]) -> tuple[dict[Key, int], int | None]:
    """Return the counts that may be shown, and what all others come to together.

    The others are at least two and at least LEAST together, or the smallest shown joins them; so neither
    the total nor any sum tells one of them. None: even all together are too few. 0: nothing is hidden.
    """
    shown = {key: count for key, count in counts.items() if count >= LEAST}
    hidden = [count for count in counts.values() if 0 < count < LEAST]
    while hidden and (len(hidden) < 2 or sum(hidden) < LEAST):
        if not shown:
            return {}, sum(hidden) if sum(hidden) >= LEAST else None
        smallest = min(shown, key=lambda key: shown[key])
        hidden.append(shown.pop(smallest))
    return shown, sum(hidden)
