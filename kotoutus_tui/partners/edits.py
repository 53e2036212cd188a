"""Writing in the network and the guidance log: rows added and changed in one command its author can undo."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework.fields import NOW, read_back, replace_values, stored
from kotoutus_tui.casework.undo import Inverse, once, undo_latest
from kotoutus_tui.errors import gone

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Values = Mapping[str, Any]

_DAYS = frozenset({
    "valid_from", "valid_to", "next_start_on", "capacity_stated_on", "verified_on", "vanished_on", "on_day",
    "confirmed_on", "given_on", "month", "due_on", "done_on", "valid_until", "checked_on",
    "contact_confirmed_on",
})  # fmt: skip
_RUN = "catalogue_run"
_AT_ONCE = 10_000  # rows asked for in one statement, which may hold 65,535 values
_IDS = frozenset({
    "organisation_id", "service_id", "place_id", "predecessor_id", "merged_into", "company_id", "arrival_id",
})  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """New values of one row; written only while it still has those of `before`."""

    table: str
    id: Sequence[UUID]
    before: Values
    after: Values


@dataclass(frozen=True)
class Added:
    """A new row; its key is among the values."""

    table: str
    values: Values = field(default_factory=dict[str, Any])

    @property
    def id(self) -> Sequence[UUID]:
        """The key."""
        names = ("service_id", "place_id") if self.table == "service_place" else ("id",)
        return [self.values[name] for name in names]


async def write(
    db: "Database",
    name: str,
    changes: Sequence[Added | Edit],
    *,
    operation_id: UUID,
    part: str = "partners",
    first: "Callable[[AsyncSession], Awaitable[None]] | None" = None,
    catalogue_run: str = "",
) -> None:
    """Write the changes as one command; `part` is where undo finds it.

    `first` is done before them in the same transaction; what it raises keeps all from being written.
    Undoing what came from a `catalogue_run` makes the next run read everything again. Raises NotFound,
    InvalidInput, and Conflict after others' changes.
    """
    inverse: Inverse | None = None
    if changes:
        inverse = {part: [_inverse(each) for each in reversed(changes)]}
        if catalogue_run:
            inverse[_RUN] = catalogue_run

    async def work(session: "AsyncSession") -> None:
        if first is not None:
            await first(session)
        # Rows of one table go together: thousands come from a catalogue.
        for (table, new), together in groupby(changes, lambda each: (each.table, isinstance(each, Added))):
            if new:
                session.add_all(_table(table)(**each.values) for each in together if isinstance(each, Added))
                await session.flush()
            else:
                await _apply(session, table, [each for each in together if isinstance(each, Edit)])

    await once(db, operation_id, name, None, inverse, work)


async def undo_last(
    db: "Database", *, operation_id: UUID, part: str = "partners", command_id: UUID | None = None
) -> None:
    """Undo this person's last change of this part within 24 hours, or the one of `command_id`.

    Raises NotFound when there is none, Conflict when somebody changed the same since.
    """
    from sqlmodel import func

    from models.access import Command

    async def put_back(session: "AsyncSession", inverse: Inverse) -> None:
        for table, together in groupby(map(_read, inverse[part]), lambda each: each.table):
            await _apply(session, table, list(together))
        if _RUN in inverse:
            await _forget_run(session, inverse[_RUN])

    which: list[Any] = [func.jsonb_exists(Command.inverse, part)]
    if command_id is not None:
        which.append(Command.operation_id == command_id)
    await undo_latest(db, which, put_back, operation_id=operation_id)


async def _forget_run(session: "AsyncSession", run: str) -> None:
    from kotoutus_tui.catalogue.fetch import remember
    from kotoutus_tui.catalogue.records import Fetched

    await remember(session, Fetched(run))


async def _apply(session: "AsyncSession", table: str, edits: Sequence[Edit]) -> None:
    from sqlalchemy import inspect, tuple_
    from sqlmodel import select

    kind = _table(table)
    key = inspect(kind).primary_key
    ids, rows = sorted({tuple(each.id) for each in edits}), dict[tuple[UUID, ...], Any]()
    for first in range(0, len(ids), _AT_ONCE):
        # In the order of the keys, so that two who change the same never wait for each other.
        wanted = select(kind).where(tuple_(*key).in_(ids[first : first + _AT_ONCE])).order_by(*key)
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
        rows |= {tuple(getattr(row, each.name) for each in key): row for row in await session.exec(wanted)}
    for edit in edits:
        if (row := rows.get(tuple(edit.id))) is None:
            raise gone()
        replace_values(session, row, edit.before, edit.after)
    await session.flush()


def _table(name: str) -> Any:
    from models import directory, guidance

    return {
        "organisation": directory.Organisation,
        "service": directory.Service,
        "place": directory.Place,
        "service_place": directory.ServicePlace,
        "service_hours": directory.ServiceHours,
        "partner_contact": directory.PartnerContact,
        "guidance_entry": guidance.GuidanceEntry,
        "company": guidance.Company,
        "company_arrival": guidance.CompanyArrival,
        "company_step": guidance.CompanyStep,
        "answer_snippet": guidance.AnswerSnippet,
    }[name]


def _inverse(change: Added | Edit) -> dict[str, Any]:
    if isinstance(change, Added):
        now, before = {"removed_at": None}, {"removed_at": NOW}
    else:
        now, before = change.after, {name: change.before.get(name) for name in change.after}
    return {
        "table": change.table,
        "id": [str(each) for each in change.id],
        "before": stored(now),
        "after": stored(before),
    }


def _read(kept: Mapping[str, Any]) -> Edit:
    before, after = (read_back(kept[one], _DAYS, _IDS) for one in ("before", "after"))
    return Edit(kept["table"], [UUID(each) for each in kept["id"]], before, after)
