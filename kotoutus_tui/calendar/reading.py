"""Reading one's appointments as a hand-over sees them, with what was handed over before."""

from datetime import date
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from kotoutus_tui.calendar.entry import Entry, Person, Sent, Series
from kotoutus_tui.casework.appointment_times import day_bounds

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


async def read(db: "Database", from_on: date, to_on: date) -> list[Entry]:
    """Return one's appointments of these days, both included, cancelled ones too.

    A series with a day in the range is there in whole, and so is what Outlook holds on these days.
    """
    first, after = day_bounds(from_on, to_on)
    async with db.reading_fast() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_STATEMENT, {"first": first, "after": after})
        return [_entry(row) for row in await cursor.fetchall()]


def _entry(row: dict[str, Any]) -> Entry:
    series = None
    if row["series_id"] is not None:
        series = Series(
            row["series_id"],
            row["frequency"],
            row["every"],
            row["weekdays"],
            row["series_start"],
            row["times"],
        )
    sent = None
    if row["sent_sequence"] is not None:
        sent = Sent(row["sent_sequence"], row["sent_start"], row["gone"])
    return Entry(
        row["id"], row["kind"], row["mode"], row["room"], row["starts_at"], row["ends_at"], row["sequence"],
        row["updated_at"], row["cancelled"], series, row["original_start"],
        tuple(Person(**each) for each in row["people"]), sent,
    )  # fmt: skip


_STATEMENT = """
    with mine as (
        select a.*, s.sequence as sent_sequence, s.starts_at as sent_start, s.gone
          from app.appointment a
          left join app.calendar_sent s
            on s.appointment_id = a.id and s.login = session_user and s.route = 'file'
         where a.counsellor = session_user
    ), wanted as (
        select coalesce(m.series_id, m.id) as unit from mine m
         where (m.starts_at < %(after)s and m.starts_at >= %(first)s)
            or (m.sent_start < %(after)s and m.sent_start >= %(first)s)
    )
    select m.id, m.kind, m.mode, m.room, m.starts_at, m.ends_at, m.sequence, m.updated_at,
           m.cancelled_at is not null as cancelled, m.series_id, m.original_start, r.frequency, r.every,
           r.weekdays, r.starts_at as series_start, r.times, m.sent_sequence, m.sent_start, m.gone,
           coalesce((
             select jsonb_agg(jsonb_build_object('given', coalesce(n.given, ''), 'family',
                              coalesce(n.family, ''), 'number', coalesce(c.external_id, ''), 'protected',
                              c.protected) order by c.id)
               from app.appointment_client p
               join app.client c on c.id = p.client_id
               left join app.client_name n
                 on n.client_id = c.id and n.kind = 'passport' and n.removed_at is null
              where p.appointment_id = m.id and p.removed_at is null
           ), '[]') as people
      from mine m
      left join app.appointment_series r on r.id = m.series_id
     where coalesce(m.series_id, m.id) in (select unit from wanted)
     order by m.starts_at, m.id
"""
