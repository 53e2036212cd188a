"""Signals that end the program, and the end that nothing can put off.

When a terminal is gone, Textual's writer dies and the program would wait for ever to write to it.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable

ENDING = (signal.SIGHUP, signal.SIGTERM)
_PATIENCE = 10.0  # seconds from the signal; drafts are on the disk within two


def listen(leave: Callable[[], None]) -> None:
    """Call `leave` in the running loop at a signal; end with exit code 0 if that takes too long."""
    loop = asyncio.get_running_loop()

    # Not loop.add_signal_handler: a loop that waits to write would never hear it.
    def answer(_number: int, _frame: object) -> None:
        timer = threading.Timer(_PATIENCE, os._exit, (0,))
        timer.daemon = True
        timer.start()
        loop.call_soon_threadsafe(leave)

    for number in ENDING:
        signal.signal(number, answer)


def stop_listening() -> None:
    """Give the signals back."""
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
