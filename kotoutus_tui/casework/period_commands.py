"""Interruptions and extensions of a client's integration period: adding, changing and removing them.

The client must have been opened. What the Act does not allow raises InvalidInput with the field, a sentence
and the section. Each stands on the timeline, with the period as it became; deadlines are counted again.
"""

from collections.abc import Awaitable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import period_words, records
from kotoutus_tui.casework.deadline_facts import known_in
from kotoutus_tui.casework.facts import Extension, Interruption
from kotoutus_tui.casework.period_checks import (
    check_extension,
    check_interruption,
    overlapping,
    section_of_interruption,
    without,
)
from kotoutus_tui.casework.period_reading import ExtensionRow, InterruptionRow
from kotoutus_tui.casework.records import Prepare, Telling, Values
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_OVERLAP_STATE = "23P01"


async def add_interruption(db: "Database", client_id: UUID, wanted: Values, *, operation_id: UUID) -> None:
    """Add an interruption: `from_on`, `to_on` (None: it goes on), `reason`, `note`."""
    prepare = _interruption(client_id, wanted)
    await _one_at_a_time(
        records.add(db, client_id, "interruption", wanted, prepare, operation_id=operation_id)
    )


async def change_interruption(
    db: "Database", client_id: UUID, seen: InterruptionRow, was: Values, wanted: Values, *, operation_id: UUID
) -> None:
    """Change an interruption seen as `was`; raises FieldConflict when somebody changed the same."""
    prepare = _interruption(client_id, wanted, seen.id, was)
    await _one_at_a_time(
        records.change(
            db, client_id, "interruption", seen.id, was, wanted, prepare, operation_id=operation_id
        )
    )


async def add_extension(db: "Database", client_id: UUID, wanted: Values, *, operation_id: UUID) -> None:
    """Record a decision to extend: `decided_on`, `ground`, `months`, `reasons`."""
    prepare = _extension(client_id, wanted)
    await records.add(db, client_id, "extension", wanted, prepare, operation_id=operation_id)


async def change_extension(
    db: "Database", client_id: UUID, seen: ExtensionRow, was: Values, wanted: Values, *, operation_id: UUID
) -> None:
    """Correct a decision seen as `was`; raises FieldConflict when somebody changed the same."""
    prepare = _extension(client_id, wanted, seen.id, was)
    await records.change(db, client_id, "extension", seen.id, was, wanted, prepare, operation_id=operation_id)


def interruption_fact(row: InterruptionRow) -> Interruption:
    """Return a row as a fact that deadlines are counted from."""
    return Interruption(row.from_on, row.to_on, row.reason)


def extension_fact(row: ExtensionRow) -> Extension:
    """Return a row as a fact that deadlines are counted from."""
    return Extension(row.months, row.decided_on, row.ground)


def interruption_of(wanted: Values) -> Interruption:
    """Return what was typed as a fact; raises InvalidInput when the beginning is missing."""
    start, end, reason = wanted["from_on"], wanted["to_on"], wanted["reason"]
    if not isinstance(start, date):
        raise InvalidInput("from_on", _("This is needed."))
    return Interruption(start, end if isinstance(end, date) else None, str(reason or ""))


def extension_of(wanted: Values) -> Extension:
    """Return what was typed as a fact; raises InvalidInput when something is missing."""
    months, day, ground = wanted["months"], wanted["decided_on"], wanted["ground"]
    if not isinstance(months, int):
        raise InvalidInput("months", _("This is needed."))
    if not isinstance(day, date):
        raise InvalidInput("decided_on", _("This is needed."))
    return Extension(months, day, str(ground or ""))


def _interruption(
    client_id: UUID, wanted: Values, changed: UUID | None = None, was: Values | None = None
) -> Prepare:
    async def prepare(session: "AsyncSession") -> Telling:
        today = clock.today()
        now = await _as_it_is(session, "interruption", changed)
        new = interruption_of(_merged(wanted, was, now))
        facts = without((await known_in(session, client_id)).facts, interruption_of(now) if now else None)
        return Telling(
            "plan", period_words.told_of_interruption(new, check_interruption(facts, today, new), today)
        )

    return prepare


def _extension(
    client_id: UUID, wanted: Values, changed: UUID | None = None, was: Values | None = None
) -> Prepare:
    async def prepare(session: "AsyncSession") -> Telling:
        today = clock.today()
        now = await _as_it_is(session, "extension", changed)
        merged = _merged(wanted, was, now)
        new = extension_of(merged)
        facts = without((await known_in(session, client_id)).facts, extension_of(now) if now else None)
        would = check_extension(facts, today, new)
        reasons = str(records.cleaned({"reasons": merged["reasons"]})["reasons"] or "")
        if not reasons:
            raise InvalidInput("reasons", _("A decision needs its reasons."))
        body = period_words.decision(new, reasons, would)
        return Telling("decision", body[:8000], clock.moment_of(new.decided_on or today))

    return prepare


async def _as_it_is(session: "AsyncSession", table: str, row_id: UUID | None) -> Values | None:
    return await records.values_now(session, table, row_id) if row_id else None


def _merged(wanted: Values, was: Values | None, now: Values | None) -> Values:
    """Return what a row will hold: a colleague may have changed other fields of it meanwhile."""
    if was is None or now is None:
        return wanted
    mine = {name: value for name, value in wanted.items() if value != was.get(name)}
    return {**now, **mine}


async def _one_at_a_time(work: Awaitable[object]) -> None:
    """Say an overlap that only the database saw as the checks before would have."""
    try:
        await work
    except Conflict as conflict:
        cause = getattr(conflict.__cause__, "orig", None) or conflict.__cause__
        if getattr(cause, "sqlstate", None) == _OVERLAP_STATE:
            today = clock.today()
            raise overlapping(section_of_interruption(None, today)) from conflict
        raise
