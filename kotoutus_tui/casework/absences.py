"""Days on which people of the team are away, and the days on which nobody works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.undo import once
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _, current_language

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_LONGEST = 731  # days
_CALENDARS = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@dataclass(frozen=True)
class Away:
    """Somebody is away; both days are in it. `name` is that of the person of the staff."""

    id: UUID
    login: str
    name: str
    from_on: date
    to_on: date


async def between(db: "Database", from_on: date, to_on: date, login: str | None = None) -> Sequence[Away]:
    """Return the team's absences, or one person's, that touch these days."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Away)) as cursor:
        await cursor.execute(_STATEMENT, {"first": from_on, "last": to_on, "login": login})
        return await cursor.fetchall()


async def add(
    db: "Database", from_on: date, to_on: date, *, operation_id: UUID, login: str | None = None
) -> int:
    """Write that one is away, or that `login` is (the lead alone); both days are in it.

    Returns how many of one's own appointments are in that time, to be moved. Raises InvalidInput, NotAllowed.
    """
    from models.base import new_id

    if to_on < from_on:
        raise InvalidInput("to", _("The last day is before the first."), _("Write the days again."))
    if (to_on - from_on).days > _LONGEST:
        raise InvalidInput("to", _("An absence lasts two years at most."), _("Choose fewer days."))
    row_id = new_id()

    async def work(session: "AsyncSession") -> None:
        from sqlmodel import insert

        from models.appointment import Absence

        whose = {"login": login} if login else {}
        await session.exec(insert(Absence).values(id=row_id, from_on=from_on, to_on=to_on, **whose))

    await once(db, operation_id, "absence.add", None, None, work)
    return 0 if login else await _in_the_way(db, from_on, to_on)


async def remove(db: "Database", absence_id: UUID, *, operation_id: UUID) -> None:
    """Take an absence back; raises NotFound."""

    async def work(session: "AsyncSession") -> None:
        from models.appointment import Absence

        row = await session.get(Absence, absence_id, with_for_update=True, populate_existing=True)
        if row is None or row.removed_at is not None:
            raise gone()
        row.removed_at = clock.now()
        session.add(row)

    await once(db, operation_id, "absence.remove", None, None, work)


def free_days(from_on: date, to_on: date) -> dict[date, str]:
    """Return the Finnish holidays from Monday to Friday of these days, with their names."""
    from holidays.countries.finland import Finland

    language = _CALENDARS.get(current_language(), "fi")
    known = Finland(years=range(from_on.year, to_on.year + 1), language=language)
    weekend = 5
    return {
        day: name
        for day, name in sorted(known.items())
        if from_on <= day <= to_on and day.weekday() < weekend
    }


async def _in_the_way(db: "Database", from_on: date, to_on: date) -> int:
    first = datetime.combine(from_on, time(), HELSINKI)
    after = datetime.combine(to_on + timedelta(days=1), time(), HELSINKI)
    async with db.reading_fast() as connection:
        counted = await connection.execute(_COUNT, [first, after])
        row = await counted.fetchone()
    return row[0] if row else 0


_STATEMENT = """
select a.id, a.login, coalesce(s.name, a.login) as name, a.from_on, a.to_on
  from app.absence a
  left join app.staff s on s.login = a.login
 where a.removed_at is null and a.to_on >= %(first)s and a.from_on <= %(last)s
   and (%(login)s::text is null or a.login = %(login)s)
 order by a.from_on, name, a.id
"""
_COUNT = """
select count(*) from app.appointment
 where counsellor = session_user and cancelled_at is null and starts_at >= %s and starts_at < %s
"""
