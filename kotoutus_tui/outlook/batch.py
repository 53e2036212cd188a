"""Requests of many appointments put together into batches of at most 20, one batch at a time.

Graph works on four requests of a batch at once for one mailbox, so that a second batch would only be
throttled. Each appointment's own requests follow one another.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any

from kotoutus_tui.outlook.graph import Graph, seconds_of
from kotoutus_tui.outlook.requests import NO_ANSWER, Reply, Request

LARGEST = 20


class Batcher:
    """Gathers what its works ask at the same time; `ask` is for them alone."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._waiting: list[tuple[Request, asyncio.Future[Reply]]] = []
        self._at_work = 0
        self._sending: asyncio.Task[None] | None = None

    async def carry_out(self, works: Iterable[Awaitable[None]]) -> list[BaseException | None]:
        """Carry the works out side by side and return the error of each, None for one that succeeded."""
        try:
            return await asyncio.gather(*[self._work(each) for each in works], return_exceptions=True)
        finally:
            if self._sending is not None:
                self._sending.cancel()

    async def ask(self, request: Request) -> Reply:
        """Send a request with the next batch, again when its own part of the answer asks to wait."""
        return await self._graph.patiently(request, self._gathered, self.wait)

    async def wait(self, seconds: float) -> None:
        """Wait without keeping the others waiting."""
        self._rest()
        try:
            await self._graph.wait(seconds)
        finally:
            self._at_work += 1

    async def _work(self, work: Awaitable[None]) -> None:
        self._at_work += 1
        try:
            await work
        finally:
            self._rest()

    async def _gathered(self, request: Request) -> Reply:
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, future))
        self._rest()
        return await future

    def _rest(self) -> None:
        self._at_work -= 1
        self._look()

    def _look(self) -> None:
        if self._sending is None and self._waiting and (self._at_work <= 0 or len(self._waiting) >= LARGEST):
            taken, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            # Kept until it is done; ended with the works.
            self._sending = asyncio.create_task(self._send(taken))

    async def _send(self, taken: list[tuple[Request, asyncio.Future[Reply]]]) -> None:
        whole = self._replies([request for request, _future in taken])
        (found,) = await asyncio.gather(whole, return_exceptions=True)
        self._at_work += len(taken)
        for number, (_request, future) in enumerate(taken):
            if isinstance(found, BaseException):
                future.set_exception(found)
            else:
                future.set_result(found[number])
        self._sending = None
        self._look()

    async def _replies(self, requests: list[Request]) -> list[Reply]:
        if len(requests) == 1:
            return [await self._graph.once(requests[0])]
        items: list[dict[str, Any]] = [
            {
                "id": str(number),
                "method": each.method,
                "url": self._graph.url(each),
                "headers": self._graph.headers(each),
            }
            | ({} if each.body is None else {"body": each.body})
            for number, each in enumerate(requests)
        ]
        whole = await self._graph.batch(items)
        if not whole.is_done or not isinstance(whole.body, dict):
            return [whole for _each in requests]
        found: dict[str, Any] = {each["id"]: each for each in whole.body.get("responses", [])}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return [_reply(found.get(str(number))) for number in range(len(requests))]


def _reply(item: Any) -> Reply:
    if item is None:
        return Reply(NO_ANSWER)
    return Reply(int(item["status"]), item.get("body"), seconds_of(item.get("headers")))
