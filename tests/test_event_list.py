"""The stream of events: any height, headings, a cursor that is always in sight, nothing laid out in vain."""

import asyncio

import pytest
from textual.app import ComposeResult

from screens.base import BaseScreen
from screens.widgets.event_list import Entry, EventList, Page
from tests.desk import FrameApp, View, opened
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN, MARKUP

LONG = "Pitkä sana. " * 120


class Events:
    """Entries of one to forty lines, twelve a month."""

    def __init__(self, total: int, *, long: bool = True) -> None:
        self.keys = list(range(total))
        self.long = long
        self.asked = 0

    async def fetch(self, offset: int, limit: int) -> Page[Entry]:
        self.asked += 1
        return Page([self.entry(key) for key in self.keys[offset : offset + limit]], len(self.keys))

    async def find(self, key: str) -> int | None:
        return self.keys.index(int(key)) if int(key) in self.keys else None

    def entry(self, key: int) -> Entry:
        bodies = ("", "Yksi rivi.", "Kaksi\nriviä.", LONG if self.long else "Lyhyt.")
        return Entry(
            str(key),
            f"kuukausi {key // 12}",
            f"ti {key % 28 + 1}.1.",
            f"Tapahtuma {key}",
            "Aino Aaltonen",
            "Y",
            bodies[key % 4],
            ("korjattu 3.12.",) if key % 5 == 0 else (),
        )


class EventScreen(BaseScreen):
    """One stream."""

    def __init__(self, source: object, fold: int = 0) -> None:
        super().__init__()
        self.source = source
        self.fold = fold
        self.opened: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield EventList(empty="Ei tapahtumia.", fold=self.fold)

    async def load(self) -> None:
        events = self.query_one(EventList)
        if events.total is None:
            events.show(self.source)  # type: ignore[arg-type]
        else:
            events.reload()

    def on_line_list_opened(self, event: EventList.Opened) -> None:
        self.opened.append(event.key)


def _events(view: View) -> EventList:
    return view.find(EventList)


async def test_months_stand_over_their_events_and_authors_at_the_right() -> None:
    async with opened(FrameApp(lambda: EventScreen(Events(40, long=False))), (80, 40)) as view:
        lines = [line.rstrip(" ┃") for line in view.lines[1:]]
        assert lines[0] == "  kuukausi 0"
        assert lines[1].startswith("▌ ti 1.1.     Y  Tapahtuma 0")
        assert lines[1].endswith("Aino Aaltonen")
        assert lines[2].strip("▌ ") == "korjattu 3.12."
        month = next(y for y, line in enumerate(lines) if line == "  kuukausi 1")
        assert lines[month - 1] == ""
        assert "Tapahtuma 12" in lines[month + 1]


@pytest.mark.parametrize("fold", [0, 4])
async def test_the_cursor_is_always_in_sight_and_every_line_can_be_read(fold: int) -> None:
    async with opened(FrameApp(lambda: EventScreen(Events(60), fold)), (60, 16)) as view:
        events = _events(view)
        seen: set[str] = set()
        for key in [
            *["down"] * 24,
            *["up"] * 8,
            "pagedown",
            "pagedown",
            "pageup",
            "end",
            "up",
            "up",
            "home",
            "up",
        ]:
            await view.press(key)
            assert any(line.startswith("▌") for line in view.lines), key
            assert len([line for line in view.lines[1:-1] if line]) >= 10
            seen |= {line.strip("▌ ┃") for line in view.lines}
        assert {"Tapahtuma 0", "Tapahtuma 59"} <= {
            f"Tapahtuma {n}" for n in (0, 59) if any(f"a {n} " in s for s in seen)
        }
        if fold:
            assert any(line.startswith("… vielä") for line in seen)
        assert events.cursor == 0


async def test_a_long_entry_is_scrolled_through_before_the_next() -> None:
    async with opened(FrameApp(lambda: EventScreen(Events(8))), (60, 14)) as view:
        events = _events(view)
        await view.press("down", "down", "down")
        assert events.cursor == 3
        steps = 0
        while events.cursor == 3:
            await view.press("down")
            steps += 1
        assert steps >= 3
        await view.press("up")
        assert events.cursor == 3


async def test_page_keys_reach_the_first_and_the_last_entry_however_long_the_page() -> None:
    async with opened(FrameApp(lambda: EventScreen(Events(3, long=False))), (80, 30)) as view:
        await view.press("pagedown")
        assert _events(view).cursor == 2
        await view.press("pageup")
        assert _events(view).cursor == 0


async def test_two_thousand_open_as_fast_as_twenty() -> None:
    source = Events(2_000)
    async with opened(FrameApp(lambda: EventScreen(source, 6)), (100, 30)) as view:
        assert source.asked <= 2
        assert len(_events(view)._layouts) <= 40
        await view.press("end")
        await view.see("Tapahtuma 1999")
        assert source.asked <= 5
        assert len(_events(view)._layouts) <= 200


async def test_a_new_event_on_top_leaves_the_cursor_on_its_entry() -> None:
    source = Events(300)
    async with opened(FrameApp(lambda: EventScreen(source, 4)), (80, 24)) as view:
        await view.press(*["down"] * 5)
        y = next(y for y, line in enumerate(view.lines) if line.startswith("▌") and "Tapahtuma" in line)
        source.keys[:0] = [1000, 1001]
        _events(view).reload()
        await view.settle()
        assert _events(view).cursor_key == "5"
        line = view.line(y)
        assert line.startswith("▌")
        assert "Tapahtuma 5" in line


async def test_an_entry_can_be_shown_by_its_key_and_opened() -> None:
    source = Events(900)
    async with opened(FrameApp(lambda: EventScreen(source, 4)), (80, 24)) as view:
        _events(view).show(source, at="500")
        await view.settle()
        await view.see("Tapahtuma 500")
        await view.press("enter")
        screen = view.app.screen
        assert isinstance(screen, EventScreen)
        await view.until(lambda: screen.opened == ["500"])


async def test_nothing_says_so() -> None:
    async with opened(FrameApp(lambda: EventScreen(Events(0))), (80, 24)) as view:
        await view.see("Ei tapahtumia.")
        await view.press("down", "up", "end", "pagedown", "enter")
        await view.resize(50, 12)
        await view.see("Ei tapahtumia.")


class Hostile:
    """Entries made of hostile text in every part."""

    async def fetch(self, offset: int, limit: int) -> Page[Entry]:
        await asyncio.sleep(0)
        made = [Entry(str(n), text, text, text, text, text, text, [text]) for n, text in enumerate(ALL)]
        return Page(made[offset : offset + limit], len(ALL))

    async def find(self, key: str) -> int | None:
        return int(key)


async def test_hostile_text_neither_acts_nor_crashes_nor_vanishes() -> None:
    async with opened(FrameApp(lambda: EventScreen(Hostile(), 3)), (80, 40)) as view:
        seen = ""
        for _page in ALL:
            await view.settle()
            seen += view.text
            await view.press("pagedown")
        assert _events(view).cursor == len(ALL) - 1
        assert not (FORBIDDEN_ON_SCREEN - {"\n"}) & set(seen)
        for text in MARKUP:
            assert text[:20] in seen
