"""How well a stored name fits a typed one, and why."""

from dataclasses import dataclass

# Why a name fits, from the surest to the least sure.
EXACT, BEGINNING, SOUND, KIN, SIMILAR = "exact", "beginning", "sound", "kin", "similar"
ORDER = (EXACT, BEGINNING, SOUND, KIN, SIMILAR)

# Below this a name is not worth showing.
WORTH_SHOWING = 0.6


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a name fits: `score` 0..1 (1: letter by letter), and the least sure reason of its words."""

    score: float
    why: str
