"""Deputies: who stands in for whom from a day to a day, and the appointments that are to be held instead.

Only the lead sets and ends them. A deputy reads and writes the clients of the one who is away as their own
counsellor does; every event says whose place was taken. It ends by itself after the last day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

LONGEST = 366  # days


@dataclass(frozen=True)
class StandIn:
    """One deputy of one who is away; both days are in it."""

    id: UUID
    absent: str
    absent_name: str
    deputy: str
    deputy_name: str
    from_on: date
    to_on: date

    @property
    def begun(self) -> bool:
        """Whether it holds today."""
        return self.from_on <= clock.today() <= self.to_on


@dataclass(frozen=True)
class Held:
    """An appointment of one who is away; of the client the name alone."""

    id: UUID
    counsellor: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    names: Sequence[str]


async def coming(db: "Database") -> Sequence[StandIn]:
    """Return the deputies of today and of days to come, the earliest first."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(StandIn)) as cursor:
        await cursor.execute(_COMING, [clock.today()])
        return await cursor.fetchall()


async def mine(db: "Database") -> Sequence[StandIn]:
    """Return whom this person stands in for today, by name."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(StandIn)) as cursor:
        await cursor.execute(_MINE, [clock.today()] * 2)
        return await cursor.fetchall()


async def add(
    db: "Database", absent: str, deputy: str, from_on: date, to_on: date, *, operation_id: UUID
) -> None:
    """Make somebody the deputy of one who is away, at most for a year.

    Raises InvalidInput naming the field, NotAllowed to others than the lead. Both are told.
    """
    if absent == deputy:
        raise InvalidInput("deputy", _("Nobody is their own deputy."), _("Choose somebody else."))
    if to_on < from_on:
        raise InvalidInput("to_on", _("The last day is before the first."))
    if to_on < clock.today():
        raise InvalidInput("to_on", _("The last day has passed."))
    if (to_on - from_on).days >= LONGEST:
        raise InvalidInput("to_on", _("A deputy is set for a year at most."))

    async def work(session: "AsyncSession") -> None:
        from models.deputy import Deputy

        session.add(Deputy(absent=absent, deputy=deputy, from_on=from_on, to_on=to_on))

    await once(db, operation_id, "deputy.add", None, None, work)


async def end(db: "Database", deputy_id: UUID, *, operation_id: UUID) -> None:
    """End it now; rights end at once and both are told. Raises NotFound when it ended already."""

    async def work(session: "AsyncSession") -> None:
        from models.deputy import Deputy

        row = await session.get(Deputy, deputy_id)
        if row is None or row.ended_at is not None:
            raise gone()
        row.ended_at = clock.now()
        session.add(row)

    await once(db, operation_id, "deputy.end", None, None, work)


async def appointments(db: "Database") -> Sequence[Held]:
    """Return coming appointments of those one stands in for, within the days of it, the earliest first."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_APPOINTMENTS)).fetchall()
    return [Held(*row) for row in rows]


async def take_over(db: "Database", appointment_id: UUID) -> None:
    """Hold an appointment instead of the one who is away.

    Raises Conflict when one is taken at that hour, NotFound when it is not to be taken over any more.
    """
    await db.call("take_over", appointment_id)


_SHOWN = """
select d.id, d.absent, a.name as absent_name, d.deputy, b.name as deputy_name, d.from_on, d.to_on
  from app.deputy d
  join app.staff a on a.login = d.absent
  join app.staff b on b.login = d.deputy
 where d.ended_at is null and d.to_on >= %s
"""
_COMING = _SHOWN + " order by d.from_on, a.name, b.name, d.id"
_MINE = _SHOWN + " and d.from_on <= %s and d.deputy = session_user order by a.name, d.id"
_APPOINTMENTS = """
select id, counsellor, starts_at, ends_at, kind, array_remove(array_agg(name), null) as names
  from api.deputy_appointments() group by 1, 2, 3, 4, 5 order by 3, 1
"""
