"""How long the catalogue is waited for, how often it is asked, and how long apart."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from kotoutus_tui import clock


@dataclass(frozen=True)
class Patience:
    """Seconds and counts; the clocks are given, so that nothing has to be waited for in a test."""

    tries: int = 5
    tries_before_any_answer: int = 2  # without a network this is found out soon
    shortest_wait: float = 0.5
    longest_wait: float = 30
    longest_asked: float = 60  # of what the catalogue may ask for with Retry-After
    spacing: float = 0.3
    at_once: int = 2
    connect: float = 5
    read: float = 30
    whole_run: float = 1800
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = clock.now
    random: Callable[[float, float], float] = random.uniform

    def wait(self, failed: int, retry_after: str | None) -> float:
        """Return how long to wait after so many failed tries: as long as asked for, else by chance."""
        asked = self._asked(retry_after)
        if asked is not None:
            return min(max(asked, 0), self.longest_asked)
        return self.random(self.shortest_wait, min(self.longest_wait, max(self.shortest_wait, 2.0**failed)))

    def _asked(self, retry_after: str | None) -> float | None:
        told = (retry_after or "").strip()
        if told.isdecimal():
            return float(told[:9])
        try:
            moment = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError):
            return None
        # A date without a zone is in UTC by the rules of HTTP.
        moment = moment if moment.tzinfo else moment.replace(tzinfo=self.now().tzinfo)
        return (moment - self.now()).total_seconds()
