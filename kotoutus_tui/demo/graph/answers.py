"""What the server answers: a status, headers and JSON or a page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """One answer; `body` is None for nothing, text for a page, else JSON."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def content(self) -> bytes:
        """Return the bytes of the body."""
        if self.body is None:
            return b""
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()

    def kind(self) -> str:
        """Return the type of the content."""
        return "text/html; charset=utf-8" if isinstance(self.body, str) else "application/json"


class Refused(Exception):
    """A request that Graph answers with an error."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.answer = Answer(status, {"error": {"code": code, "message": message}}, dict(headers or {}))
