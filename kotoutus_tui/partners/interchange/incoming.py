"""What a file says, in the words of the own network, and what of it was not understood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange.values import clean_enough
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line, clean_prose, short_line, short_prose

Facts = dict[str, Any]
PROSE = frozenset({"summary_fi", "summary_sv", "summary_en", "who_may_come", "what_to_bring"})
_SHOWN = 40


@dataclass(frozen=True)
class Remark:
    """What of a row was left out: the file or table, the row, the column, the value in short, and why."""

    part: str
    row: int
    column: str
    value: str
    reason: str


@dataclass
class Record:
    """A thing in the file; `key` is its id there, `of` names other things by their ids there.

    A missing fact is not known, which never takes away what is known here.
    """

    part: str
    row: int
    key: str
    facts: Facts = field(default_factory=dict[str, Any])
    of: dict[str, str] = field(default_factory=dict[str, str])


@dataclass
class Incoming:
    """All things of a file; `hours` and `given` refer to services and places by their ids in the file.

    `digest` is the SHA-256 of the file, `columns` the file's own words for the columns of a table.
    """

    kind: str
    language: str = "fi"
    digest: str = ""
    organisations: list[Record] = field(default_factory=list[Record])
    services: list[Record] = field(default_factory=list[Record])
    places: list[Record] = field(default_factory=list[Record])
    given: list[Record] = field(default_factory=list[Record])
    hours: list[Record] = field(default_factory=list[Record])
    contacts: list[Record] = field(default_factory=list[Record])
    remarks: list[Remark] = field(default_factory=list[Remark])
    columns: dict[str, str] = field(default_factory=dict[str, str])
    ignored: list[str] = field(default_factory=list[str])

    def remark(self, part: str, row: int, column: str, value: str, reason: str) -> None:
        """Note what was left out."""
        self.remarks.append(Remark(part, row, column, clean_enough(value)[:_SHOWN], reason))

    def take(
        self, record: Record, column: str, name: str, text: str, read: Callable[[str], Any] | None = None
    ) -> None:
        """Put the text of a cell among the facts as `name`, or note why not; an empty one says nothing."""
        if not text.strip():
            return
        try:
            record.facts[name] = read(clean_line(text)) if read else cleaned(name, text)
        except InvalidInput as error:
            self.remark(record.part, record.row, column, text, error.sentence)

    @property
    def count(self) -> int:
        """How many organisations, services and contact persons there are."""
        return len(self.organisations) + len(self.services) + len(self.contacts)


def cleaned(name: str, text: str) -> str | None:
    """Return a text as the database takes it; raises InvalidInput."""
    if name in PROSE:
        return short_prose(clean_prose(text))
    return short_line(" ".join(clean_prose(text).split()))


def whole_number(text: str) -> int:
    """Return a number of places or days; raises InvalidInput."""
    number = text.removesuffix(".0")
    if not number.isdecimal() or not number.isascii() or len(number) > 4:
        raise InvalidInput("", _("Write a number."))
    return int(number)
