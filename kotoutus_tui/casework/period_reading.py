"""What is recorded of one client's integration period, studies, circumstances, documents and authority.

The client must have been opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import deadline_facts
from kotoutus_tui.casework.client_languages import SpokenLanguage, languages
from kotoutus_tui.casework.deadlines import Outcome, deadlines
from kotoutus_tui.casework.facts import Facts
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from kotoutus_tui.database import Database

T = TypeVar("T")


@dataclass(frozen=True)
class InterruptionRow:
    """A time that does not count, both days in it; without `to_on` it goes on."""

    id: UUID
    from_on: date
    to_on: date | None
    reason: str
    note: str | None


@dataclass(frozen=True)
class ExtensionRow:
    """A decision to extend the integration period."""

    id: UUID
    decided_on: date
    ground: str
    months: int
    reasons: str


@dataclass(frozen=True)
class StudyRow:
    """Civic orientation, training, independent study or a language test."""

    id: UUID
    kind: str
    title: str | None
    provider: str | None
    language: str | None
    starts_on: date | None
    ends_on: date | None
    minutes: int | None
    level: str | None


@dataclass(frozen=True)
class DocumentRow:
    """A permit or another paper: until when it is valid and where the original is."""

    id: UUID
    kind: str
    valid_until: date | None
    kept_at: str | None


@dataclass(frozen=True)
class AuthorityRow:
    """A change of the responsible authority; `applied_at` is None until its day has come."""

    id: UUID
    to_authority: str
    from_authority: str | None
    effective_on: date
    reason: str | None
    applied_at: datetime | None


@dataclass(frozen=True)
class ItemRow:
    """A line of the checklist of such a change."""

    id: UUID
    change_id: UUID
    item: str
    done_on: date | None
    not_applicable_reason: str | None


@dataclass(frozen=True)
class Circumstances:
    """Facts that decide which rules hold for the client."""

    learned_on: date | None
    requested_on: date | None
    plan_needed: bool | None
    county_participates: bool
    family_of_refugee: bool
    trafficking_victim: bool
    unaccompanied: bool
    guardian_since: date | None
    representative: str | None
    representative_contact: str | None
    family_group_home: str | None


@dataclass(frozen=True)
class Dossier:
    """Everything the screen of the period shows; `changed_by` wrote the circumstances last."""

    own_counsellor: str | None
    protected: bool
    responsible_authority: str
    changed_by: str | None
    facts: Facts
    outcome: Outcome
    circumstances: Circumstances
    interruptions: Sequence[InterruptionRow]
    extensions: Sequence[ExtensionRow]
    studies: Sequence[StudyRow]
    documents: Sequence[DocumentRow]
    changes: Sequence[AuthorityRow]
    items: Sequence[ItemRow]
    languages: Sequence[SpokenLanguage]


async def dossier(db: "Database", client_id: UUID) -> Dossier:
    """Return everything; raises NotFound without an opening."""
    client = {"client": client_id}
    async with db.reading_fast() as connection:
        who = await (await connection.execute(_WHO, client)).fetchone()
        known = await _rows(connection, Circumstances, _CIRCUMSTANCES, client)
        if who is None or not known:
            raise gone()
        facts = (await deadline_facts.known(connection, client_id)).facts
        interruptions = await _rows(connection, InterruptionRow, _INTERRUPTIONS, client)
        extensions = await _rows(connection, ExtensionRow, _EXTENSIONS, client)
        studies = await _rows(connection, StudyRow, _STUDIES, client)
        documents = await _rows(connection, DocumentRow, _DOCUMENTS, client)
        changes = await _rows(connection, AuthorityRow, _CHANGES, client)
        items = await _rows(connection, ItemRow, _ITEMS, client)
    counsellor, protected, authority, changed_by = who
    return Dossier(
        counsellor, protected, authority, changed_by, facts, deadlines(facts, clock.today()), known[0],
        interruptions, extensions, studies, documents, changes, items, await languages(db, client_id),
    )  # fmt: skip


async def _rows(
    connection: "AsyncConnection[Any]", kind: type[T], statement: LiteralString, client: dict[str, UUID]
) -> list[T]:
    from psycopg.rows import class_row

    async with connection.cursor(row_factory=class_row(kind)) as cursor:
        return await (await cursor.execute(statement, client)).fetchall()


_WHO: LiteralString = """
select s.name, c.protected, c.responsible_authority, coalesce(u.name, d.updated_by)
  from app.client c
  join app.client_status d on d.client_id = c.id
  left join app.staff s on s.login = c.own_counsellor
  left join app.staff u on u.login = d.updated_by
 where c.id = %(client)s
"""
_CIRCUMSTANCES: LiteralString = """
select learned_on, requested_on, plan_needed, county_participates, family_of_refugee, trafficking_victim,
       unaccompanied, guardian_since, representative, representative_contact, family_group_home
  from app.client_status where client_id = %(client)s
"""
_INTERRUPTIONS: LiteralString = """
select id, from_on, to_on, reason, note from app.interruption
 where client_id = %(client)s and removed_at is null order by from_on
"""
_EXTENSIONS: LiteralString = """
select id, decided_on, ground, months, reasons from app.extension
 where client_id = %(client)s and removed_at is null order by decided_on, id
"""
_STUDIES: LiteralString = """
select id, kind, title, provider, language, starts_on, ends_on, minutes, level from app.study
 where client_id = %(client)s and removed_at is null order by coalesce(starts_on, ends_on) nulls last, id
"""
_DOCUMENTS: LiteralString = """
select id, kind, valid_until, kept_at from app.client_document
 where client_id = %(client)s and removed_at is null order by valid_until nulls last, id
"""
_CHANGES: LiteralString = """
select id, to_authority, from_authority, effective_on, reason, applied_at from app.authority_change
 where client_id = %(client)s and removed_at is null order by effective_on desc, id desc
"""
_ITEMS: LiteralString = """
select id, change_id, item, done_on, not_applicable_reason from app.handover_item
 where client_id = %(client)s order by id
"""
