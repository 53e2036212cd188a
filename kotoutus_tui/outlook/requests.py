"""A request to Graph and what came back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

NO_ANSWER = 0


@dataclass(frozen=True)
class Request:
    """One request; `path` begins after the owner, as events/…; `match` is the version it is for."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    match: str | None = None


@dataclass(frozen=True)
class Reply:
    """What came back: `status` is NO_ANSWER when the connection broke."""

    status: int
    body: Any = None
    retry_after: float | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was done as asked."""
        return 200 <= self.status < 300

    @property
    def is_unsure(self) -> bool:
        """Whether it may have been done all the same."""
        return self.status in (NO_ANSWER, 408) or self.status >= 500

    @property
    def code(self) -> str:
        """Graph's own word for the error, or the status."""
        try:
            return str(self.body["error"]["code"])[:60]
        except (KeyError, TypeError):
            return str(self.status)


Ask = Callable[[Request], Awaitable[Reply]]
