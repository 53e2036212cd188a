"""Faults on order: what goes wrong with which request or batch item, to see what is kept."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["refuse", "after", "drop", "drop_after"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request.

    `refuse` answers `status` without doing it, `after` does it and answers `status` all the same, `drop`
    and `drop_after` close the connection before or after doing it.
    """

    kind: Kind
    status: int = 503
    retry_after: int | None = None


@dataclass
class Faults:
    """Faults by the number of the request, counted from 0; items of batches are counted for themselves.

    `throttle_every` answers 429 to every so manieth item the first time it comes.
    """

    requests: dict[int, Fault] = field(default_factory=dict[int, Fault])
    items: dict[int, Fault] = field(default_factory=dict[int, Fault])
    throttle_every: int = 0
    retry_after: int = 7
    request_count: int = 0
    item_count: int = 0

    def of_request(self) -> Fault | None:
        """Count a request and return its fault."""
        number, self.request_count = self.request_count, self.request_count + 1
        return self.requests.get(number)

    def of_item(self) -> Fault | None:
        """Count an item of a batch and return its fault."""
        number, self.item_count = self.item_count, self.item_count + 1
        if self.throttle_every and number % self.throttle_every == self.throttle_every - 1:
            return Fault("refuse", 429, self.retry_after)
        return self.items.get(number)
