"""Every text of the program is said in Finnish and in Swedish, with the same placeholders."""

import ast
import re
import string
from functools import lru_cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from kotoutus_tui import i18n
from tests.sources import ROOT, called_name, modules, place, tree

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
TRANSLATED = ("fi", "sv")

# A text is found by its context and its (singular) English form.
Key = tuple[str | None, str]


@lru_cache
def texts_in_code() -> dict[Key, str]:
    """Every text of the code, with the place of one use."""
    found: dict[Key, str] = {}
    for package in ("kotoutus_tui", "screens"):
        for name, line, message, _comments, context in extract_from_dir(ROOT / package, keywords=KEYWORDS):
            text = message if isinstance(message, str) else message[0]
            found[context, text] = f"{package}/{name}:{line}"
    return found


@lru_cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "kotoutus_tui" / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> dict[Key, Message]:
    return {(m.context, forms(m.id)[0]): m for m in catalogue(language) if m.id}


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # pyright: ignore[reportArgumentType]


def placeholders(text: str) -> set[str]:
    """Names in braces, and the percent signs of argparse's own texts."""
    if printf := re.findall(r"%(?:\(\w+\))?[sdr]", text):
        return set(printf)
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    known = entries(language)
    missing = [
        f"{where}: {key[1]!r}"
        for key, where in texts_in_code().items()
        if key not in known or not all(forms(known[key].string)) or known[key].fuzzy
    ]
    assert not missing, "\n".join(["without translation:", *missing])


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language: str) -> None:
    unused = [key[1] for key in entries(language) if key not in texts_in_code()]
    assert not unused, "\n".join(["no longer in the code:", *unused])


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_english_text(language: str) -> None:
    wrong: list[str] = []
    for message in entries(language).values():
        english, translated = forms(message.id), forms(message.string)
        expected = placeholders(english[-1])
        # The form for one may say "one client" without a number; the form for many may not.
        fits = placeholders(translated[-1]) == expected and all(
            placeholders(f) <= expected for f in translated
        )
        if not fits:
            wrong.append(f"{english[-1]!r} -> {translated[-1]!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TRANSLATED)
def test_line_breaks_and_blanks_at_the_ends_are_kept(language: str) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [
        english
        for message in entries(language).values()
        for english, translated in zip(forms(message.id), forms(message.string), strict=False)
        if ends(english) != ends(translated)
    ]
    assert not wrong, "\n".join(wrong)


def test_texts_are_constants() -> None:
    """An f-string or a sum inside `_()` is never found by the extraction, nor in the catalogue."""
    wrong = [
        place(file, call)
        for file in modules("kotoutus_tui", "screens")
        for call in ast.walk(tree(file))
        if isinstance(call, ast.Call) and called_name(call) in KEYWORDS
        for argument in call.args
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
        or (isinstance(argument, ast.Call) and called_name(argument) in ("format", "join"))
    ]
    assert not wrong, "\n".join(wrong)


def test_placeholders_have_names() -> None:
    """Translators need to know what {} is, and may change the order."""
    unnamed = [f"{where}: {key[1]}" for key, where in texts_in_code().items() if "" in placeholders(key[1])]
    assert not unnamed, "\n".join(unnamed)


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_is_in_force(language: str) -> None:
    i18n.install(language)
    text = next(m for m in catalogue(language) if isinstance(m.id, str) and m.id and m.string != m.id)
    assert i18n._(str(text.id)) == text.string
