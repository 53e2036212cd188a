"""What the timeline says of a row of a client's process; it has the row's own id."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from models.event import Event


@dataclass(frozen=True)
class Telling:
    """What the timeline says of a row; `occurred_at` is when it happened, None for now."""

    kind: str
    body: str
    occurred_at: datetime | None = None


def tell(
    session: "AsyncSession", client_id: UUID, event_id: UUID, telling: Telling, operation_id: UUID
) -> None:
    """Add an event to a transaction."""
    from models.event import Event

    session.add(
        Event(
            id=event_id, client_id=client_id, kind=telling.kind, body=telling.body,
            occurred_at=telling.occurred_at or clock.now(), operation_id=operation_id,
        )
    )  # fmt: skip


async def tell_again(
    session: "AsyncSession",
    client_id: UUID,
    row_id: UUID,
    event_id: UUID,
    telling: Telling,
    operation_id: UUID,
) -> None:
    """Correct what was told of a row, or tell it anew; `event_id` is the id of what is added."""
    from models.event import Event

    told = await event_of(session, client_id, row_id)
    if told is None:
        tell(session, client_id, event_id, telling, operation_id)
        return
    session.add(
        Event(
            id=event_id, client_id=client_id, kind="correction", body=telling.body, refers_to=told.id,
            reason=_("Changed."), occurred_at=clock.now(), operation_id=operation_id,
        )
    )  # fmt: skip


async def event_of(session: "AsyncSession", client_id: UUID, row_id: UUID) -> "Event | None":
    """Return what the timeline says of a row, unless that was withdrawn."""
    from sqlmodel import col, select

    from models.event import Event

    told = await session.get(Event, row_id)
    if told is None or told.client_id != client_id:
        return None
    withdrawn = select(Event.id).where(col(Event.refers_to) == row_id, Event.kind == "withdrawal")
    return None if (await session.exec(withdrawn)).first() else told
