"""What the calendar shows: own appointments with their clients, and who of the team is busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg.rows import class_row, dict_row

from kotoutus_tui.casework.appointment_times import day_bounds
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Met:
    """A client of an appointment whom this person may list, and whether they came."""

    id: UUID
    name: str
    protected: bool
    attendance: str | None


@dataclass(frozen=True)
class Meeting:
    """An appointment that is not cancelled; moments are in Helsinki time.

    `people` are the clients whom this person may list: of others nothing is known here.
    """

    id: UUID
    kind: str
    title: str | None
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str | None
    room: str | None
    partner: str | None
    interpreter_language: str | None
    interpreter: str | None
    interpreter_company: str | None
    interpreter_reference: str | None
    interpreter_gender: str | None
    interpreter_cancel_by: datetime | None
    overlap_reason: str | None
    series_id: UUID | None
    people: Sequence[Met] = ()

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def day(self) -> date:
        """The day it begins on."""
        return self.starts_at.date()


@dataclass(frozen=True)
class Span:
    """Hours that are taken: by whom, and of what (me, room or interpreter) where that was asked."""

    counsellor: str
    starts_at: datetime
    ends_at: datetime
    what: str = ""


@dataclass(frozen=True)
class Member:
    """A person of the team who meets clients, with the languages they work in and their share of a week."""

    login: str
    name: str
    languages: Sequence[str]
    percent: int


@dataclass(frozen=True)
class OwnClient:
    """A client to choose from, and in which language an interpreter is needed, if one is."""

    id: UUID
    name: str
    interpreter_language: str | None


async def meetings(db: "Database", first: date, last: date) -> list[Meeting]:
    """Return one's appointments that touch these days, both included, by their beginning."""
    begin, end = day_bounds(first, last)
    return await _meetings(db, _OF_DAYS, {"first": begin, "after": end})


async def meeting(db: "Database", meeting_id: UUID) -> Meeting:
    """Return one of one's appointments; raises NotFound."""
    found = await _meetings(db, _OF_ONE, {"id": meeting_id})
    if not found:
        raise gone()
    return found[0]


async def busy(db: "Database", first: date, last: date) -> list[Span]:
    """Return the hours of these days in which people of the team are taken; nothing else is known of them."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Span)) as cursor:
        await cursor.execute("select * from api.busy(%s, %s)", day_bounds(first, last))
        return [_local(each) for each in await cursor.fetchall()]


async def taken(
    db: "Database",
    starts_at: datetime,
    ends_at: datetime,
    *,
    room: str = "",
    interpreter: str = "",
    but: UUID | None = None,
) -> list[Span]:
    """Return what of one's own time, of a room and of an interpreter is taken then, and by whom.

    `but` is an appointment that does not count: the one that is being moved.
    """
    given = [starts_at, ends_at, room or None, interpreter or None, but]
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Span)) as cursor:
        await cursor.execute("select * from api.taken(%s, %s, %s, %s, %s)", given)
        return [_local(each) for each in await cursor.fetchall()]


async def is_barred(db: "Database", client_id: UUID, interpreter: str) -> bool:
    """Whether this interpreter is not to be booked for the client; why is told to nobody."""
    return bool(await db.call("is_barred", client_id, interpreter))


async def team(db: "Database", on: date) -> Sequence[Member]:
    """Return the counsellors and the lead by name, as their working time is on a day."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Member)) as cursor:
        await cursor.execute(_TEAM, [on])
        return await cursor.fetchall()


async def own_clients(db: "Database") -> Sequence[OwnClient]:
    """Return the clients this person may list, by name."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(OwnClient)) as cursor:
        await cursor.execute(_OWN_CLIENTS)
        return await cursor.fetchall()


async def _meetings(db: "Database", which: Any, values: dict[str, Any]) -> list[Meeting]:
    async with db.reading_fast() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(which, values)
        return [_meeting(row) for row in await cursor.fetchall()]


def _meeting(row: dict[str, Any]) -> Meeting:
    people = [
        Met(UUID(each["id"]), each["name"], each["protected"], each["attendance"])
        for each in row.pop("people")
    ]
    local = {name: row[name].astimezone(HELSINKI) for name in ("starts_at", "ends_at")}
    return Meeting(**row | local, people=tuple(people))


def _local(span: Span) -> Span:
    return Span(
        span.counsellor, span.starts_at.astimezone(HELSINKI), span.ends_at.astimezone(HELSINKI), span.what
    )


_MEETING = """
    select a.id, a.kind, a.title, a.starts_at, a.ends_at, a.mode, a.place, a.room, a.partner,
           a.interpreter_language, a.interpreter, a.interpreter_company, a.interpreter_reference,
           a.interpreter_gender, a.interpreter_cancel_by, a.overlap_reason, a.series_id,
           coalesce((
             select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'protected', c.protected,
                              'attendance', p.attendance) order by c.sort_name, c.id)
               from app.appointment_client p join app.client c on c.id = p.client_id
              where p.appointment_id = a.id and p.removed_at is null
           ), '[]') as people
      from app.appointment a
     where a.counsellor = session_user and a.cancelled_at is null
"""
_OF_DAYS = _MEETING + " and a.starts_at < %(after)s and a.ends_at > %(first)s order by a.starts_at, a.id"
_OF_ONE = _MEETING + " and a.id = %(id)s"
_TEAM = """
    select s.login, s.name,
           array(select l.language::text from app.staff_language l
                  where l.login = s.login and l.removed_at is null order by l.language) as languages,
           coalesce((select w.percent from app.working_time w
                      where w.login = s.login and w.valid_from <= %s
                      order by w.valid_from desc limit 1), 100) as percent
      from app.staff s where s.active and s.role in ('counsellor', 'lead') order by s.name, s.login
"""
_OWN_CLIENTS = """
    select id, name, case when interpreter_needed then service_language end as interpreter_language
      from app.client where phase <> 'closed' order by sort_name, id
"""
