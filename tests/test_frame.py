"""The frame: header, keys, help, palette, blank screen, messages, errors, live link, leaving."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar
from uuid import uuid4

import pytest
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from kotoutus_tui import clock, i18n
from kotoutus_tui.errors import NotAllowed, Unreachable
from kotoutus_tui.live import Change, Connected, Disconnected
from screens import keys, starting
from screens.base import BaseScreen
from screens.blank import BlankScreen
from screens.dialog import Confirm
from screens.idle import IdleWatch
from screens.widgets import message_line
from screens.widgets.header_line import Link
from screens.widgets.text_input import TextInput
from tests.desk import FrameApp, View, opened

SECRET = "Salainen Henkilö"


class HomeScreen(BaseScreen):
    """A screen that counts its loads and can be told to fail."""

    AUTO_FOCUS = ""
    LISTENS: ClassVar[frozenset[str]] = frozenset({"client"})

    def __init__(self) -> None:
        super().__init__()
        self.loads = 0
        self.saved = 0
        self.error: Exception | None = None
        self.slow = asyncio.Event()
        self.slow.set()

    def compose_body(self) -> ComposeResult:
        yield Static("runko")
        yield TextInput(id="input")

    async def load(self) -> None:
        self.heading, self.whose = "Asiakkaat", "omat asiakkaat"
        await self.slow.wait()
        self.loads += 1
        if self.error:
            raise self.error

    async def before_leaving(self) -> None:
        self.saved += 1

    class Failing(Message):
        """Its handler fails."""

    def on_home_screen_failing(self) -> None:
        self.fail()

    def action_fail(self) -> None:
        self.fail()

    def fail(self) -> None:
        raise ValueError(SECRET)


def _home(view: View) -> HomeScreen:
    screen = view.app.screen
    assert isinstance(screen, HomeScreen)
    return screen


def _app(**settings: object) -> FrameApp:
    return FrameApp(HomeScreen, **settings)


async def test_the_header_says_where_whose_who_and_whether_it_is_live() -> None:
    async with opened(_app(), (80, 24)) as view:
        view.app.unread = 3
        await view.see("3 uutta")
        assert view.line(0).startswith(" Asiakkaat  omat asiakkaat  ")
        assert view.line(0).endswith("  3 uutta  Aino Aaltonen  ● ajan tasalla")
        view.app.link = Link("offline", datetime(2026, 11, 24, 12, 2, tzinfo=UTC))
        await view.see("○ ei yhteyttä klo 14.02 alkaen")
        await view.resize(40, 24)
        assert "○ ei yhteyttä" in view.line(0)
        assert len(view.line(0)) <= 40


async def test_the_footer_shows_the_keys_of_here_and_gives_way() -> None:
    async with opened(_app(), (120, 24)) as view:
        assert "? Näppäimet" in view.line(-1)
        assert "Ctrl+P Komennot" in view.line(-1)
        assert "Takaisin" not in view.line(-1), "there is nothing to go back to"
        await view.resize(42, 24)
        assert "? Näppäimet" in view.line(-1)
        assert "Lopeta" not in view.line(-1)
        assert len(view.line(-1)) <= 42


async def test_letters_typed_into_a_field_are_no_commands() -> None:
    async with opened(_app()) as view:
        await view.press("tab")
        await view.write("q?1")
        assert view.find(TextInput).value == "q?1"
        assert "? Näppäimet" not in view.line(-1)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_the_help_lists_every_key_that_works_here(language: str) -> None:
    i18n.install(language)
    async with opened(_app(), (80, 40)) as view:
        await view.press("?")
        for each in keys.COMMANDS:
            if each.context == "everywhere" and each.id != "back":
                await view.see(i18n._(each.help)[:40])
        await view.press("?")
        await view.until(lambda: isinstance(view.app.screen, HomeScreen))


async def test_the_palette_finds_a_command_by_a_part_of_its_name_and_runs_it() -> None:
    async with opened(_app(), (80, 24)) as view:
        await view.press("ctrl+p")
        await view.see("Kirjoita osa nimestä")
        await view.write("heti ruutu")
        await view.until(lambda: "Lopeta" not in view.text)
        await view.press("enter")
        await view.until(lambda: isinstance(view.app.screen, BlankScreen))
        await view.press("enter", "ctrl+p")
        await view.write("xyz")
        await view.see("Sellaista komentoa ei ole.")
        await view.press("enter", "escape")
        await view.until(lambda: isinstance(view.app.screen, HomeScreen))


@pytest.mark.parametrize(
    "english", ["Search", "command", "palette", "Quit", "Toggle", "Screenshot", "Theme", "Select", "Maximize"]
)
async def test_no_word_of_the_libraries_is_on_the_screens(english: str) -> None:
    async with opened(_app(), (100, 40)) as view:
        seen = view.text
        for key in ("?", "escape", "ctrl+p", "escape", "q", "escape", "ctrl+l"):
            await view.press(key)
            seen += view.text
        assert english not in seen


async def test_the_blank_screen_covers_dialogs_and_answers_to_enter_alone() -> None:
    async with opened(_app()) as view:
        await view.press("q")
        await view.see("Lopetetaanko?")
        await view.press("ctrl+l", "1", "?", "ctrl+p", "q", "ctrl+l")
        assert view.text.split() == ["Jatka", "painamalla", "Enter."]
        await view.press("enter")
        await view.see("Lopetetaanko?")


async def test_idle_actions_come_once_each_and_again_after_a_touch() -> None:
    acted: asyncio.Queue[str] = asyncio.Queue()
    watch = IdleWatch(
        (0.1, lambda: acted.put_nowait("end")),
        (0.04, lambda: acted.put_nowait("blank")),
        (0, lambda: acted.put_nowait("never")),
    )
    async with asyncio.timeout(5):
        watch.start()
        assert [await acted.get(), await acted.get()] == ["blank", "end"]
        watch.touch()
        assert await acted.get() == "blank"
    watch.stop()


async def test_a_key_keeps_an_idle_session_awake() -> None:
    async with opened(_app()) as view:
        view.app._idle = IdleWatch((0.3, view.app.action_blank))
        view.app._idle.start()
        end = clock.now().timestamp() + 0.6
        while clock.now().timestamp() < end:
            await view.press("z")
            assert isinstance(view.app.screen, HomeScreen)
        await view.until(lambda: isinstance(view.app.screen, BlankScreen))


async def test_a_known_error_is_told_in_place_until_all_is_well() -> None:
    async with opened(_app()) as view:
        _home(view).error = Unreachable("Tietokanta ei vastaa.", "Yritä uudelleen.")
        await view.press("ctrl+r")
        await view.see("! Tietokanta ei vastaa. Yritä uudelleen.")
        assert "runko" in view.text
        _home(view).error = None
        await view.press("ctrl+r")
        await view.until(lambda: "Tietokanta" not in view.text)


async def test_an_unexpected_error_shows_its_reference_alone_and_the_session_goes_on() -> None:
    async with opened(_app(), faults_expected=True) as view:
        home = _home(view)
        home.error = ValueError(SECRET)
        await view.press("ctrl+r")
        await view.see(view.app.references[0] if view.app.references else "viite")
        assert SECRET not in view.text
        assert "Voit jatkaa työtä." in view.text
        await view.press("enter")
        home.error = None
        # A handler, a worker, a command and a timer may fail as well.
        for number, fail in enumerate(
            (
                lambda: home.post_message(HomeScreen.Failing()),
                lambda: home.do(_failing()),
                lambda: home.run_worker(_failing()),
                lambda: view.app.do(_failing()),
                lambda: home.call_next(home.fail),
                lambda: home.call_later(home.fail),
                lambda: home.set_timer(0.01, home.fail),
                lambda: home.run_worker(view.app.run_action("fail", home)),
            ),
            start=2,
        ):
            fail()
            await view.until(lambda wanted=number: len(view.app.references) == wanted)
            await view.see(view.app.references[-1])
            assert SECRET not in view.text
            await view.press("enter")
        loads = home.loads
        await view.press("ctrl+r")
        await view.until(lambda: home.loads > loads)


async def _failing() -> None:
    raise ValueError(SECRET)


async def test_work_that_takes_long_says_so() -> None:
    async with opened(_app()) as view:
        gate = asyncio.Event()

        async def work() -> None:
            await gate.wait()
            raise NotAllowed("Et voi tehdä tätä.", "Kysy esihenkilöltä.")

        _home(view).do(work(), "Tallennetaan …")
        await view.see("Tallennetaan …")
        gate.set()
        await view.see("! Et voi tehdä tätä. Kysy esihenkilöltä.")
        assert "Tallennetaan" not in view.text


async def test_a_slow_load_says_so_and_changes_meanwhile_cost_one_more() -> None:
    async with opened(_app()) as view:
        home = _home(view)
        await view.until(lambda: home.loads == 1)
        home.slow.clear()
        home.go_stale()
        await view.see("luetaan …")
        for _change in range(5):
            home.go_stale()
        home.slow.set()
        await view.until(lambda: "luetaan" not in view.text)
        assert home.loads == 3


async def test_live_changes_reload_what_shows_them_and_the_mark_is_true() -> None:
    async with opened(_app()) as view:
        home = _home(view)
        await view.until(lambda: home.loads == 1)
        words: asyncio.Queue[Change | Connected | Disconnected] = asyncio.Queue()

        async def stream() -> AsyncIterator[Change | Connected | Disconnected]:
            while True:
                yield await words.get()

        following = asyncio.create_task(starting.follow(view.app, stream()))
        words.put_nowait(Connected())
        words.put_nowait(Change("partner", uuid4()))
        words.put_nowait(Change("client", uuid4()))
        await view.until(lambda: home.loads == 2)
        words.put_nowait(Disconnected())
        await view.see("○ ei yhteyttä")
        words.put_nowait(Connected())
        await view.see("● ajan tasalla")
        await view.until(lambda: home.loads == 3)
        following.cancel()


async def test_what_is_being_written_is_not_reloaded_until_it_is_done() -> None:
    async with opened(_app()) as view:
        home = _home(view)
        await view.until(lambda: home.loads == 1)
        home.editing = True
        home.go_stale()
        await view.press("z")
        assert home.loads == 1
        home.editing = False
        await view.until(lambda: home.loads == 2)


async def test_a_screen_behind_another_waits_with_its_reload() -> None:
    async with opened(_app()) as view:
        home = _home(view)
        await view.until(lambda: home.loads == 1)
        await view.press("ctrl+l")
        home.go_stale()
        await view.pilot.pause()
        assert home.loads == 1
        await view.press("enter")
        await view.until(lambda: home.loads == 2)


async def test_back_saves_what_was_written_and_returns() -> None:
    async with opened(_app()) as view:
        first, second = _home(view), HomeScreen()
        await view.app.push_screen(second)
        assert "Esc Takaisin" in view.line(-1)
        await view.press("escape")
        await view.until(lambda: view.app.screen is first)
        assert second.saved == 1
        await view.press("escape")
        assert view.app.screen is first


async def test_the_number_of_this_place_returns_to_its_first_screen() -> None:
    async with opened(_app()) as view:
        first = _home(view)
        second, third = HomeScreen(), HomeScreen()
        await view.app.push_screen(second)
        await view.app.push_screen(third)
        await view.press("1")
        await view.until(lambda: view.app.screen is first)
        assert second.saved == third.saved == 1


async def test_quitting_asks_saves_and_ends_with_0() -> None:
    async with opened(_app()) as view:
        home = _home(view)
        hooked: list[str] = []

        async def hook() -> None:
            hooked.append("done")

        async def broken() -> None:
            raise OSError(SECRET)

        view.app.on_leaving += [broken, hook]
        await view.press("q", "escape")
        await view.until(lambda: view.app.screen is home)
        await view.press("q")
        await view.see("Luonnokset säilyvät.")
        await view.press("enter")
        await view.until(lambda: hooked == ["done"])
        await view.until(lambda: view.app.return_code == 0)
        assert home.saved == 1


async def test_a_question_says_what_will_happen_and_is_answered_by_the_arrows() -> None:
    async with opened(_app()) as view:
        answers: list[object] = []

        async def ask() -> None:
            question = Confirm("Siirretäänkö 3 asiakasta?", ["[Kela] siirtyy [/b]."], accept="Siirrä")
            answers.append(await _home(view).ask(question))

        home = _home(view)
        for pressed, answer in ((["enter"], True), (["right", "enter"], False), (["escape"], None)):
            home.do(ask())
            await view.see("[Kela] siirtyy [/b].")
            await view.press(*pressed)
            await view.until(lambda: view.app.screen is home)
            await view.until(lambda wanted=answer: answers and answers[-1] is wanted)


async def test_messages_are_never_markup() -> None:
    async with opened(_app()) as view:
        for text in ("[true, false]", "a [/b] c", "\x1b]52;c;xx\x07"):
            view.app.notify(text, title="[/]")
            _home(view).say(text, alert=True)
            await view.pilot.pause()
        assert "]52;c;xx" in view.text


async def test_a_persons_own_keys_work_and_refused_ones_are_told() -> None:
    async with opened(_app(keymap={"help": "ö", "quit": "ctrl+s", "nothing": "x"}), (80, 40)) as view:
        assert "ö Näppäimet" in view.line(-1)
        await view.press("?")
        assert isinstance(view.app.screen, HomeScreen)
        await view.press("ö")
        await view.see("Tässä toimivat näppäimet")
        told = [note.message for note in view.app._notifications]
        assert len(told) == 2
        assert any("ctrl+s" in each for each in told)


def test_each_theme_shows_meaning_and_suits_its_terminal() -> None:
    from screens import themes

    assert themes.choose("auto", {"TERM": "xterm"}) == "sixteen"
    assert themes.choose("auto", {"TERM": "xterm-256color"}) == "calm-dark"
    assert themes.choose("auto", {"TERM": "xterm", "COLORTERM": "truecolor"}) == "calm-dark"
    assert themes.choose("auto", {"TERM": "tmux-256color", "NO_COLOR": "1"}) == "sixteen"
    assert themes.choose("calm-light", {"TERM": "xterm"}) == "calm-light"
    assert themes.choose("nord", {"TERM": "xterm-256color"}) == "calm-dark"


@pytest.mark.parametrize("theme", ["calm-dark", "calm-light", "sixteen"])
async def test_every_theme_can_draw_everything(theme: str) -> None:
    async with opened(_app(theme=theme), (80, 24)) as view:
        assert view.app.theme == theme
        view.app.notify("Tallennettu", severity="warning")
        for key in ("?", "escape", "ctrl+p", "escape", "q", "escape", "ctrl+l"):
            await view.press(key)
            assert view.text.strip()


async def test_settings_of_idle_times_reach_the_watch() -> None:
    async with opened(_app(idle_blank_minutes=10, idle_exit_minutes=30)) as view:
        assert [after for after, _act in view.app._idle._actions] == [600, 1800]
        assert replace(view.app.desk.settings).idle_blank_minutes == 10


class CarefulScreen(HomeScreen):
    """Has an on_mount of its own that calls the base's, as Textual does anyway."""

    def on_mount(self) -> None:
        super().on_mount()


async def test_a_closed_screen_takes_no_part_any_more() -> None:
    async with opened(_app()) as view:
        careful = CarefulScreen()
        await view.app.push_screen(careful)
        await view.until(lambda: careful.loads == 1)
        assert view.app.open_screens.count(careful) == 1
        await view.app.action_back()
        await view.until(lambda: len(view.app.screen_stack) == 1)
        await view.until(lambda: view.app.open_screens == [view.app.screen])
        assert careful.saved == 1


async def test_keys_that_would_be_typed_are_not_offered() -> None:
    async with opened(_app()) as view:
        assert "/ Haku" in view.lines[-1]
        view.find(TextInput).focus()
        await view.until(lambda: "/ Haku" not in view.lines[-1])
        assert "Ctrl+P" in view.lines[-1]
        await view.press("slash")
        assert view.find(TextInput).value == "/"


async def test_a_sentence_goes_by_itself_and_an_alert_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_line, "_LINGERS", 0.05)
    async with opened(_app()) as view:
        _home(view).say("Tallennettu.")
        await view.until(lambda: "Tallennettu." not in view.text)
        _home(view).say("Toinen.")
        _home(view).say("Ei onnistunut.", alert=True)
        await asyncio.sleep(0.15)
        await view.pilot.pause()
        assert "! Ei onnistunut." in view.text
