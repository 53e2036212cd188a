"""Appointments that repeat: made together, each one of its own that may be moved or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.calendar.entry import Series
from kotoutus_tui.calendar.series import DAYS, starts
from kotoutus_tui.casework.appointment_edits import Added, Work, carry_out
from kotoutus_tui.casework.appointment_refusals import refuse_unfit
from kotoutus_tui.casework.appointment_values import Wanted, values_of
from kotoutus_tui.casework.appointment_words import FREQUENCIES
from kotoutus_tui.casework.appointments import added_clients
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

MOST = 366
_LONGEST_STEP = 12
_NO_ID = UUID(int=0)


@dataclass(frozen=True)
class Rule:
    """How an appointment repeats: every `every` days, weeks or months, `times` times in all.

    `weekdays` as MO,WE are of a weekly one alone, which always has the day it begins on.
    """

    frequency: str
    times: int
    every: int = 1
    weekdays: str = ""


def check(rule: Rule) -> None:
    """Raise InvalidInput with the field that does not fit."""
    if rule.frequency not in FREQUENCIES:
        raise InvalidInput(
            "frequency",
            _("There is no such choice."),
            _("Choose one of these: {names}.").format(names=", ".join(FREQUENCIES)),
        )
    if not 2 <= rule.times <= MOST:
        raise InvalidInput("times", _("A series has 2 to {most} times.").format(most=MOST), _("Correct it."))
    if not 1 <= rule.every <= _LONGEST_STEP:
        raise InvalidInput(
            "every", _("The step is 1 to {most}.").format(most=_LONGEST_STEP), _("Correct it.")
        )
    if unknown := [day for day in rule.weekdays.split(",") if day and day not in DAYS]:
        raise InvalidInput(
            "weekdays",
            _("There is no such weekday: {day}.").format(day=unknown[0]),
            _("Choose one of these: {names}.").format(names=", ".join(DAYS)),
        )


def days_of(wanted: Wanted, rule: Rule) -> Sequence[date]:
    """Return the days of a series in Finland, first one first; raises InvalidInput."""
    check(rule)
    return [each.astimezone(HELSINKI).date() for each in starts(_series(_NO_ID, wanted, rule))]


async def make_series(
    db: "Database", wanted: Wanted, rule: Rule, *, operation_id: UUID, leave_out: Sequence[date] = ()
) -> Sequence[UUID]:
    """Make the appointments of a series and return their ids, without those on the days of `leave_out`.

    All or none: raises as `appointments.make`, and says the first day on which somebody or something is
    taken. The clock change keeps the hour of the day.
    """
    from models.base import new_id

    check(rule)
    series_id, free = new_id(), set(leave_out)
    series = _series(series_id, wanted, rule)
    moments = [each for each in starts(series) if each.astimezone(HELSINKI).date() not in free]
    if not moments:
        raise InvalidInput("times", _("No day of the series is left."), _("Choose other days."))
    made = [(new_id(), values_of(replace(wanted, starts_at=moment))) for moment in moments]
    async with db.reading() as session:
        await refuse_unfit(session, wanted.clients, made[0][1])
    edits: list[Added] = []
    for number, (row_id, values) in enumerate(made):
        if number and values.get("interpreter_cancel_by"):
            # The day told is that of the first one; of the others it is as many days before.
            ahead = wanted.starts_at - values["interpreter_cancel_by"]
            values["interpreter_cancel_by"] = values["starts_at"] - ahead
        values |= {"series_id": series_id, "original_start": values["starts_at"]}
        edits += [Added((row_id,), values), *added_clients(row_id, wanted)]
    work = Work(
        "appointment.series", edits, wanted.clients, "",
        {
            "id": series_id, "frequency": rule.frequency, "every": rule.every,
            "weekdays": rule.weekdays or None, "starts_at": wanted.starts_at, "times": rule.times,
        },
    )  # fmt: skip
    await carry_out(db, work, operation_id=operation_id)
    return [row_id for row_id, _values in made]


def _series(series_id: UUID, wanted: Wanted, rule: Rule) -> Series:
    return Series(series_id, rule.frequency, rule.every, rule.weekdays or None, wanted.starts_at, rule.times)
