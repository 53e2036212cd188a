"""Settings: three places, one in force, and one sentence when a value is wrong."""

import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kotoutus_tui import i18n, places, settings
from kotoutus_tui.errors import SetupError


def site(text: str) -> Path:
    return _written(places.site_settings_file(), text)


def user(text: str) -> Path:
    return _written(places.user_settings_file(), text)


def test_built_in_values_need_no_file() -> None:
    loaded = settings.load()
    assert loaded.language == "fi"
    assert loaded.mouse is True
    assert loaded.log_file == places.state_directory() / "kotoutus.log"
    assert "password" not in loaded.database


def test_user_outranks_site_and_environment_both(monkeypatch: pytest.MonkeyPatch) -> None:
    site_file = site('language = "sv"\nidle_exit_minutes = 45\nmouse = false')
    user_file = user('language = "en"\n[keymap]\nnote = "e"')
    monkeypatch.setenv("KOTOUTUS_MOUSE", "true")
    monkeypatch.setenv("LANG", "sv_FI.UTF-8")
    origins = {origin.name: (origin.value, origin.source) for origin in settings.origins()}
    assert origins["language"] == ("en", str(user_file))
    assert origins["idle_exit_minutes"] == (45, str(site_file))
    assert origins["mouse"] == (True, "KOTOUTUS_MOUSE")
    assert origins["keymap"] == ({"note": "e"}, str(user_file))
    assert origins["theme"] == ("auto", "")
    assert settings.load(mouse=False).mouse is False


def test_the_locale_is_only_the_last_word_on_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "sv_FI.UTF-8")
    language = next(origin for origin in settings.origins() if origin.name == "language")
    assert (language.value, language.source) == ("sv", "LANG")


def test_a_table_in_the_environment_is_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOTOUTUS_KEYMAP", '{"note": "x"}')
    assert settings.load().keymap == {"note": "x"}


@pytest.mark.parametrize(
    ("text", "name", "allowed"),
    [
        ('language = "xx"', "language", "sv"),
        ("idle_blank_minutes = -1", "idle_blank_minutes", "1440"),
        ('idle_exit_minutes = "soon"', "idle_exit_minutes", "1440"),
        ('mouse = "maybe"', "mouse", "true"),
        ('state_dir = "relative/path"', "state_dir", "~"),
        ('log_target = "printer"', "log_target", "syslog"),
        ('theme = "No Such!"', "theme", "auto"),
        ("[keymap]\nnote = 3", "keymap", "note"),
        ('database = "host=x password=hunter2"', "database", "dbname"),
        ('database = "postgresql://aino:hunter2@x/y"', "database", "dbname"),
    ],
)
def test_a_wrong_value_is_named_with_its_file_and_what_is_allowed(text: str, name: str, allowed: str) -> None:
    i18n.install("en")
    file = user(text)
    with pytest.raises(SetupError) as caught:
        settings.load()
    assert name in caught.value.sentence
    assert str(file) in caught.value.sentence
    assert allowed in caught.value.next_step
    assert "hunter2" not in f"{caught.value.sentence}{caught.value.next_step}"
    assert caught.value.__suppress_context__


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOTOUTUS_KEYMAP", "{")
    with pytest.raises(SetupError, match="KOTOUTUS_KEYMAP"):
        settings.load()


@pytest.mark.parametrize("text", ["language =", "\0", 'language = "fi"\nlanguage = "sv"'])
def test_an_unreadable_file_is_named(text: str) -> None:
    file = site(text)
    with pytest.raises(SetupError) as caught:
        settings.load()
    assert str(file) in caught.value.sentence


def test_a_misspelt_name_is_refused_with_the_right_ones() -> None:
    user('langauge = "fi"')
    with pytest.raises(SetupError, match="langauge") as caught:
        settings.load()
    assert "language" in caught.value.next_step


def test_a_user_without_password_in_the_address_is_fine() -> None:
    user('database = "postgresql://aino@db.example/kotoutus"')
    assert settings.load().database.endswith("kotoutus")


def test_paths_follow_the_state_directory(tmp_path: Path) -> None:
    user(f'state_dir = "{tmp_path}/elsewhere"')
    assert settings.load().log_file == tmp_path / "elsewhere" / "kotoutus.log"
    user(f'state_dir = "{tmp_path}/elsewhere"\nlog_file = "{tmp_path}/other.log"')
    assert settings.load().log_file == tmp_path / "other.log"


def test_every_setting_can_be_given() -> None:
    from kotoutus_tui.settings_sources import Given

    assert [each.name for each in fields(settings.Settings)] == list(Given.model_fields)
    assert all(each.description for each in Given.model_fields.values())


LOADED = (
    "from kotoutus_tui import settings; import sys; print(settings.load().theme, 'pydantic' in sys.modules)"
)


def test_settings_are_checked_again_only_when_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> str:
        return subprocess.run(
            [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
        ).stdout.strip()

    user('theme = "dark"')
    assert loaded() == "dark True"
    assert loaded() == "dark False"
    user('theme = "light"')
    assert loaded() == "light True"
    monkeypatch.setenv("KOTOUTUS_THEME", "mono")
    assert loaded() == "mono True"
    assert loaded() == "mono False"
    memory = places.state_directory() / "settings.json"
    assert memory.stat().st_mode & 0o777 == 0o600
    for broken in ("", "{}", "[]", "null"):
        memory.write_text(broken)
        assert settings.load().theme == "mono"


def test_remembered_settings_are_the_same(tmp_path: Path) -> None:
    user(f'drop_dir = "{tmp_path}"\nidle_exit_minutes = 5\n[keymap]\nnote = "x"')
    assert (
        settings.load()
        == settings.load()
        == replace(settings.Settings(), drop_dir=tmp_path, idle_exit_minutes=5, keymap={"note": "x"})
    )


def test_settings_load_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    assert settings.load().theme == "auto"


def _written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
