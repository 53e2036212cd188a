"""The guidance log as it is read: entries newest first, and what a new entry begins with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Scope = Literal["own", "team"]
SCOPES: tuple[Scope, ...] = ("own", "team")

_COMMON_DAYS = 90
_COMMON = 8
# What is offered before anything was written.
_FIRST_LANGUAGES = ("fi", "en", "ar", "uk", "ru", "so", "fa", "sv")


@dataclass(frozen=True)
class Entry:
    """One piece of advice; `mine` is whether this person wrote it and so may correct it."""

    id: UUID
    given_on: date
    asker: str
    company_id: UUID | None
    company: str | None
    topic: str
    language: str
    minutes: int
    outcome: str
    note: str | None
    author: str
    mine: bool
    day_entries: int
    day_minutes: int


@dataclass(frozen=True)
class Beginning:
    """What the form of a new entry begins with: the choices of one's last entry, languages by use."""

    asker: str
    topic: str
    language: str
    minutes: int
    outcome: str
    languages: Sequence[str]


async def entries(
    db: "Database", scope: Scope, offset: int, limit: int, company_id: UUID | None = None
) -> tuple[Sequence[Entry], int]:
    """Return entries from `offset` on, newest first, and how many there are; of one company if it is named.

    `day_entries` and `day_minutes` are those of the whole day in the same scope.
    """
    values: dict[str, Any] = {"own": scope == "own", "company": company_id, "limit": limit, "offset": offset}
    async with db.reading_fast() as connection:
        found = await connection.execute(_COUNT + _KEPT, values)
        many = (await found.fetchone() or (0,))[0]
        async with connection.cursor(row_factory=class_row(Entry)) as cursor:
            await cursor.execute(_ENTRIES + _KEPT + _ORDER + " limit %(limit)s offset %(offset)s", values)
            return await cursor.fetchall(), many


async def position(
    db: "Database", scope: Scope, entry_id: UUID, company_id: UUID | None = None
) -> int | None:
    """Return where an entry stands in the order of `entries`, None when it is not there."""
    values: dict[str, Any] = {"own": scope == "own", "company": company_id, "id": entry_id}
    async with db.reading_fast() as connection:
        row = await (await connection.execute(_PLACE + _KEPT + _PLACE_END, values)).fetchone()
    return row[0] if row else None


async def between(db: "Database", first: date, last: date) -> Sequence[Entry]:
    """Return the whole team's entries of these days, both included, oldest first."""
    values = {"first": first, "last": last}
    statement = _ENTRIES + " g.removed_at is null and g.given_on between %(first)s and %(last)s"
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Entry)) as cursor:
        await cursor.execute(statement + " order by g.given_on, g.created_at, g.id", values)
        return await cursor.fetchall()


async def beginning(db: "Database") -> Beginning:
    """Return what a new entry begins with."""
    async with db.reading_fast() as connection:
        last = await (await connection.execute(_LAST)).fetchone()
        since = clock.today() - timedelta(days=_COMMON_DAYS)
        common = await (await connection.execute(_LANGUAGES, [since])).fetchall()
    asker, topic, language, minutes, outcome = last or (
        "resident",
        "integration_services",
        "fi",
        10,
        "answered",
    )
    known = dict.fromkeys([*(row[0] for row in common), *_FIRST_LANGUAGES])
    return Beginning(asker, topic, language, minutes, outcome, sorted(list(known)[:_COMMON]))


def answered_with(begin: Beginning, topic: str, language: str) -> Beginning:
    """Return what an entry begins with for an answer of this topic and language."""
    languages = begin.languages if language in begin.languages else sorted([*begin.languages[1:], language])
    return replace(begin, topic=topic, language=language, outcome="answered", languages=languages)


_ENTRIES: LiteralString = """
select g.id, g.given_on, g.asker, g.company_id, c.name as company, g.topic, g.language, g.minutes, g.outcome,
       g.note, coalesce(s.name, g.created_by) as author, g.created_by = session_user as mine,
       count(*) over (partition by g.given_on) as day_entries,
       sum(g.minutes) over (partition by g.given_on) as day_minutes
  from app.guidance_entry g
  left join app.company c on c.id = g.company_id
  left join app.staff s on s.login = g.created_by
 where"""
_KEPT: LiteralString = """ g.removed_at is null and (not %(own)s or g.created_by = session_user)
   and (%(company)s::uuid is null or g.company_id = %(company)s)"""
_COUNT: LiteralString = "select count(*) from app.guidance_entry g where"
_PLACE: LiteralString = """
select place from (
    select g.id, row_number() over (order by g.given_on desc, g.created_at desc, g.id desc) - 1 as place
      from app.guidance_entry g
     where"""
_PLACE_END: LiteralString = ") x where x.id = %(id)s"
_ORDER: LiteralString = " order by g.given_on desc, g.created_at desc, g.id desc"
_LAST: LiteralString = """
select asker, topic, language, minutes, outcome from app.guidance_entry
 where created_by = session_user and removed_at is null order by created_at desc, id desc limit 1"""
_LANGUAGES: LiteralString = """
select language from app.guidance_entry
 where removed_at is null and given_on >= %s group by language order by count(*) desc, language limit 8"""
