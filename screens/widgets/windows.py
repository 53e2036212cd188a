"""Rows of a long list, fetched a window at a time around what is on the screen."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

WINDOW = 100
# About 3,000 rows stay in memory however far a person scrolls.
_KEPT_WINDOWS = 30


class Keyed(Protocol):
    """Anything with a key that stays the same when it is read again."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows from an offset on, and how many there are in all."""

    rows: Sequence[T]
    total: int


class Source(Protocol[T]):
    """Where a list comes from; one source is one filter in one order.

    `fetch` may return fewer rows than the limit only at the end. `find` returns the position of a row
    by its key, or None when it is gone or the source cannot tell; it is asked after a reload only.
    """

    async def fetch(self, offset: int, limit: int) -> Page[T]: ...

    async def find(self, key: str) -> int | None: ...


class RowsInMemory(Generic[T]):
    """A source whose rows are all known; the list follows `rows` when it reads them again."""

    def __init__(self) -> None:
        self.rows: Sequence[T] = ()

    async def fetch(self, offset: int, limit: int) -> Page[T]:
        """Return the rows from `offset` on."""
        return Page(self.rows[offset : offset + limit], len(self.rows))

    async def find(self, key: str) -> int | None:
        """Return the place of a row."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), None)


class Windows(Generic[T]):
    """The rows that have been fetched; asks for no more than one window at a time, the wanted one first.

    `arrived` is called with the positions of rows that have come, `failed` with the error of a fetch.
    Requests never queue: while one is under way only the latest wish counts, so a key held down costs no
    more than the rows that are looked at.
    """

    def __init__(self, arrived: Callable[[range], None], failed: Callable[[Exception], None]) -> None:
        self.total: int | None = None
        self._arrived = arrived
        self._failed = failed
        self._source: Source[T] | None = None
        self._windows: dict[int, Sequence[T]] = {}
        self._wanted: tuple[int, ...] = ()
        self._busy = False
        self._generation = 0

    @property
    def busy(self) -> bool:
        """Whether rows are on their way."""
        return self._busy

    def row(self, index: int) -> T | None:
        """Return the row at a position, None while it has not been fetched or there is none."""
        rows = self._windows.get(index // WINDOW)
        position = index % WINDOW
        return rows[position] if rows is not None and position < len(rows) else None

    def index_of(self, key: str) -> int | None:
        """Return the position of a row among those fetched."""
        for number, rows in self._windows.items():
            for position, row in enumerate(rows):
                if row.key == key:
                    return number * WINDOW + position
        return None

    async def restart(self, source: Source[T] | None, first: int, last: int, key: str | None) -> int | None:
        """Read the rows from `first` to `last` anew and forget the others when they are there.

        Returns the new position of the row `key`. Until then the old rows stay, so that nothing flickers;
        a newer restart makes an older one do nothing (it returns None).
        """
        self._source = source
        self._generation += 1
        generation = self._generation
        if source is None:
            self._windows, self.total = {}, 0
            return None
        found = await source.find(key) if key is not None else None
        if found is not None:
            shift = found - first
            first, last = max(0, found - (last - first)), max(0, last + shift)
        fresh, total = await self._read(source, first, last)
        if generation != self._generation:
            return None
        self._windows, self.total, self._wanted = fresh, total, ()
        return found if found is not None else (self.index_of(key) if key is not None else None)

    def want(self, first: int, last: int, start: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        """Make sure that the rows from `first` to `last` and some on both sides come; `start` runs a task."""
        if self._source is None or self.total is None:
            return
        end = max(0, self.total - 1)
        visible = range(max(0, first) // WINDOW, min(last, end) // WINDOW + 1)
        ahead = range(max(0, first - WINDOW // 2) // WINDOW, min(last + WINDOW // 2, end) // WINDOW + 1)
        self._wanted = tuple(dict.fromkeys([*visible, *ahead]))
        if not self._busy and self._missing() is not None:
            self._busy = True
            start(self._work())

    def _missing(self) -> int | None:
        return next((number for number in self._wanted if number not in self._windows), None)

    async def _work(self) -> None:
        try:
            while (number := self._missing()) is not None and (source := self._source) is not None:
                generation = self._generation
                page = await source.fetch(number * WINDOW, WINDOW)
                if generation != self._generation:
                    continue
                self._windows[number] = page.rows
                self.total = page.total
                self._forget_far()
                self._arrived(range(number * WINDOW, (number + 1) * WINDOW))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self._wanted = ()
            self._failed(error)
        finally:
            self._busy = False

    async def _read(self, source: Source[T], first: int, last: int) -> tuple[dict[int, Sequence[T]], int]:
        fresh: dict[int, Sequence[T]] = {}
        total = 0
        for number in range(first // WINDOW, last // WINDOW + 1):
            page = await source.fetch(number * WINDOW, WINDOW)
            fresh[number], total = page.rows, page.total
            if (number + 1) * WINDOW >= total:
                break
        # The list got shorter than where we were: its end is what there is to see.
        if total and first >= total:
            number = (total - 1) // WINDOW
            fresh = {number: (await source.fetch(number * WINDOW, WINDOW)).rows}
        return fresh, total

    def _forget_far(self) -> None:
        while len(self._windows) > _KEPT_WINDOWS:
            centre = self._wanted[0] if self._wanted else 0
            del self._windows[max(self._windows, key=lambda number: abs(number - centre))]
