"""Studies of a client: civic orientation, training, own studies and language tests.

The client must have been opened. Each study stands on the timeline as a service.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import records, study_words
from kotoutus_tui.casework.period_reading import StudyRow
from kotoutus_tui.casework.records import Prepare, Telling, Values
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_FILE = Path(__file__).with_name("study_hours.toml")
_LONGEST = 100_000  # minutes


@dataclass(frozen=True)
class Orientation:
    """How many minutes of civic orientation were had and are required, and where that is said."""

    minutes: int
    required: int
    section: str
    decree: str

    @property
    def left(self) -> int:
        """The minutes that are missing."""
        return max(0, self.required - self.minutes)


def orientation(studies: Iterable[StudyRow], today: date) -> Orientation | None:
    """Return how far the civic orientation is, by what is required on `today`; None when nothing is."""
    had = sum(study.minutes or 0 for study in studies if study.kind == "civic_orientation")
    for since, hours, section, decree in reversed(_required()):
        if since <= today:
            return Orientation(had, hours * 60, section, decree)
    return None


async def add_study(db: "Database", client_id: UUID, wanted: Values, *, operation_id: UUID) -> None:
    """Add a study: `kind`, `title`, `provider`, `language`, `starts_on`, `ends_on`, `minutes`, `level`.

    Raises InvalidInput with the field.
    """
    await records.add(db, client_id, "study", wanted, _prepare(wanted), operation_id=operation_id)


async def change_study(
    db: "Database", client_id: UUID, row_id: UUID, was: Values, wanted: Values, *, operation_id: UUID
) -> None:
    """Change a study seen as `was`; raises FieldConflict when somebody changed the same."""
    await records.change(
        db, client_id, "study", row_id, was, wanted, _prepare(wanted), operation_id=operation_id
    )


def _prepare(wanted: Values) -> Prepare:
    _check(wanted)

    async def prepare(_session: "AsyncSession") -> Telling:
        starts, ends = wanted["starts_on"], wanted["ends_on"]
        past = [day for day in (ends, starts) if isinstance(day, date) and day <= clock.today()]
        at = clock.moment_of(past[0]) if past else None
        return Telling("service", study_words.told(records.cleaned(wanted)), at)

    return prepare


def _check(wanted: Values) -> None:
    kind, starts, ends, minutes = (wanted[name] for name in ("kind", "starts_on", "ends_on", "minutes"))
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        raise InvalidInput("ends_on", _("The end is before the beginning."))
    if isinstance(minutes, int) and not 0 <= minutes <= _LONGEST:
        raise InvalidInput("minutes", _("That is more than fits in an integration period."))
    if kind == "civic_orientation" and minutes is None:
        raise InvalidInput("minutes", _("The hours are counted towards the 70 (25 § 681/2023)."))
    if kind == "language_test" and not (wanted["level"] and wanted["language"]):
        field = "level" if wanted["language"] else "language"
        raise InvalidInput(field, _("A test tells a language and the level reached (27 § 681/2023)."))


@lru_cache(maxsize=1)
def _required() -> list[tuple[date, int, str, str]]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["civic_orientation"]
    return sorted((each["from"], each["hours"], each["section"], each["decree"]) for each in entries)
