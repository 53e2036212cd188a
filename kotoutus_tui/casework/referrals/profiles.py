"""What may be told to which kind of partner, read from profiles.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kotoutus_tui.i18n import current_language

_FILE = Path(__file__).with_name("profiles.toml")


@dataclass(frozen=True)
class Item:
    """Something that may be told; `section` is its number in section 94, None when it needs consent.

    `near` tells where the client is.
    """

    code: str
    section: int | None
    near: bool
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        """The item in the language in use."""
        return self.names[current_language()]


@dataclass(frozen=True)
class Profile:
    """Grounds for a kind of partner, the usual one first, and the items that may be told on them."""

    grounds: Sequence[str]
    needed: Sequence[str]
    possible: Sequence[str]
    consent: Sequence[str]

    @property
    def items(self) -> tuple[str, ...]:
        """All codes, in the order of the law."""
        named = {*self.needed, *self.possible, *self.consent}
        return tuple(code for code in items() if code in named)

    def needs_consent(self, code: str, ground: str) -> bool:
        """Whether an item may be told on a ground only with the client's consent."""
        return ground in ("consent", "move_85") or code in self.consent or items()[code].section is None


def items() -> dict[str, Item]:
    """Return all items by code, in the order of the law."""
    return _read()[0]


def profile(kind: str) -> Profile:
    """Return the profile of a kind of partner."""
    return _read()[1][kind]


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, Item], dict[str, Profile]]:
    found: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))
    named = {
        each["code"]: Item(
            each["code"],
            each.get("section"),
            each.get("near", False),
            {language: each[language] for language in ("fi", "sv", "en")},
        )
        for each in found["item"]
    }
    profiles = {name: Profile(**each) for name, each in found["profile"].items()}
    return named, {kind: profiles[name] for kind, name in found["kinds"].items()}
