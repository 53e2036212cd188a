"""Interpreters: what is booked, until when it can be cancelled, and who is not to be booked for a client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import NotFound
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line, needed_reason

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Booking:
    """One's appointment with an interpreter; `interpreter` is None until somebody is named.

    `cancel_by` is the last moment to cancel without cost.
    """

    id: UUID
    starts_at: datetime
    ends_at: datetime
    mode: str
    language: str | None
    interpreter: str | None
    company: str | None
    reference: str | None
    gender: str | None
    cancel_by: datetime | None


async def bookings(db: "Database", from_on: date, to_on: date) -> Sequence[Booking]:
    """Return one's appointments with an interpreter that begin on these days, both included."""
    first = datetime.combine(from_on, time(), HELSINKI)
    after = datetime.combine(to_on + timedelta(days=1), time(), HELSINKI)
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Booking)) as cursor:
        await cursor.execute(_STATEMENT, [first, after])
        return await cursor.fetchall()


async def bar(db: "Database", client_id: UUID, interpreter: str, reason: str) -> None:
    """Keep an interpreter from being booked for an open client; the reason is never shown again."""
    name = needed_reason(interpreter)
    await db.call("bar_interpreter", client_id, name, needed_reason(reason, long=True))


async def lift(db: "Database", client_id: UUID, interpreter: str) -> None:
    """Let an interpreter be booked again for an open client; raises NotFound."""
    if not await db.call("lift_interpreter_bar", client_id, clean_line(interpreter, "interpreter")):
        raise NotFound(_("No such interpreter is barred for this client."), _("Check the name."))


async def barred(db: "Database", client_id: UUID) -> Sequence[str]:
    """Return who is not to be booked for an open client, by name."""
    async with db.reading_fast() as connection:
        rows = await connection.execute("select api.barred_interpreters(%s)", [client_id])
        return [row[0] for row in await rows.fetchall()]


_STATEMENT = """
select id, starts_at, ends_at, mode, interpreter_language as language, interpreter,
       interpreter_company as company, interpreter_reference as reference, interpreter_gender as gender,
       interpreter_cancel_by as cancel_by
  from app.appointment
 where counsellor = session_user and cancelled_at is null
   and (interpreter_language is not null or interpreter is not null)
   and starts_at >= %s and starts_at < %s
 order by starts_at, id
"""
