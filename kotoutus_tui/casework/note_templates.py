"""Beginnings of notes that are written often, in the language in use."""

import tomllib
from functools import lru_cache
from pathlib import Path

from kotoutus_tui.i18n import current_language

_FILE = Path(__file__).with_suffix(".toml")


def note_templates() -> dict[str, str]:
    """Return the text of each template by its code name, in the order of the file."""
    language = current_language()
    return {name: texts[language] for name, texts in _read().items()}


def template_of(kind: str) -> str:
    """Return the beginning of an entry of this kind of event, without its title; empty when there is none."""
    name = _OF_KIND.get(kind)
    return note_templates()[name].partition("\n")[2] if name else ""


_OF_KIND = {"interview": "initial_interview", "review": "review"}


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))
