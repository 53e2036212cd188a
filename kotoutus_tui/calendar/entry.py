"""Appointments as a hand-over sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """A client of an appointment, as far as a title may need to know."""

    given: str
    family: str
    number: str
    protected: bool


@dataclass(frozen=True)
class Series:
    """How an appointment repeats: `weekdays` holds codes as MO,WE, of a weekly one alone."""

    id: UUID
    frequency: str
    every: int
    weekdays: str | None
    starts_at: datetime
    times: int


@dataclass(frozen=True)
class Sent:
    """What the last hand-over said of an appointment; `gone` when its deletion was asked for."""

    sequence: int
    starts_at: datetime
    gone: bool


@dataclass(frozen=True)
class Entry:
    """One appointment, or one occurrence of a series; moments are aware."""

    id: UUID
    kind: str
    mode: str
    room: str | None
    starts_at: datetime
    ends_at: datetime
    sequence: int
    updated_at: datetime
    cancelled: bool = False
    series: Series | None = None
    original_start: datetime | None = None
    people: tuple[Person, ...] = ()
    sent: Sent | None = None

    @property
    def is_changed(self) -> bool:
        """Whether what was sent is not what holds."""
        return self.sent is None or (self.sent.sequence, self.sent.starts_at) != (
            self.sequence,
            self.starts_at,
        )
