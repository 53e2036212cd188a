"""What an appointment to be made holds, and what of it may be stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line

MODES = ("office", "home_visit", "phone", "video", "partner", "other")
_TEXTS = (
    "title", "place", "room", "partner", "interpreter_language", "interpreter", "interpreter_company",
    "interpreter_reference", "overlap_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """An appointment to be made; an interpreter's language makes it twice as long as `minutes`.

    `others` are the clients beside `client_id`; all of them must have been opened.
    """

    kind: str
    starts_at: datetime
    minutes: int = 45
    client_id: UUID | None = None
    room: str = ""
    interpreter_language: str = ""
    interpreter: str = ""
    overlap_reason: str = ""
    others: tuple[UUID, ...] = ()
    title: str = ""
    mode: str = "office"
    place: str = ""
    partner: str = ""
    interpreter_company: str = ""
    interpreter_reference: str = ""
    interpreter_cancel_by: datetime | None = None

    @property
    def clients(self) -> tuple[UUID, ...]:
        """All clients, each once."""
        first = (self.client_id,) if self.client_id else ()
        return tuple(dict.fromkeys((*first, *self.others)))


def values_of(wanted: Wanted) -> dict[str, Any]:
    """Return the columns of an appointment; raises InvalidInput with the field."""
    if wanted.kind not in KINDS:
        raise InvalidInput(
            "kind",
            _("There is no such kind."),
            _("Choose one of these: {names}.").format(names=", ".join(KINDS)),
        )
    if wanted.mode not in MODES:
        raise InvalidInput("mode", _("Choose one of these."))
    if not 5 <= wanted.minutes <= times.LONGEST:
        raise InvalidInput(
            "minutes",
            _("An appointment takes 5 to {most} minutes.").format(most=times.LONGEST),
            _("Correct it."),
        )
    texts = {name: short_line(getattr(wanted, name), name) for name in _TEXTS}
    # What is said twice takes twice the time.
    minutes = wanted.minutes * (2 if texts["interpreter_language"] else 1)
    ends_at = times.end_of(wanted.starts_at, minutes)
    times.check(wanted.starts_at, ends_at)
    return {
        "kind": wanted.kind,
        "mode": wanted.mode,
        "starts_at": wanted.starts_at,
        "ends_at": ends_at,
        "interpreter_cancel_by": wanted.interpreter_cancel_by,
        **{name: text for name, text in texts.items() if text},
    }
