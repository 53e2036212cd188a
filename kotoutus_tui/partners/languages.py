"""Languages as people write them: a code or a name in Finnish, Swedish or English."""

from functools import cache

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import LANGUAGES, _
from kotoutus_tui.partners.folding import folded

_OTHER_NAMES = {
    "kurdi": "ku", "kurdiska": "ku", "kurdish": "ku", "sorani": "ckb", "kurmandzi": "kmr", "dari": "prs",
    "farsi": "fa", "viittomakieli": "fse", "teckensprak": "fse", "selkosuomi": "fi",
}  # fmt: skip


@cache
def names() -> dict[str, str]:
    """Return the code of every language by its folded names in Finnish, Swedish and English."""
    from babel.core import Locale

    found: dict[str, str] = {}
    for language in LANGUAGES:
        known: dict[str, str] = dict(Locale(language).languages)
        for code, name in known.items():
            if len(code) <= 3:
                found.setdefault(folded(name), code)
    return found | _OTHER_NAMES


@cache
def names_of(code: str) -> tuple[str, ...]:
    """Return the folded names of one language."""
    return tuple(name for name, each in names().items() if each == code)


def read_codes(text: str) -> str:
    """Return codes with blanks between for codes or names; raises InvalidInput for what is no language."""
    found: list[str] = []
    known = set(names().values())
    for word in text.replace(",", " ").split():
        plain = folded(word)
        code = plain if plain in known else names().get(plain)
        if code is None:
            sentence = _("“{word}” is no language that is known here.").format(word=word)
            raise InvalidInput("", sentence, _("Write a name or a code, such as arabic or ar."))
        if code not in found:
            found.append(code)
    return " ".join(found)
