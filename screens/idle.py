"""What happens when nobody touches a key: the screen goes blank, later the program ends."""

import asyncio
from collections.abc import Callable


class IdleWatch:
    """Calls each action once after its seconds without input, and again after the next silence.

    One timer of the event loop sleeps until the first action is due, so an idle session does nothing.
    """

    def __init__(self, *actions: tuple[float, Callable[[], None]]) -> None:
        self._actions = sorted(
            ((after, act) for after, act in actions if after > 0), key=lambda each: each[0]
        )
        self._next = 0
        self._last = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to watch."""
        self.touch()
        self._sleep()

    def stop(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def touch(self) -> None:
        """Note that somebody is here."""
        self._last = asyncio.get_running_loop().time()
        if self._next:
            self._next = 0
            self._sleep()

    def _sleep(self) -> None:
        self.stop()
        if self._next < len(self._actions):
            due = self._last + self._actions[self._next][0]
            self._timer = asyncio.get_running_loop().call_at(due, self._woken)

    def _woken(self) -> None:
        after, act = self._actions[self._next]
        if asyncio.get_running_loop().time() - self._last >= after - 0.001:
            self._next += 1
            act()
        self._sleep()
