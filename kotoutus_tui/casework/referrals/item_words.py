"""What an item of a disclosure holds, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from kotoutus_tui.i18n import format_date

_LANGUAGES = frozenset({"mother_tongue", "service_language", "interpreter"})
_DAYS = frozenset({"birth_date"})
_LISTS = frozenset({"goals", "agreed_measures"})


def shown(code: str, held: Any, language: str, studies: Mapping[str, str]) -> str:
    """Return what an item holds in a language (fi, sv or en); lists stand one to a line.

    `studies` are the names of the kinds of studies.
    """
    if code in _LANGUAGES:
        return _language(str(held), language)
    if code in _DAYS:
        return _day(held)
    if code == "citizenship":
        return _country(str(held), language)
    if code == "plan_dates":
        drawn, ends = held
        return f"{_day(drawn)}–{_day(ends)}" if ends else _day(drawn)
    if code == "language_skill":
        return ", ".join(f"{_language(which, language)} {level}" for which, level in held)
    if code == "earlier_studies":
        return "\n".join(_study(each, studies) for each in held)
    if code in _LISTS:
        return "\n".join(str(each) for each in held)
    return str(held)


def _day(held: Any) -> str:
    return format_date(date.fromisoformat(str(held)))


def _language(code: str, language: str) -> str:
    from babel.core import Locale

    names = cast("Mapping[str, str]", Locale(language).languages)
    return names.get(code.replace("-", "_"), code)


def _country(code: str, language: str) -> str:
    from babel.core import Locale

    return cast("Mapping[str, str]", Locale(language).territories).get(code, code)


def _study(held: Any, studies: Mapping[str, str]) -> str:
    kind, title, starts, ends, level = held
    days = "–".join(_day(each) if each else "" for each in (starts, ends)) if starts or ends else ""
    return " · ".join(each for each in (studies.get(kind, kind), title, days, level) if each)
