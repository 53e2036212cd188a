"""Work that waits for the database, done in a thread while the libraries that draw are still being loaded."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class HeadStart(Generic[T]):
    """Begins `work` at once, in an event loop of its own.

    What it opens may be used in another loop after `result`, not before. A program that ends earlier
    does not wait for it.
    """

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._work = work
        self._future: Future[T] = Future()
        threading.Thread(target=self._run, name="head start", daemon=True).start()

    async def result(self) -> T:
        """Wait for the result; raises what the work raised."""
        return await asyncio.wrap_future(self._future)

    def _run(self) -> None:
        try:
            self._future.set_result(asyncio.run(self._work()))
        except Exception as error:
            self._future.set_exception(error)
