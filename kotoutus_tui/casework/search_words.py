"""What the reasons of a hit are called on screens and in plain lists."""

from kotoutus_tui.casework.search import Hit
from kotoutus_tui.i18n import N_, _

_WHY = {
    "exact": N_("same name"),
    "beginning": N_("begins so"),
    "sound": N_("sounds the same"),
    "kin": N_("the name in another language"),
    "similar": N_("similar"),
}
_KINDS = {
    "previous": N_("former name"),
    "own_script": N_("other script"),
    "called": N_("called"),
    "alias": N_("also known as"),
}


def why(hit: Hit) -> str:
    """Return how surely the hit fits, in words: “sounds the same”."""
    return _(_WHY[hit.why])


def kind(hit: Hit) -> str:
    """Return which other name of the client fits: “former name”; empty for the name lists show."""
    return _(_KINDS[hit.kind]) if hit.kind in _KINDS else ""
