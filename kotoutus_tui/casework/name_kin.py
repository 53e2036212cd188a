"""Names that are one name in different languages: John, Ivan and Juhani, or Fatima and Faadumo."""

from functools import cache
from importlib.resources import files

from kotoutus_tui.casework.name_sounds import folded, plain_letters, sound

_NONE: frozenset[str] = frozenset()


def kin(fold: str) -> frozenset[str]:
    """Return the keys of the groups that the name with this fold (see name_sounds.folded) stands in."""
    return _groups().get(fold, _NONE)


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    text = (files("kotoutus_tui.casework") / "name_kin.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        names = line.split() if not line.startswith("#") else []
        for name in names:
            found.setdefault(folded(sound(plain_letters(name))), set()).add(names[0].lower())
    return {fold: frozenset(keys) for fold, keys in found.items()}
