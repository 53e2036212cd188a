"""Languages: which one is chosen, how it writes dates and how it sorts."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kotoutus_tui import i18n, places

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "day", "moment", "number"),
    [
        ("fi", "ti 24.11.", "24.11.2026 14.02", "1\u00a0234,5"),
        ("sv", "ti 24.11.", "24.11.2026 14.02", "1\u00a0234,5"),
        ("en", "Tue 24.11.", "24.11.2026 14:02", "1,234.5"),
    ],
)
def test_dates_and_numbers(language: str, day: str, moment: str, number: str) -> None:
    i18n.install(language)
    assert i18n.format_date(DAY) == "24.11.2026"
    assert i18n.format_day(DAY) == day
    assert i18n.format_datetime(datetime(2026, 11, 24, 12, 2, tzinfo=UTC)) == moment
    assert i18n.format_number(1234.5, 1) == number


def test_letters_after_z_and_other_accents() -> None:
    names = ["Öhman", "Zander", "Ømand", "Äijälä", "Žukov", "Åberg", "Émile", "Ahmed"]
    wanted = ["Ahmed", "Émile", "Zander", "Žukov", "Åberg", "Äijälä", "Öhman", "Ømand"]
    assert sorted(names, key=i18n.sort_key) == wanted


def test_texts_and_plurals_follow_the_language() -> None:
    i18n.install("sv")
    assert i18n._("Try again.") == "Försök igen."
    i18n.install("en")
    assert i18n._("Try again.") == "Try again."
    assert i18n.ngettext("{count} row", "{count} rows", 2) == "{count} rows"


def test_an_unknown_language_is_finnish() -> None:
    i18n.install("xx")
    assert i18n.current_language() == "fi"


@pytest.mark.parametrize(
    ("code", "name"), [("so", "somali"), ("fa_AF", "dari"), ("fa-AF", "dari"), ("qqq", "qqq")]
)
def test_language_names(code: str, name: str) -> None:
    assert i18n.language_name(code) == name


def test_the_strongest_wish_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert i18n.chosen_language() == "fi"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert i18n.chosen_language() == "en"
    monkeypatch.setenv("LC_ALL", "xx_YY.UTF-8")  # a locale nobody has is no wish
    assert i18n.chosen_language() == "fi"
    monkeypatch.delenv("LC_ALL")
    _write(places.site_settings_file(), 'language = "sv"')
    assert i18n.chosen_language() == "sv"
    _write(places.user_settings_file(), 'language = "fi"')
    assert i18n.chosen_language() == "fi"
    monkeypatch.setenv("KOTOUTUS_LANGUAGE", "en")
    assert i18n.chosen_language() == "en"
    assert i18n.chosen_language("sv") == "sv"


def test_a_compiled_catalogue_is_used_only_when_it_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source, compiled = tmp_path / "fi.po", tmp_path / "fi.mo"
    old = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\nmsgid "Try"\nmsgstr "Vanha"\n'
    source.write_text(old, encoding="utf-8")
    with source.open("rb") as text, compiled.open("wb") as binary:
        write_mo(binary, read_po(text))
    source.write_text(old.replace("Vanha", "Uusi"), encoding="utf-8")
    monkeypatch.setattr(i18n, "_LOCALE", tmp_path)
    for when, said in ((1, "Uusi"), (9, "Vanha")):
        os.utime(source, (5, 5))
        os.utime(compiled, (when, when))
        i18n.install("fi")
        assert i18n._("Try") == said


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
