"""How a file of appointments is taken into each Outlook, in the language in use."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kotoutus_tui.i18n import current_language

VERSIONS = ("classic", "new", "web", "mac", "mobile")


@dataclass(frozen=True)
class Help:
    """One Outlook: its name, what to do there step by step, and what to mind."""

    name: str
    steps: Sequence[str]
    mind: str


def help_for(version: str) -> Help:
    """Return the help for one of VERSIONS; raises KeyError for another."""
    found, language = _all()[version], current_language()
    return Help(found["name"][language], found["steps"][language], found["mind"][language])


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("outlook_help.toml").read_text("utf-8"))
