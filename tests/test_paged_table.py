"""The table: any length, cursor kept by key, columns that give way, nothing fetched twice or in vain."""

import asyncio
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.geometry import Region

from kotoutus_tui.errors import Unreachable
from screens.base import BaseScreen
from screens.widgets.columns import GAP, Column, place
from screens.widgets.paged_table import Page, PagedTable, Row
from tests.desk import FrameApp, View, opened
from tests.hostile import ALL, FORBIDDEN_ON_SCREEN, MARKUP

COLUMNS = (
    Column("mark", "", 1, priority=9),
    Column("name", "Nimi", 16, grow=2, most=40, priority=10),
    Column("next", "Seuraava", 20, grow=1, priority=8),
    Column("days", "Pv", 4, align="right", priority=7),
    Column("language", "Kieli", 8, priority=2),
)


class Numbers:
    """Rows 0, 1, 2 … in memory; remembers what was asked for and can be made to wait or to fail."""

    def __init__(self, total: int, *, texts: list[str] | None = None) -> None:
        self.keys = list(range(total))
        self.texts = texts or []
        self.asked: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None

    async def fetch(self, offset: int, limit: int) -> Page[Row]:
        self.asked.append(offset)
        await self.gate.wait()
        if self.error:
            raise self.error
        rows = [self.row(key) for key in self.keys[offset : offset + limit]]
        return Page(rows, len(self.keys))

    async def find(self, key: str) -> int | None:
        return self.keys.index(int(key)) if int(key) in self.keys else None

    def row(self, key: int) -> Row:
        name = self.texts[key] if self.texts else f"Asiakas {key}"
        return Row(str(key), [("!", "alert") if key % 7 == 0 else "", name, "Tapaaminen", str(key), "arabia"])


class TableScreen(BaseScreen):
    """One table."""

    def __init__(self, source: Numbers) -> None:
        super().__init__()
        self.source = source
        self.moved: list[str | None] = []
        self.opened: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield PagedTable(COLUMNS, empty="Ei asiakkaita.", id="table")

    async def load(self) -> None:
        self.heading = "Asiakkaat"
        table = self.query_one(PagedTable)
        if table.total is None:
            table.show(self.source)
        else:
            table.reload()

    def on_line_list_moved(self, event: PagedTable.Moved) -> None:
        self.moved.append(event.key)

    def on_line_list_opened(self, event: PagedTable.Opened) -> None:
        self.opened.append(event.key)


def _table(view: View) -> PagedTable:
    return view.find(PagedTable)


def _screen(view: View) -> TableScreen:
    assert isinstance(view.app.screen, TableScreen)
    return view.app.screen


async def test_rows_stand_under_their_headings_and_numbers_at_the_right() -> None:
    async with opened(FrameApp(lambda: TableScreen(Numbers(300))), (80, 24)) as view:
        heading, first = view.line(1), view.line(2)
        assert heading.index("Nimi") == first.index("Asiakas 0")
        assert heading.index("Seuraava") == first.index("Tapaaminen")
        tenth = view.line(12)
        assert heading.index("Pv") + 2 == tenth.index("10", tenth.index("Tapaaminen")) + 2
        assert first.startswith("▌ !")


async def test_a_million_rows_open_with_one_window_and_the_end_is_one_key_away() -> None:
    source = Numbers(1_000_000)
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        assert len(source.asked) <= 2
        await view.press("end")
        await view.see("Asiakas 999999")
        assert _table(view).cursor_key == "999999"
        assert len(source.asked) <= 5
        await view.press("home")
        await view.until(lambda: _table(view).cursor_key == "0")


async def test_a_key_held_down_fetches_only_what_is_looked_at() -> None:
    source = Numbers(100_000)
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        source.gate.clear()
        await view.press(*["pagedown"] * 20)
        assert len(source.asked) <= 4
        assert "·" in view.line(10)
        source.gate.set()
        await view.settle()
        assert f"Asiakas {_table(view).cursor}" in view.text
        assert len(source.asked) <= 10


async def test_the_cursor_always_stands_on_the_screen() -> None:
    async with opened(FrameApp(lambda: TableScreen(Numbers(500))), (80, 12)) as view:
        table = _table(view)
        for key in [
            *["down"] * 12,
            *["pagedown"] * 3,
            *["up"] * 12,
            "end",
            *["up"] * 11,
            "pageup",
            "home",
            "up",
        ]:
            await view.press(key)
            assert table.top <= table.cursor < table.top + 9
            assert view.line(2 + table.cursor - table.top).startswith("▌")


async def test_a_reload_keeps_the_cursor_on_its_row_and_the_row_in_its_place() -> None:
    source = Numbers(5_000)
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        table = _table(view)
        await view.press(*["pagedown"] * 10, *["down"] * 3)
        await view.settle()
        key, row_on_screen = table.cursor_key, table.cursor - table.top
        assert key is not None
        source.keys[:0] = [9_000, 9_001, 9_002]
        await view.press("space")
        selected = table.selected
        await view.press("up")
        table.reload()
        await view.settle()
        assert table.cursor_key == key
        assert table.cursor - table.top == row_on_screen
        assert table.selected == selected == {key}
        assert table.total == 5_003


async def test_a_reload_draws_only_the_lines_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Numbers(40, texts=[f"Asiakas {number}" for number in range(40)])
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        table, drawn = _table(view), list[tuple[Region, ...]]()
        original = table.refresh
        monkeypatch.setattr(
            table, "refresh", lambda *regions, **other: (drawn.append(regions), original(*regions, **other))
        )
        source.texts[3] = "Uusi nimi"
        _screen(view).go_stale()
        await view.see("Uusi nimi")
        await view.settle()
        assert [(region.y, region.height) for regions in drawn for region in regions] == [(4, 1)]
        assert all(drawn)


async def test_the_screen_shows_what_the_rows_say_after_any_moves_and_reloads() -> None:
    random = Random(4)
    source = Numbers(90, texts=[f"Asiakas {number}" for number in range(200)])
    keys = ("down", "up", "pagedown", "pageup", "end", "home", "down", "down", "space")
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        table = _table(view)
        for step in range(150):
            for _ in range(random.randrange(4)):
                source.texts[random.randrange(90)] = f"Muutos {step}"
            if random.random() < 0.2:
                source.keys.insert(random.randrange(len(source.keys)), 90 + step % 100)
                source.keys = list(dict.fromkeys(source.keys))
            if random.random() < 0.2:
                del source.keys[random.randrange(len(source.keys))]
            source.gate.clear()
            _screen(view).go_stale()
            await view.press(*random.choices(keys, k=random.randrange(3)))
            source.gate.set()
            await view.settle()
            wanted = [table.render_line(y).text.rstrip() for y in range(table.size.height)]
            assert view.lines[1 : 1 + table.size.height] == wanted


async def test_a_row_that_is_gone_leaves_the_cursor_where_it_was() -> None:
    source = Numbers(50)
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        await view.press(*["down"] * 10)
        source.keys.remove(10)
        _table(view).reload()
        await view.settle()
        assert _table(view).cursor_key == "11"
        del source.keys[5:]
        _table(view).reload()
        await view.settle()
        assert _table(view).cursor_key == "4"
        source.keys.clear()
        _table(view).reload()
        await view.see("Ei asiakkaita.")
        await view.press("down", "enter", "space", "end", "pageup")
        assert _table(view).cursor_key is None
        assert not _screen(view).opened


async def test_old_rows_stay_until_the_new_ones_are_there() -> None:
    source = Numbers(300)
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        source.gate.clear()
        _table(view).reload()
        await view.pilot.pause()
        assert "Asiakas 3" in view.text
        source.gate.set()
        await view.settle()


async def test_an_error_is_told_in_place_and_the_rows_stay() -> None:
    source = Numbers(300)
    async with opened(FrameApp(lambda: TableScreen(source)), (80, 24)) as view:
        source.error = Unreachable("Tietokanta ei vastaa.", "Yritä hetken päästä uudelleen.")
        _table(view).reload()
        await view.see("! Tietokanta ei vastaa. Yritä hetken päästä uudelleen.")
        assert "Asiakas 3" in view.text
        source.error = None
        await view.press("ctrl+r")
        await view.until(lambda: "Tietokanta" not in view.text)


async def test_enter_opens_space_selects_and_letters_do_nothing() -> None:
    async with opened(FrameApp(lambda: TableScreen(Numbers(30))), (80, 24)) as view:
        await view.press("down", "enter", "z", "å", "space", "space")
        await view.until(lambda: _screen(view).opened == ["1"])
        assert _table(view).selected == {"1", "2"}
        assert view.line(3).startswith(" *")
        await view.press("up", "space")
        assert _table(view).selected == {"1"}


async def test_moves_are_told_once_and_only_when_the_row_is_another() -> None:
    async with opened(FrameApp(lambda: TableScreen(Numbers(30))), (80, 24)) as view:
        await view.press("down", "down", "up")
        await view.resize(100, 30)
        await view.press("home", "up", "up")
        await view.until(lambda: _screen(view).moved[-1] == "0")
        moved = _screen(view).moved
        assert all(one != other for one, other in pairwise(moved))


async def test_columns_give_way_by_their_priority() -> None:
    async with opened(FrameApp(lambda: TableScreen(Numbers(30))), (100, 24)) as view:
        assert "Kieli" in view.line(1)
        await view.resize(59, 24)
        assert "Kieli" not in view.line(1)
        assert "Seuraava" in view.line(1)
        await view.resize(42, 24)
        assert "Seuraava" not in view.line(1)
        assert "Asiakas 0" in view.line(2)


async def test_the_scroll_bar_tells_where_we_are() -> None:
    async with opened(FrameApp(lambda: TableScreen(Numbers(1000))), (80, 24)) as view:
        bar = lambda: [y for y, line in enumerate(view.lines) if line.endswith("┃")]  # noqa: E731
        assert bar() == [1]
        await view.press("end")
        await view.settle()
        assert bar() == [22]


@pytest.mark.parametrize("size", [(80, 24), (43, 12)])
async def test_hostile_names_neither_act_nor_crash_nor_vanish(size: tuple[int, int]) -> None:
    source = Numbers(len(ALL), texts=list(ALL))
    async with opened(FrameApp(lambda: TableScreen(source)), size) as view:
        seen = ""
        for _page in range(len(ALL) // (size[1] - 4) + 2):
            await view.settle()
            seen += view.text
            await view.press("pagedown")
        assert not (FORBIDDEN_ON_SCREEN - {"\n"}) & set(seen)
        for text in MARKUP:
            assert text[:14] in seen


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3), st.integers(1, 10)), min_size=1, max_size=12)
)
def test_columns_never_take_more_room_than_there_is(given_columns: list[tuple[int, int, int]]) -> None:
    columns = [
        Column(str(number), "", width, grow=grow, priority=priority)
        for number, (width, grow, priority) in enumerate(given_columns)
    ]
    for room in (5, 20, 77, 197):
        placed = place(columns, room)
        assert placed
        assert sum(each.width for each in placed) + GAP * (len(placed) - 1) <= room
        assert [each.index for each in placed] == sorted(each.index for each in placed)
