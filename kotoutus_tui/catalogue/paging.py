"""Reads lists page by page: each item once, however the pages shift, and every gap is told."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kotoutus_tui.catalogue import faults
from kotoutus_tui.catalogue.client import Answer, Client, Query
from kotoutus_tui.catalogue.faults import Broken
from kotoutus_tui.catalogue.raw import Item, table_of
from kotoutus_tui.catalogue.staging import Pages
from kotoutus_tui.i18n import _

T = TypeVar("T")
Progress = Callable[[str, int, int | None], object]

_ROUNDS = 3
_MOST_PAGES = 5_000


@dataclass(frozen=True)
class Page:
    """One page of a list: its items, how many pages there are, and how many items if that is told."""

    items: Sequence[Item]
    pages: int
    total: int | None


@dataclass(frozen=True)
class Form:
    """How one version of the catalogue writes pages and keys."""

    read: Callable[[Any], Page]
    key: Callable[[Item], str]
    size: Query = ()


@dataclass
class Reader:
    """Answers of one run: those kept from before it was cut off, and the rest from the catalogue.

    `missing` collects what the catalogue failed to tell, in words; `dangling` counts what it names but
    does not have.
    """

    client: Client
    pages: Pages
    form: Form
    progress: Progress
    missing: list[str] = field(default_factory=list[str])
    dangling: int = 0

    async def every(self, part: str, path: str, query: Query) -> list[Item]:
        """Return all items of a list; `part` is what they are, in words. Raises as the client.

        A list that changed while it was read is read again: what moved to a page before was not seen.
        """
        seen: dict[str, Item] = {}
        for again in range(_ROUNDS):
            found, totals = await self._round(part, path, query, anew=again > 0)
            seen |= found
            if totals is None:
                return list(seen.values())
            if len(totals) < 2 and all(total is None or len(found) >= total for total in totals):
                return list(found.values())
        self.missing.append(part)
        return list(seen.values())

    async def one(self, part: str, path: str, *, expected: bool = True) -> Item | None:
        """Return one thing by its path; None when it is not there, or could not be told (which is noted)."""
        try:
            answer = await self._answer(path, (), 0)
        except Broken:
            self.missing.append(part)
            return None
        if answer.status != 200:
            self.dangling += expected
            return None
        if not (content := table_of(answer.content)):
            raise faults.unfamiliar()
        return content

    async def any(self, part: str, path: str, query: Query = ()) -> Any:
        """Return the content of an answer that is no page; None when there is none, or as with `one`."""
        try:
            return (await self._answer(path, query, 0)).content
        except Broken:
            self.missing.append(part)
            return None

    async def _round(
        self, part: str, path: str, query: Query, *, anew: bool
    ) -> tuple[dict[str, Item], set[int | None] | None]:
        """Return the items of all pages and what totals these told; None when a page is missing."""
        found: dict[str, Item] = {}
        totals: set[int | None] = set()
        whole, last, number = True, 1, 0
        while number < min(last, _MOST_PAGES):
            number += 1
            try:
                answer = await self._answer(path, [*query, *self.form.size], number, anew=anew)
            except Broken:
                whole = False
                self.missing.append(_("{part}, page {page}").format(part=part, page=number))
                continue
            page = self.form.read(answer.content)
            found.update((self.form.key(item), item) for item in page.items)
            totals.add(page.total)
            last = page.pages
            self.progress(part, number, last)
            if not page.items:
                break
        return found, totals if whole else None

    async def _answer(self, path: str, query: Query, page: int, *, anew: bool = False) -> Answer:
        written = "&".join(f"{name}={value}" for name, value in query)
        key = (path, written, page)
        kept = None if anew else await self.pages.kept(key)
        if kept is not None:
            return kept
        asked = [*query, ("page", str(page))] if page else query
        answer = await self.client.get(path, asked)
        if page:
            # What cannot be read is not kept.
            if answer.status != 200:
                raise faults.gone()
            self.form.read(answer.content)
        await self.pages.keep(key, answer)
        return answer


async def together(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return what all of them return; the first that fails ends the others and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from several.exceptions[0].__cause__
    return [task.result() for task in tasks]


def chunks(keys: Iterable[str], size: int) -> list[list[str]]:
    """Return the keys in order, so many at a time, the same ones each time."""
    ordered = sorted(set(keys))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
