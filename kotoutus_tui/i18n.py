"""The language of the screens: translations, dates, numbers and the order of letters."""

import gettext
import os
import unicodedata
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import cast

from kotoutus_tui.clock import HELSINKI

LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"

_LOCALE = Path(__file__).with_name("locale")
_WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


class _Installed:
    language = DEFAULT_LANGUAGE
    translations = gettext.NullTranslations()


_installed = _Installed()


def install(language: str) -> None:
    """Make `language` (fi, sv or en) the language of every text from now on.

    Call it before `screens` is imported: names of keys and columns are translated at import.
    An unknown language means Finnish.
    """
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _installed.language = known
    _installed.translations = gettext.NullTranslations() if known == "en" else _catalogue(known)


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Use another language for what another program will show; nothing may be awaited meanwhile."""
    before = _installed.language, _installed.translations
    install(language)
    try:
        yield
    finally:
        _installed.language, _installed.translations = before


def current_language() -> str:
    """Return the code of the language in use: fi, sv or en."""
    return _installed.language


def _(message: str) -> str:
    """Return `message` in the language in use."""
    return _installed.translations.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form for `count`; the caller fills in {count}."""
    return _installed.translations.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return `message` as it is said in `context`, for English words with several meanings."""
    return _installed.translations.pgettext(context, message)


def N_(message: str) -> str:
    """Mark `message` for translation and return it as it is; pass it to `_` when it is shown."""
    return message


def chosen_language(explicit: str | None = None) -> str:
    """Return the language to start in, without loading the settings.

    In order: `explicit`, KOTOUTUS_LANGUAGE, the user's and the site's settings file, the locale of
    the terminal, Finnish. Unreadable files are passed over here; `settings.load` reports them.
    """
    for candidate in (explicit, os.environ.get("KOTOUTUS_LANGUAGE")):
        if candidate in LANGUAGES:
            return candidate
    from_files = _language_of_files()
    return from_files if from_files in LANGUAGES else locale_language() or DEFAULT_LANGUAGE


def locale_language() -> str | None:
    """Return the language that LC_ALL, LC_MESSAGES or LANG asks for, if it is one of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            code = value.partition(".")[0].partition("_")[0].lower()
            return code if code in LANGUAGES else None
    return None


def format_date(day: date) -> str:
    """Return a date as 24.11.2026, the same in all three languages."""
    return f"{day.day}.{day.month}.{day.year}"


def format_day(day: date) -> str:
    """Return a date of the near future or past with its weekday and without its year: ti 24.11."""
    return f"{_WEEKDAYS[_installed.language][day.weekday()]} {day.day}.{day.month}."


def format_time(moment: datetime | time) -> str:
    """Return hours and minutes, 14.02 in Finnish and Swedish; an aware moment is shown in Helsinki time."""
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(HELSINKI)
    return f"{moment.hour}{':' if _installed.language == 'en' else '.'}{moment.minute:02}"


def format_datetime(moment: datetime) -> str:
    """Return the date and the time of `moment`, an aware one in Helsinki time: 24.11.2026 14.02."""
    if moment.tzinfo:
        moment = moment.astimezone(HELSINKI)
    return f"{format_date(moment)} {format_time(moment)}"


def format_number(number: float, decimals: int = 0) -> str:
    """Return a number with grouped thousands: 1 234,5 in Finnish and Swedish, 1,234.5 in English."""
    english = f"{number:,.{decimals}f}"
    if _installed.language == "en":
        return english
    return english.translate({ord(","): "\u00a0", ord("."): ","})


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """Return a key that sorts names as Finnish and Swedish do: å, ä and ö after z, other accents ignored."""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in _LAST_LETTERS:
            letters.append(_LAST_LETTERS[letter])
        else:
            letters.extend(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return f"{''.join(letters)}\0{text}"


# The three characters after z in ASCII stand for the three letters after z in the alphabet.
_LAST_LETTERS = {
    "å": "{",
    "ä": "|",
    "æ": "|",
    "ö": "}",
    "ø": "}",
    "ü": "y",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
}


def said_in(language: str | None, message: str) -> str:
    """Return a message in the language in use, or in another one for a paper or a file."""
    return _(message) if language is None else _spoken(language).gettext(message)


@lru_cache(maxsize=4)
def _spoken(language: str) -> gettext.NullTranslations:
    return _catalogue(language)


def language_name(code: str, language: str | None = None) -> str:
    """Return the name of the language `code` (BCP 47 or with an underscore) in the language in use.

    With `language` it is in that one. A code nobody knows is returned as it is.
    """
    from babel.core import Locale

    names = cast("Mapping[str, str]", Locale(language or _installed.language).languages)
    tag = code.replace("-", "_")
    return names.get(tag) or names.get(tag.partition("_")[0]) or code


def _catalogue(language: str) -> gettext.NullTranslations:
    source, compiled = _LOCALE / f"{language}.po", _LOCALE / f"{language}.mo"
    try:
        if compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            with compiled.open("rb") as file:
                return gettext.GNUTranslations(file)
    except FileNotFoundError:
        pass
    return _compile(source) if source.exists() else gettext.NullTranslations()


def _compile(source: Path) -> gettext.GNUTranslations:
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=source.stem))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _language_of_files() -> str | None:
    from kotoutus_tui import places

    for file in (places.user_settings_file(), places.site_settings_file()):
        try:
            text = file.read_text("utf-8")
            import tomllib

            language = tomllib.loads(text).get("language")
        except (OSError, ValueError):
            continue
        if isinstance(language, str):
            return language
    return None
