"""Whether the cost of an interpreter may be collected for a no-show (681/2023 section 32 a)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from models.appointment import Appointment, AppointmentClient

SECTION = "681/2023 32 a §"
IN_FORCE = date(2025, 1, 1)
_OF_AGE = 18


@dataclass(frozen=True)
class NoShow:
    """A time that was not used: `on` is its day, a reason that is None or empty is none."""

    on: date
    interpreter_booked: bool
    told_of_fee: bool
    told_how_to_cancel: bool
    understood: bool
    acceptable_reason: str | None
    unreasonable_reason: str | None
    birth_date: date | None


@dataclass(frozen=True)
class Condition:
    """One condition of the section: what must hold, whether it does, and why not when it does not."""

    name: str
    holds: bool
    why: str


@dataclass(frozen=True)
class Answer:
    """Whether the cost may be collected, with every condition; `sentence` names the section."""

    may: bool
    sentence: str
    conditions: Sequence[Condition]

    @property
    def against(self) -> Sequence[Condition]:
        """The conditions that do not hold."""
        return [each for each in self.conditions if not each.holds]


def decide(no_show: NoShow) -> Answer:
    """Return the answer; what is not known counts against collecting."""
    age = _age(no_show.birth_date, no_show.on)
    conditions = [
        Condition("in_force", no_show.on >= IN_FORCE, _("The section is in force from 1.1.2025.")),
        Condition("cost", no_show.interpreter_booked, _("No interpreter was booked, so there is no cost.")),
        Condition(
            "of_age",
            age is not None and age >= _OF_AGE,
            _("The age is not known.") if age is None else _("The client was under 18."),
        ),
        Condition(
            "told_of_fee",
            no_show.told_of_fee,
            _("The client was not told of the fee when the time was booked."),
        ),
        Condition(
            "told_how_to_cancel", no_show.told_how_to_cancel, _("The client was not told how to cancel.")
        ),
        Condition(
            "understood", no_show.understood, _("It is not certain that the client understood what was told.")
        ),
        Condition(
            "no_acceptable_reason", not no_show.acceptable_reason, _("There was an acceptable reason.")
        ),
        Condition("reasonable", not no_show.unreasonable_reason, _("Collecting would be unreasonable.")),
    ]
    may = all(each.holds for each in conditions)
    sentence = (
        _("The cost of the interpreter may be collected ({section}).")
        if may
        else _("The cost of the interpreter may not be collected ({section}).")
    )
    return Answer(may, sentence.format(section=SECTION), conditions)


async def answer_of(
    session: "AsyncSession", appointment: "Appointment", client: "AppointmentClient"
) -> Answer:
    """Return the answer for a client of an appointment, as the caller's transaction sees them."""
    from models.client import ClientDetail

    detail = await session.get(ClientDetail, client.client_id)
    return decide(
        NoShow(
            appointment.starts_at.astimezone(HELSINKI).date(),
            bool(appointment.interpreter_language or appointment.interpreter),
            client.told_of_fee, client.told_how_to_cancel, client.understood,
            client.acceptable_reason, client.unreasonable_reason,
            detail.birth_date if detail else None,
        )
    )  # fmt: skip


def _age(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
