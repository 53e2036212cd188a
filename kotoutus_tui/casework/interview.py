"""Reading a client's initial interviews: what was answered, by whom, and what is missing.

The client must have been opened; without an opening there is no interview.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework.interview_words import CONTENT, TOLD
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


@dataclass(frozen=True)
class Answer:
    """What stands for one item; version 0 is an item nobody has answered yet."""

    item: str
    text: str = ""
    source: str | None = None
    told_on: date | None = None
    version: int = 0
    updated_by: str = ""


@dataclass(frozen=True)
class Interview:
    """One interview; it goes on until `finished_on` is set."""

    id: UUID
    held_on: date | None = None
    finished_on: date | None = None
    language: str | None = None
    interpreter: str | None = None
    place: str | None = None
    place_reason: str | None = None
    event_id: UUID | None = None
    created_by: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])

    def answer(self, item: str) -> Answer:
        """Return what stands for an item, an empty answer when there is none."""
        return self.answers.get(item, Answer(item))

    @property
    def answered(self) -> int:
        """How many of the content items have an answer."""
        return sum(bool(self.answer(item).text) for item in CONTENT)

    @property
    def told(self) -> int:
        """How many of the things to be told were told."""
        return sum(self.answer(item).told_on is not None for item in TOLD)


@dataclass(frozen=True)
class Setting:
    """What the interview begins from: the client's name, languages and circumstances."""

    name: str
    own_counsellor: str | None
    phase: str
    service_language: str | None
    interpreter_needed: bool
    mother_tongue: str | None
    plan_needed: bool | None
    assessment_started_on: date | None
    assessment_finished_on: date | None
    colleagues: list[str]


async def setting(db: "Database", client_id: UUID) -> Setting:
    """Return what an interview begins from; raises NotFound without an opening."""
    from psycopg.rows import class_row

    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Setting)) as cursor:
        found = await (await cursor.execute(_SETTING, {"client": client_id})).fetchone()
    if found is None:
        raise gone()
    return found


async def interviews(db: "Database", client_id: UUID) -> list[Interview]:
    """Return the client's interviews, the one under way first, then the newest."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_INTERVIEWS, {"client": client_id})).fetchall()
        items = await (await connection.execute(_ITEMS, {"client": client_id})).fetchall()
    answers: dict[UUID, dict[str, Answer]] = {}
    for interview_id, *values in items:
        answers.setdefault(interview_id, {})[values[0]] = Answer(*values)
    return [Interview(*row, answers=answers.get(row[0], {})) for row in rows]


def missing(interview: Interview, setting: Setting) -> list[str]:
    """Return the names of what the decree or the client's need of an interpreter asks for and is not there.

    Names are those of facts and items in interview_words.
    """
    facts = [name for name in ("held_on", "language", "place") if not getattr(interview, name)]
    if setting.interpreter_needed and not interview.interpreter and interview.language not in ("fi", "sv"):
        facts.append("interpreter")
    if interview.place not in (None, "office") and not interview.place_reason:
        facts.append("place_reason")
    return [
        *facts,
        *(item for item in CONTENT if not interview.answer(item).text),
        *(item for item in TOLD if interview.answer(item).told_on is None),
    ]


_SETTING = """
select c.name, s.name as own_counsellor, c.phase, c.service_language, c.interpreter_needed, d.mother_tongue,
       t.plan_needed, t.assessment_started_on, t.assessment_finished_on,
       array(select p_s.name::text from app.presence p join app.staff p_s on p_s.login = p.login
              where p.client_id = c.id and p.login <> session_user and p.editing is not null
                and p.seen_at > now() - interval '2 minutes' order by p_s.name) as colleagues
  from app.client c
  join app.client_detail d on d.client_id = c.id
  join app.client_status t on t.client_id = c.id
  left join app.staff s on s.login = c.own_counsellor
 where c.id = %(client)s
"""

_INTERVIEWS = """
select i.id, i.held_on, i.finished_on, i.language, i.interpreter, i.place, i.place_reason, i.event_id,
       coalesce(s.name, i.created_by)
  from app.interview i left join app.staff s on s.login = i.created_by
 where i.client_id = %(client)s and i.removed_at is null
 order by i.finished_on is null desc, i.held_on desc nulls last, i.id desc
"""

_ITEMS = """
select t.interview_id, t.item, coalesce(t.answer, ''), t.source, t.told_on, t.version,
       coalesce(s.name, t.updated_by)
  from app.interview_item t left join app.staff s on s.login = t.updated_by
 where t.client_id = %(client)s
"""
