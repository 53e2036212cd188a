"""Words of a file for things that have a code: languages, countries, phases, grounds of entry, yes and no."""

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

_LOCALES = ("fi", "sv", "en")
_TRUE = {"1", "yes", "y", "true", "kyllä", "k", "x", "on", "ja", "tarvitsee"}
_FALSE = {"0", "no", "n", "false", "ei", "e", "-", "nej", "ei tarvitse"}
_PHASES = {
    "arriving": ("saapuva", "tulossa", "anländer"),
    "new": ("uusi", "uusi asiakas", "new client", "ny", "ny kund"),
    "assessment": ("alkukartoitus", "kartoitus", "arviointi", "osaamisen arviointi", "kartläggning"),
    "plan": ("suunnitelma", "kotoutumissuunnitelma", "kotoutumissuunnitelma voimassa"),
    "after_plan": ("suunnitelman jälkeen", "jälkiseuranta", "after the plan", "efter planen"),
    "closed": ("päättynyt", "päätetty", "suljettu", "avslutad"),
}
_GROUNDS = {
    "family": ("perhe", "perheside", "perheenyhdistäminen"),
    "work": ("työ", "työnteko"),
    "return_migration": ("paluumuutto", "paluumuuttaja", "return migration"),
    "quota_refugee": ("kiintiöpakolainen", "kiintiö", "quota refugee"),
    "asylum": ("turvapaikka", "kansainvälinen suojelu", "pakolainen"),
    "temporary_protection": ("tilapäinen suojelu", "temporary protection"),
    "study": ("opiskelu", "studies"),
    "other": ("muu",),
}
# What people write and CLDR does not call a language so.
_LANGUAGES = {
    "dari": "fa_AF", "prs": "fa_AF", "farsi": "fa", "sorani": "ckb", "soranî": "ckb", "soranikurdi": "ckb",
    "kurmandži": "ku", "kurmanji": "ku", "mandariini": "zh", "mandarin": "zh", "tigrinja": "ti",
}  # fmt: skip
_COUNTRIES = {"syyria": "SY", "venäjän federaatio": "RU", "britannia": "GB", "yhdysvallat": "US"}


def yes_or_no(text: str) -> bool | None:
    """Return what a word means, or None when it is neither."""
    word = text.casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def phase(text: str) -> str | None:
    """Return the code of a phase by its code or name, or None."""
    return _code(text, _PHASES)


def ground_of_entry(text: str) -> str | None:
    """Return the code of a ground of entry by its code or name, or None."""
    return _code(text, _GROUNDS)


def language(text: str) -> str | None:
    """Return the code of a language by its code or its Finnish, Swedish or English name, or None."""
    word = text.casefold().replace("-", "_")
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    return _names("languages").get(word)


def country(text: str) -> str | None:
    """Return the code of a country by its code or its Finnish, Swedish or English name, or None."""
    word = text.casefold()
    return _COUNTRIES.get(word) or _names("territories").get(word)


def _code(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    word = text.casefold()
    plain = word.replace(" ", "_")
    return plain if plain in words else next((code for code, names in words.items() if word in names), None)


@lru_cache
def _names(kind: str) -> dict[str, str]:
    from babel.core import Locale

    found: dict[str, str] = {}
    for locale in _LOCALES:
        for code, name in cast("Mapping[str, str]", getattr(Locale(locale), kind)).items():
            # Regions of the world and languages that are none have digits or "unknown" codes.
            if (
                not code.isascii()
                or any(sign.isdigit() for sign in code)
                or code in ("ZZ", "und", "zxx", "mul")
            ):
                continue
            found.setdefault(name.casefold(), code)
    for code in list(found.values()):
        found[code.casefold()] = code
    return found
