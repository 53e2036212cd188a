"""The choices of a new client's form, with their names in the language in use."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import cast

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import N_, _, current_language, sort_key

_GROUNDS = {
    "family": N_("family"),
    "work": N_("work"),
    "return_migration": N_("return migration"),
    "quota_refugee": N_("international protection: quota refugee"),
    "asylum": N_("international protection: asylum"),
    "temporary_protection": N_("temporary protection"),
    "study": N_("studies"),
    "other": N_("another ground"),
}
_LEVEL = re.compile(r"(.+?)[ :(]+([ABC][12](?:\.\d)?)\)?", re.IGNORECASE)
Choices = Sequence[tuple[str, str]]


def grounds() -> Choices:
    """Return the grounds of entry: code and name."""
    return [(code, _(words)) for code, words in _GROUNDS.items()]


def yes_or_no() -> Choices:
    """Return yes and no."""
    return [("yes", _("yes")), ("no", _("no"))]


def languages() -> Choices:
    """Return the languages by name: code and name."""
    return _by_name(current_language(), "languages")


def countries() -> Choices:
    """Return the countries by name: code and name."""
    return _by_name(current_language(), "territories")


def read_languages(text: str) -> list[tuple[str, str | None]]:
    """Return spoken languages written as “Arabic, English B1”; raises InvalidInput for an unknown one."""
    from kotoutus_tui.exchange import choices

    found: dict[str, str | None] = {}
    for part in (one.strip() for one in re.split(r"[,;/]", text)):
        if not part:
            continue
        match = _LEVEL.fullmatch(part)
        name, level = (match[1].strip(), match[2].upper()) if match else (part, None)
        code = choices.language(name)
        if code is None:
            raise InvalidInput("languages", _("This is not a known language."))
        found[code] = level
    return list(found.items())


@lru_cache
def _by_name(language: str, kind: str) -> Choices:
    from babel.core import Locale

    # Regions of the world have digits in their codes; the others are no country and no language.
    names = cast("Mapping[str, str]", getattr(Locale(language), kind))
    listed = [
        (code, name)
        for code, name in names.items()
        if code.isascii()
        and not any(sign.isdigit() for sign in code)
        and code not in ("ZZ", "EU", "EZ", "UN", "QO", "XA", "XB", "und", "zxx", "mul", "root")
    ]
    return sorted(listed, key=lambda one: sort_key(one[1]))
