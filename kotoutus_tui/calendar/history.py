"""One's own hand-overs of appointments: when, by which route and template, how many; never what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from psycopg.rows import class_row

from kotoutus_tui.i18n import N_

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

ROUTES = {"file": N_("file"), "outlook": N_("to Outlook"), "feed": N_("busy feed")}


@dataclass(frozen=True)
class Export:
    """One hand-over; the days are None where it had no range, `mailbox` where it was a file."""

    exported_at: datetime
    route: str
    template: str
    from_on: date | None
    to_on: date | None
    mailbox: str | None
    appointments: int


async def exports(db: "Database", most: int = 100) -> Sequence[Export]:
    """Return one's latest hand-overs, newest first."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Export)) as cursor:
        await cursor.execute(_STATEMENT, [most])
        return await cursor.fetchall()


_STATEMENT = """
select exported_at, route, template, from_on, to_on, mailbox, appointments
  from app.calendar_export where login = session_user
 order by exported_at desc, id desc limit %s
"""
