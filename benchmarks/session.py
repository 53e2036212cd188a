"""A program in a pty of its own, watched to the microsecond: when bytes come, how many, and from whom."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, LINES = 120, 40
DOWN, ENTER, ESCAPE, PAGE_DOWN = b"\x1b[B", b"\r", b"\x1b", b"\x1b[6~"
_PATIENCE = 60.0


class Session:
    """Starts `command` at once; `began` is the moment just before, all times are of time.perf_counter."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: Path = Path("/")) -> None:
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        self.received = bytearray()
        self.began = self.last = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            with suppress(OSError):
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                os.chdir(cwd)
                os.execvpe(command[0], list(command), dict(env))
            os._exit(127)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def send(self, keys: bytes) -> float:
        """Press keys and return the moment."""
        moment = time.perf_counter()
        os.write(self._terminal, keys)
        return moment

    def read(self, timeout: float) -> bytes:
        """Return what comes within `timeout` seconds; `last` is when the last bytes came."""
        ready, _, _ = select.select([self._terminal], [], [], timeout)
        if not ready:
            return b""
        try:
            came = os.read(self._terminal, 65536)
        except OSError:  # Linux says so when the program has ended
            return b""
        if came:
            self.last = time.perf_counter()
            self.received += came
        return came

    def until(
        self, pattern: bytes | Callable[[bytes], bool], since: int = 0, limit: float = _PATIENCE
    ) -> float:
        """Return the moment when `pattern` had come after position `since` of what was received."""
        found = pattern if callable(pattern) else lambda received: pattern in received
        end = time.perf_counter() + limit
        while not found(bytes(self.received[since:])):
            if not self.read(0.25) and (time.perf_counter() > end or not self.alive):
                raise RuntimeError(f"never came: {pattern!r}; the end of what did: {self.received[-600:]!r}")
        return self.last

    def settle(self, quiet: float, limit: float = _PATIENCE) -> int:
        """Read until nothing has come for `quiet` seconds; return how many bytes came."""
        before = len(self.received)
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(quiet):
            pass
        return len(self.received) - before

    def press(self, key: bytes, quiet: float = 0.06) -> tuple[float, int]:
        """Press one key and return the seconds until its last byte came, and the number of bytes.

        What comes after `quiet` seconds of silence belongs to something else and is passed over by the next.
        """
        self.settle(0.0)
        before = len(self.received)
        sent = self.send(key)
        while len(self.received) == before:
            if not self.read(1.0) and time.perf_counter() - sent > 5:
                raise RuntimeError(f"no answer to the key {key!r}")
        self.settle(quiet)
        return self.last - sent, len(self.received) - before

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        with suppress(ChildProcessError):
            return os.waitpid(self.pid, os.WNOHANG)[0] == 0
        return False

    def close(self) -> None:
        """End the program as a closed window does, by force when that is not enough."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGHUP)
            end = time.perf_counter() + 5
            while self.alive and time.perf_counter() < end:
                self.read(0.05)
            if self.alive:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
        os.close(self._terminal)
