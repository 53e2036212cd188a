"""Rows of one client's process: added, changed, taken away, brought back and told on the timeline.

The client must have been opened. What is told of a row on the timeline has the row's own id, so that a
change corrects it and a removal withdraws it.
"""

import importlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.fields import (
    FieldConflict,
    changed_by_others,
    read_back,
    staff_name,
    stored,
    write_row,
)
from kotoutus_tui.casework.record_telling import Telling, event_of, tell, tell_again
from kotoutus_tui.casework.undo import once, withdraw_event
from kotoutus_tui.errors import gone
from kotoutus_tui.text import needed_reason, short_line, short_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Value = str | bool | int | date | None
Values = Mapping[str, Value]

_MODELS = {
    "interruption": "models.period:Interruption",
    "extension": "models.period:Extension",
    "study": "models.period:Study",
    "client_status": "models.client_status:ClientStatus",
    "client_document": "models.client_status:ClientDocument",
    "authority_change": "models.handover:AuthorityChange",
    "handover_item": "models.handover:HandoverItem",
}
_TOLD = frozenset({"interruption", "extension", "study", "authority_change"})
_PROSE = frozenset({"note", "reasons"})


Prepare = Callable[["AsyncSession"], Awaitable[Telling | None]]


async def add(
    db: "Database",
    client_id: UUID,
    table: str,
    values: Values,
    prepare: Prepare,
    *,
    operation_id: UUID,
    fixed: Mapping[str, Any] | None = None,
) -> UUID:
    """Add a row and return its id; `prepare` checks it in its transaction and says what is told of it.

    `fixed` are columns that never change afterwards.
    """
    from models.base import new_id

    row_id, clean = new_id(), cleaned(values)
    inverse = _inverse(table, row_id, None, clean) | ({"withdraw": str(row_id)} if table in _TOLD else {})

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        telling = await prepare(session)
        session.add(_model(table)(id=row_id, client_id=client_id, **clean, **(fixed or {})))
        if telling:
            tell(session, client_id, row_id, telling, operation_id)

    await once(db, operation_id, f"{table}.add", client_id, inverse, work)
    return row_id


async def change(
    db: "Database",
    client_id: UUID,
    table: str,
    row_id: UUID,
    seen: Values,
    wanted: Values,
    prepare: Prepare,
    *,
    operation_id: UUID,
) -> None:
    """Write the fields of `wanted` that differ from `seen`; raises FieldConflict as client_details does."""
    from models.base import new_id

    mine = {name: value for name, value in cleaned(wanted).items() if value != seen.get(name)}
    if not mine:
        return
    before, event_id = {name: seen.get(name) for name in mine}, new_id()
    inverse = _inverse(table, row_id, before, mine)
    if table in _TOLD:
        inverse["withdraw"] = str(event_id)

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        telling = await prepare(session)
        await _write(session, client_id, table, row_id, before, mine)
        if telling:
            await tell_again(session, client_id, row_id, event_id, telling, operation_id)

    await once(db, operation_id, f"{table}.change", client_id, inverse, work)


async def remove(
    db: "Database", client_id: UUID, table: str, row_id: UUID, reason: str, *, operation_id: UUID
) -> None:
    """Take a row away, with a reason that stands on the timeline; raises NotFound, InvalidInput."""
    why = needed_reason(reason, long=True)
    inverse = _inverse(table, row_id, {}, None)

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _row(session, client_id, table, row_id)
        row.removed_at = clock.now()
        session.add(row)
        event = await event_of(session, client_id, row_id)
        if event is not None:
            await withdraw_event(session, client_id, event.id, why[:200], operation_id)

    await once(db, operation_id, f"{table}.remove", client_id, inverse, work)


async def undo(session: "AsyncSession", client_id: UUID, inverse: Mapping[str, Any]) -> None:
    """Take back an addition, a change or a removal; raises FieldConflict when it was changed since."""
    table, row_id = str(inverse["table"]), UUID(inverse["id"])
    before, after = inverse["before"], inverse["after"]
    await lock_client(session, client_id)
    if before is None:
        await _take_away(session, client_id, table, row_id, after or {})
    elif after is None:
        await _bring_back(session, client_id, table, row_id)
    else:
        await _write(session, client_id, table, row_id, _read(table, after), _read(table, before))


def cleaned(values: Values) -> dict[str, Value]:
    """Return values as they may be stored; raises InvalidInput with the field."""
    return {name: _clean(name, value) for name, value in values.items()}


async def values_now(session: "AsyncSession", table: str, row_id: UUID) -> Values:
    """Return all values of a row as the caller's transaction sees them; raises NotFound."""
    row = await session.get(_model(table), row_id, populate_existing=True)
    if row is None or row.removed_at is not None:
        raise gone()
    return row.model_dump()


async def nothing_told(_session: "AsyncSession") -> Telling | None:
    """For rows that are facts alone."""
    return None


async def _write(
    session: "AsyncSession", client_id: UUID, table: str, row_id: UUID, seen: Values, wanted: Values
) -> None:
    row = await _row(session, client_id, table, row_id)
    now = {name: getattr(row, name) for name in wanted}
    if theirs := changed_by_others(now, seen, wanted):
        raise FieldConflict(theirs, await staff_name(session, getattr(row, "updated_by", None)))
    write_row(session, row, seen, wanted)


async def _row(session: "AsyncSession", client_id: UUID, table: str, row_id: UUID) -> Any:
    row = await session.get(_model(table), row_id, populate_existing=True)
    if row is None or row.client_id != client_id or getattr(row, "removed_at", None) is not None:
        raise gone()
    return row


async def _take_away(
    session: "AsyncSession", client_id: UUID, table: str, row_id: UUID, added: Mapping[str, Any]
) -> None:
    row = await _row(session, client_id, table, row_id)
    if hasattr(row, "removed_at"):
        row.removed_at = clock.now()
    else:
        for name in added:
            setattr(row, name, None)
    session.add(row)


async def _bring_back(session: "AsyncSession", client_id: UUID, table: str, row_id: UUID) -> None:
    from models.event import Event

    row = await session.get(_model(table), row_id, populate_existing=True)
    if row is None or row.client_id != client_id:
        raise gone()
    row.removed_at = None
    session.add(row)
    told = await session.get(Event, row_id)
    if told is not None:
        # A withdrawal stays, so what holds again is told anew.
        session.add(Event(client_id=client_id, kind=told.kind, body=told.body, occurred_at=told.occurred_at))


def _model(table: str) -> Any:
    module, _colon, name = _MODELS[table].partition(":")
    return getattr(importlib.import_module(module), name)


def _clean(name: str, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return short_prose(value, name) if name in _PROSE else short_line(value, name)


def _inverse(table: str, row_id: UUID, before: Values | None, after: Values | None) -> dict[str, Any]:
    was, became = (None if values is None else stored(values) for values in (before, after))
    return {"record": {"table": table, "id": str(row_id), "before": was, "after": became}}


def _read(table: str, values: Mapping[str, Any]) -> dict[str, Value]:
    columns: Sequence[Any] = _model(table).__table__.columns
    return read_back(values, {each.name for each in columns if each.type.python_type is date})
