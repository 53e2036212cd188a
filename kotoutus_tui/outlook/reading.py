"""One's appointments as the push sees them: whole series, cancelled ones, and whom they are with."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.rows import dict_row

from kotoutus_tui.calendar.entry import Entry, Person, Series

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


async def units(db: "Database", wanted: Collection[UUID]) -> dict[UUID, list[Entry]]:
    """Return the appointments of these units, each one or a series; an empty list for what is gone."""
    found: dict[UUID, list[Entry]] = {unit: [] for unit in wanted}
    async with db.reading_fast() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_STATEMENT, {"units": list(wanted)})
        for row in await cursor.fetchall():
            found[row["unit"]].append(_entry(row))
    return found


async def with_client(db: "Database", wanted: Collection[UUID]) -> set[UUID]:
    """Return which appointments of these units are with a client, also one whom one may no longer see."""
    async with db.reading_fast() as connection:
        cursor = await connection.execute("select api.outlook_with_client(%s)", [list(wanted)])
        return {row[0] for row in await cursor.fetchall()}


def _entry(row: dict[str, Any]) -> Entry:
    series = None
    if row["series_id"] is not None:
        series = Series(
            row["series_id"], row["frequency"], row["every"], row["weekdays"], row["series_start"],
            row["times"],
        )  # fmt: skip
    return Entry(
        row["id"], row["kind"], row["mode"], row["room"], row["starts_at"], row["ends_at"], row["sequence"],
        row["updated_at"], row["cancelled"], series, row["original_start"],
        tuple(Person(**each) for each in row["people"]),
    )  # fmt: skip


_STATEMENT = """
    select coalesce(a.series_id, a.id) as unit, a.id, a.kind, a.mode, a.room, a.starts_at, a.ends_at,
           a.sequence, a.updated_at, a.cancelled_at is not null as cancelled, a.series_id, a.original_start,
           r.frequency,
           r.every, r.weekdays, r.starts_at as series_start, r.times,
           coalesce((
             select jsonb_agg(jsonb_build_object('given', coalesce(n.given, ''), 'family',
                              coalesce(n.family, ''), 'number', coalesce(c.external_id, ''), 'protected',
                              c.protected) order by c.id)
               from app.appointment_client p
               join app.client c on c.id = p.client_id
               left join app.client_name n
                 on n.client_id = c.id and n.kind = 'passport' and n.removed_at is null
              where p.appointment_id = a.id and p.removed_at is null
           ), '[]') as people
      from app.appointment a
      left join app.appointment_series r on r.id = a.series_id
     where a.counsellor = session_user and coalesce(a.series_id, a.id) = any (%(units)s)
     order by a.starts_at, a.id
"""
