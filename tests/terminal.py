"""A real terminal for tests: starts a program in a pty, sends keys, reads the screen and every byte.

    with Terminal([sys.executable, "-m", "…"], size=(120, 40)) as terminal:
        terminal.wait_for("Asiakkaat")
        terminal.send(DOWN)
        sent = terminal.settle()            # the bytes that came, until nothing more comes
        assert "Amina" in terminal.line(3)

Where nothing is to be seen, `wait_until` fails with the screen as it is.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
PAGE_UP, PAGE_DOWN, HOME, END = "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F"
ENTER, ESCAPE, TAB, SPACE, CTRL_L, CTRL_P = "\r", "\x1b", "\t", " ", "\x0c", "\x10"


class Terminal:
    """A program in a pty of `size` (columns, lines), seen through the screen of a VT100 (pyte)."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        term: str = "xterm-256color",
        cwd: Path | None = None,
    ) -> None:
        columns, lines = size
        # PYTHONPATH and the like come from the test; colours of the machine that runs it do not.
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        self.process = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(lines, columns),
            env={**kept, "LANG": "C.UTF-8", "TERM": term, **(env or {})},  # type: ignore[arg-type]
            cwd=cwd,  # type: ignore[arg-type]
            timeout=10,
        )
        self.process.delaybeforesend = None
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    def send(self, keys: str) -> None:
        """Press keys, as the bytes a terminal sends for them."""
        self.process.send(keys)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.process.setwinsize(lines, columns)
        self.screen.resize(lines, columns)

    def read(self, timeout: float = 0.05) -> bytes:
        """Return what comes within `timeout` seconds; empty when nothing does."""
        try:
            data = self.process.read_nonblocking(65536, timeout)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return b""
        self.received += data
        # pyte does not know the private sequences with ">", "=" and "$" and would print their letters.
        self._stream.feed(_without_queries(data))
        return data

    def settle(self, quiet: float = 0.15, limit: float = 10) -> bytes:
        """Return everything that comes until nothing has come for `quiet` seconds."""
        came = bytearray()
        end = time.monotonic() + limit
        while time.monotonic() < end and (data := self.read(quiet)):
            came += data
        return bytes(came)

    def wait_until(self, condition: Callable[[], bool], limit: float = 15) -> None:
        """Read until the condition holds; fails with the screen as it is when it never does."""
        end = time.monotonic() + limit
        while not condition():
            self.read()
            if time.monotonic() > end:
                raise AssertionError(f"never happened; the screen shows:\n{self.text}")

    def wait_for(self, text: str, limit: float = 15) -> None:
        """Read until `text` stands on the screen."""
        self.wait_until(lambda: text in self.text, limit)

    def wait_for_exit(self, limit: float = 10) -> int:
        """Read until the program has ended; return its exit code, or minus the signal that killed it."""
        end = time.monotonic() + limit
        while self.process.isalive():
            self.read()
            if time.monotonic() > end:
                raise AssertionError(f"still running; the screen shows:\n{self.text}")
        self.settle()
        status, killed_by = self.process.exitstatus, self.process.signalstatus
        return status if status is not None else -(killed_by or 0)

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.line(y) for y in range(self.screen.lines))

    def line(self, y: int) -> str:
        """One line of the screen, counted from 0."""
        # Not the screen's own `display`: half a wide letter, in the middle of a frame, is an error there.
        cells = self.screen.buffer[y]
        return "".join(cells[x].data for x in range(self.screen.columns)).rstrip()


def _without_queries(data: bytes) -> bytes:
    for query in (b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[>25u", b"\x1b[<u", b"\x1b[=25u"):
        data = data.replace(query, b"")
    return data
