"""The counsellors of the team with how many clients each has, and giving clients to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg.rows import class_row

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Counsellor:
    """A counsellor who works in the team; `clients` are the open ones this person may list."""

    login: str
    name: str
    clients: int


async def counsellors(db: "Database") -> Sequence[Counsellor]:
    """Return the counsellors by name; only the lead sees the clients of all."""
    async with (
        db.reading_fast() as connection,
        connection.cursor(row_factory=class_row(Counsellor)) as cursor,
    ):
        await cursor.execute(_COUNSELLORS)
        return await cursor.fetchall()


_COUNSELLORS = """
select s.login, s.name, count(c.id)::int as clients
  from app.staff s
  left join app.client c on c.own_counsellor = s.login and c.phase <> 'closed'
 where s.role = 'counsellor' and s.active
 group by s.login, s.name
 order by s.name, s.login
"""
