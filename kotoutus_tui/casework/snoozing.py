"""Putting a deadline out of sight until a day, with a reason, and taking it back.

The client must have been opened; otherwise NotAllowed is raised.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.radar import RadarRow
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


async def snooze(db: "Database", row: RadarRow, until: date, reason: str, *, operation_id: UUID) -> None:
    """Put a deadline out of sight until the morning of `until`; it comes back earlier when its day moves.

    Raises InvalidInput for a day that is not to come or an empty reason.
    """
    if until <= clock.today():
        raise InvalidInput("until", _("The day must be after today."))
    why = needed_reason(reason, long=True)

    async def write(session: "AsyncSession") -> None:
        from models.deadline import Snooze

        session.add(
            Snooze(
                client_id=row.client_id, rule=row.rule, subject=row.subject, due_on=row.due_on, until=until,
                reason=why,
            )
        )  # fmt: skip

    await once(db, operation_id, "deadline.snooze", row.client_id, None, write)


async def take_back(db: "Database", row: RadarRow, *, operation_id: UUID) -> None:
    """Bring a snoozed deadline back into sight; the snooze and its reason stay in the records."""

    async def write(session: "AsyncSession") -> None:
        from sqlmodel import col, select

        from models.deadline import Snooze

        wanted = select(Snooze).where(
            Snooze.client_id == row.client_id,
            Snooze.rule == row.rule,
            Snooze.subject == row.subject,
            col(Snooze.removed_at).is_(None),
        )
        for each in (await session.exec(wanted)).all():
            each.removed_at = clock.now()
            session.add(each)

    await once(db, operation_id, "deadline.take_back", row.client_id, None, write)
