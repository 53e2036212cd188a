"""Forms: understood while typed, errors at their field, nothing lost, drafts on the way."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

import time_machine
from textual.app import ComposeResult
from textual.events import Paste
from textual.widgets import Input

from kotoutus_tui.errors import InvalidInput, Unreachable
from kotoutus_tui.text import clean_line
from screens.base import BaseScreen
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import TextField
from screens.widgets.form import Form, FormDialog
from screens.widgets.note_box import NoteBox
from tests.desk import FrameApp, View, opened
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN

LANGUAGES = (("ar", "arabia"), ("bn", "bengali"), ("so", "somali"), ("ru", "venäjä"), ("et", "viro"))


class FormScreen(BaseScreen):
    """Opens a form and keeps what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[Mapping[str, Any]] = []
        self.drafts: list[Mapping[str, str]] = []
        self.answers: list[object] = []
        self.error: Exception | None = None

    def open_form(self) -> None:
        self.do(self._open())

    async def _open(self) -> None:
        dialog = FormDialog(
            "Uusi tehtävä",
            [
                TextField("what", "Tehtävä", required=True, clean=clean_line),
                DateField("due", "Määräpäivä"),
                ChoiceField("language", "Kieli", LANGUAGES),
            ],
            save=self._save,
            accept="Tallenna",
            on_change=self.drafts.append,
        )
        self.answers.append(await self.ask(dialog))

    async def _save(self, values: Mapping[str, Any]) -> str:
        if self.error:
            raise self.error
        self.saved.append(values)
        return "tallennettu"


def _screen(view: View) -> FormScreen:
    screen = view.app.screen_stack[0]
    assert isinstance(screen, FormScreen)
    return screen


async def _opened_form(view: View) -> FormScreen:
    screen = _screen(view)
    screen.open_form()
    await view.see("Uusi tehtävä")
    await view.until(lambda: view.app.focused is not None)
    return screen


@time_machine.travel("2026-11-24 10:00 +0200")
async def test_a_form_is_filled_with_enter_alone() -> None:
    async with opened(FrameApp(FormScreen)) as view:
        screen = await _opened_form(view)
        await view.write("Soita Kelaan")
        await view.press("enter")
        await view.write("+14")
        await view.see("ti 8.12.2026")
        await view.press("enter")
        await view.write("ven")
        await view.see("▸ venäjä")
        await view.press("enter")
        await view.until(lambda: screen.answers == ["tallennettu"])
        assert screen.saved == [{"what": "Soita Kelaan", "due": date(2026, 12, 8), "language": "ru"}]


@time_machine.travel("2026-11-24 10:00 +0200")
async def test_errors_stand_at_their_field_and_the_cursor_goes_there() -> None:
    async with opened(FrameApp(FormScreen)) as view:
        screen = await _opened_form(view)
        await view.press("tab")
        await view.write("30.2.")
        assert "Sellaista päivää ei ole." not in view.text, "not while it may still become a date"
        await view.press("tab")
        await view.see("! Sellaista päivää ei ole.")
        await view.press("enter")
        await view.see("! Tämä tieto tarvitaan.")
        assert not screen.saved
        await view.until(lambda: view.app.focused is view.app.screen.query(Input).first())
        await view.press("x", "tab", "backspace", "backspace", "backspace", "3", "full_stop")
        await view.until(lambda: "Sellaista päivää" not in view.text)


async def test_what_the_database_refuses_stays_in_the_form() -> None:
    async with opened(FrameApp(FormScreen)) as view:
        screen = await _opened_form(view)
        screen.error = InvalidInput("due", "Päivä on menneisyydessä.", "Valitse tuleva päivä.")
        await view.write("Soita")
        await view.press("enter", "enter", "enter")
        await view.see("! Päivä on menneisyydessä.")
        screen.error = Unreachable("Tietokanta ei vastaa.", "Yritä hetken päästä uudelleen.")
        await view.press("enter", "enter")
        await view.see("! Tietokanta ei vastaa. Yritä hetken päästä uudelleen.")
        assert "Soita" in view.text
        screen.error = None
        await view.press("tab", "enter")
        await view.until(lambda: bool(screen.answers))
        assert screen.saved[-1] == {"what": "Soita", "due": None, "language": None}


async def test_closing_a_form_leaves_its_draft() -> None:
    async with opened(FrameApp(FormScreen)) as view:
        screen = await _opened_form(view)
        await view.write("Kesken")
        await view.press("escape")
        await view.until(lambda: screen.answers == [None])
        assert screen.drafts[-1]["what"] == "Kesken"


async def test_a_choice_is_made_by_arrows_or_letters_and_can_be_taken_back() -> None:
    async with opened(FrameApp(FormScreen)) as view:
        screen = await _opened_form(view)
        await view.press("x", "tab", "tab")
        await view.see("▸ –")
        await view.press("down", "down", "tab")
        assert view.app.screen.query(Input)[2].value == "bengali"
        await view.press("shift+tab")
        await view.see("▸ bengali")
        await view.write("xyz")
        await view.press("tab")
        await view.see("! Sellaista vaihtoehtoa ei ole.")
        await view.press("shift+tab")
        await view.press("backspace")
        await view.press("enter")
        await view.until(lambda: bool(screen.answers))
        assert screen.saved[-1]["language"] is None


class LongFormScreen(BaseScreen):
    """A form longer than the window; a choice stands last."""

    def compose_body(self) -> ComposeResult:
        texts = [TextField(f"t{number}", f"Tieto {number}") for number in range(9)]
        yield Form([*texts, ChoiceField("language", "Kieli", LANGUAGES)], first="language")


async def test_choices_show_at_the_edge_of_a_form_that_is_scrolled() -> None:
    async with opened(FrameApp(LongFormScreen), (80, 16)) as view:
        await view.see("▸ –")
        await view.see("  viro")
        await view.write("v")
        await view.see("▸ venäjä")
        await view.see("  viro")


async def test_labels_stand_above_their_fields_where_it_is_narrow() -> None:
    async with opened(FrameApp(FormScreen), (100, 30)) as view:
        await _opened_form(view)
        label = next(y for y, line in enumerate(view.lines) if "Määräpäivä" in line)
        await view.write("Soita")
        beside = next(line for line in view.lines if "Soita" in line)
        assert "Tehtävä *" in beside
        await view.resize(46, 30)
        await view.until(lambda: not any("Soita" in line and "Tehtävä" in line for line in view.lines))
        assert label


class NoteScreen(BaseScreen):
    """One note box."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[str] = []
        self.drafts: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield NoteBox(on_change=self.drafts.append, hint="Kirjoita muistiinpano")

    def on_note_box_saved(self, event: NoteBox.Saved) -> None:
        self.saved.append(event.text)
        event.box.empty()


async def test_a_dot_alone_on_a_line_saves_a_note() -> None:
    async with opened(FrameApp(NoteScreen)) as view:
        screen = view.app.screen
        assert isinstance(screen, NoteScreen)
        await view.write("Soitettu.\n.\n")
        await view.until(lambda: screen.saved == ["Soitettu."])
        assert view.find(NoteBox).text == ""
        await view.write("Toinen")
        await view.press("ctrl+enter")
        await view.until(lambda: screen.saved == ["Soitettu.", "Toinen"])
        await view.write(".\n")
        assert len(screen.saved) == 2, "an empty note is none"


async def test_a_draft_follows_the_typing_within_a_second() -> None:
    async with opened(FrameApp(NoteScreen)) as view:
        screen = view.app.screen
        assert isinstance(screen, NoteScreen)
        await view.write("Kesken")
        await view.until(lambda: screen.drafts == ["Kesken"], 2)
        await view.write("!")
        view.find(NoteBox).flush()
        assert screen.drafts[-1] == "Kesken!"
        await asyncio.sleep(0)


async def test_what_is_pasted_loses_its_codes() -> None:
    async with opened(FrameApp(NoteScreen)) as view:
        for text in ALL:
            view.app.post_message(Paste(text))
            await view.pilot.pause()
        typed = view.find(NoteBox).text
        assert not (FORBIDDEN_ON_SCREEN - {"\n"}) & set(typed)
        assert "[Kela] päätös" in typed
    async with opened(FrameApp(FormScreen)) as view:
        await _opened_form(view)
        view.app.post_message(Paste("kaksi\nriviä \x1b[2J"))
        await view.see("kaksi riviä")
        assert view.app.screen.query(Input).first().value == "kaksi riviä [2J"
