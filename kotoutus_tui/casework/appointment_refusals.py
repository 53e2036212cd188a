"""What stands in the way of an appointment: a person, a room or an interpreter taken, or one not wanted."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _, format_datetime

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession


def clash(conflict: Conflict, moment: datetime | None) -> Conflict:
    """Return what to tell when the database refused an overlap; `moment` is when, of many, None of one."""
    original = getattr(conflict.__cause__, "orig", None)
    constraint = getattr(getattr(original, "diag", None), "constraint_name", None)
    sentence = {
        "ex_appointment_counsellor": _("You have another appointment at that time."),
        "ex_appointment_room": _("The room is taken at that time."),
        "ex_appointment_interpreter": _("The interpreter is taken at that time."),
    }.get(constraint or "")
    if sentence is None:
        return conflict
    next_step = _("Choose another time, or give a reason for the overlap.")
    if moment is not None:
        next_step = _("The first such day is {day}.").format(day=format_datetime(moment)) + f" {next_step}"
    return Conflict(sentence, next_step, ("starts_at",))


async def refuse_unfit(session: "AsyncSession", clients: Sequence[UUID], values: dict[str, Any]) -> None:
    """Raise InvalidInput for a barred interpreter, and for a place that is a protected person's home."""
    from sqlmodel import col, func, select

    from models.client import Client

    interpreter = values.get("interpreter")
    for client in clients if interpreter else ():
        if (await session.exec(select(func.api.is_barred(client, interpreter)))).one():
            raise InvalidInput(
                "interpreter",
                _("This interpreter is not to be booked for this client."),
                _("Choose another interpreter."),
            )
    if values.get("place") and values.get("mode") in ("home_visit", "other") and clients:
        protected = select(Client.id).where(col(Client.id).in_(clients), col(Client.protected))
        if (await session.exec(protected)).first() is not None:
            raise InvalidInput(
                "place",
                _("The place would tell where a protected person lives."),
                _("Leave the place empty."),
            )
