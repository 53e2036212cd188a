"""Calls a function soon after the last of many changes, and at least every half second."""

import asyncio
from collections.abc import Callable

_DELAY = 0.5


class Debounce:
    """`changed` may be called for every key; `flush` calls the function at once if something is pending."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._timer: asyncio.TimerHandle | None = None

    def changed(self) -> None:
        """Note a change."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_DELAY, self._due)

    def flush(self) -> None:
        """Do now what would be done soon."""
        if self._timer is not None:
            self._due()

    def forget(self) -> None:
        """Do nothing after all."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _due(self) -> None:
        self.forget()
        self._act()
