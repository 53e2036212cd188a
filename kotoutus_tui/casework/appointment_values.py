"""What an appointment is to be, checked and ready to be stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework.appointment_words import GENDERS, MODES
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line

_TEXTS = (
    "title", "place", "room", "partner", "interpreter_language", "interpreter", "interpreter_company",
    "interpreter_reference", "interpreter_gender", "overlap_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """An appointment to be made; an interpreter's language makes it twice as long as `minutes`.

    `others` are the clients beside `client_id`; all of them must have been opened. The last three say what
    they were told at booking of the fee for not coming (681/2023 section 32 a).
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
    interpreter_gender: str = ""
    told_of_fee: bool = False
    told_how_to_cancel: bool = False
    understood: bool = False

    @property
    def clients(self) -> tuple[UUID, ...]:
        """All clients, each once."""
        first = (self.client_id,) if self.client_id else ()
        return tuple(dict.fromkeys((*first, *self.others)))


def values_of(wanted: Wanted) -> dict[str, Any]:
    """Return the columns of an appointment; raises InvalidInput with the field."""
    if not 5 <= wanted.minutes <= times.LONGEST:
        raise InvalidInput(
            "minutes",
            _("An appointment takes 5 to {most} minutes.").format(most=times.LONGEST),
            _("Correct it."),
        )
    # What is said twice takes twice the time.
    minutes = wanted.minutes * (2 if wanted.interpreter_language.strip() else 1)
    values = {
        "kind": wanted.kind,
        "mode": wanted.mode,
        "starts_at": wanted.starts_at,
        "ends_at": times.end_of(wanted.starts_at, minutes),
        "interpreter_cancel_by": wanted.interpreter_cancel_by,
        **{name: getattr(wanted, name) for name in _TEXTS},
    }
    check_times(values)
    return {name: value for name, value in checked(values).items() if value is not None}


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns as they may be stored, empty text as None; raises InvalidInput with the field."""
    for name, allowed in (("kind", KINDS), ("mode", MODES), ("interpreter_gender", {"": "", **GENDERS})):
        if name in values and (values[name] or "") not in allowed:
            raise _not_among(name, [each for each in allowed if each])
    return {name: short_line(value, name) if name in _TEXTS else value for name, value in values.items()}


def check_times(values: Mapping[str, Any]) -> None:
    """Raise InvalidInput for an hour of the clock change, and for an interpreter cancelled afterwards."""
    times.check(values["starts_at"], values["ends_at"])
    cancel_by = values.get("interpreter_cancel_by")
    if cancel_by is not None and cancel_by > values["starts_at"]:
        raise InvalidInput(
            "interpreter_cancel_by",
            _("The interpreter can be cancelled before the appointment only."),
            _("Choose an earlier moment."),
        )


def _not_among(field: str, names: Collection[str]) -> InvalidInput:
    sentence = {
        "kind": _("There is no such kind."),
        "mode": _("There is no such way to meet."),
    }.get(field, _("There is no such choice."))
    return InvalidInput(field, sentence, _("Choose one of these: {names}.").format(names=", ".join(names)))
