"""Headings of printed papers, in Finnish and in a language of the clients; the texts are in `headings/`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("headings")
_RIGHT_TO_LEFT = frozenset({"ar", "fa"})
# What speakers of these read easily; nothing else is put in the place of a language that is not there.
_READ_AS = {"prs": "fa", "arb": "ar"}

# The languages in their own words, for a choice; the first ones are the team's own.
LANGUAGES = {
    "fi": "suomi",
    "sv": "svenska",
    "en": "English",
    "ar": "العربية",
    "et": "eesti",
    "fa": "فارسی",
    "ru": "русский",
    "so": "Soomaali",
    "uk": "українська",
}


@dataclass(frozen=True)
class Words:
    """Words of the program on paper: in Finnish, and in `language`, empty when that is Finnish too."""

    fi: str
    own: str
    language: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, of the words in `language`."""
        return direction(self.language)


class Headings:
    """The headings of one document for one language; KeyError for a heading that is not there."""

    def __init__(self, document: str, language: str) -> None:
        self.language = language
        self._texts = _texts("common") | _texts(document)

    def __getitem__(self, code: str) -> Words:
        texts = self._texts[code]
        own = "" if self.language == "fi" else texts[self.language]
        return Words(texts["fi"], own, self.language)


def language_for(code: str | None) -> str:
    """Return the language to print in for a client's language: itself where there is one, else English."""
    base = (code or "fi").replace("_", "-").partition("-")[0].lower()
    base = _READ_AS.get(base, base)
    return base if base in LANGUAGES else "en"


def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@lru_cache
def _texts(document: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / f"{document}.toml").read_text("utf-8"))
