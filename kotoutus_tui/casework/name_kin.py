"""Names that are one name in different languages: John, Ivan and Juhani, or Fatima and Faadumo."""

from functools import cache
from importlib.resources import files

from kotoutus_tui.casework.name_sounds import plain_letters, sound

_NONE: frozenset[str] = frozenset()


def kin(sounds: str) -> frozenset[str]:
    """Return the keys of the groups that the name with these sounds stands in."""
    return _groups().get(sounds, _NONE)


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    text = (files("kotoutus_tui.casework") / "name_kin.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        names = line.split() if not line.startswith("#") else []
        for name in names:
            found.setdefault(sound(plain_letters(name)), set()).add(names[0].lower())
    return {sounds: frozenset(keys) for sounds, keys in found.items()}
