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
        for _table_name, together in groupby(changes, lambda each: isinstance(each, Added) and each.table):
            for each in together:
                if isinstance(each, Added):
                    session.add(_table(each.table)(**each.values))
                else:
                    await _apply(session, each)
            await session.flush()

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
        for each in inverse[part]:
            await _apply(session, _read(each))
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


async def _apply(session: "AsyncSession", edit: Edit) -> None:
    key = edit.id[0] if len(edit.id) == 1 else tuple(edit.id)
    row: Any = await session.get(_table(edit.table), key, with_for_update=True, populate_existing=True)
    if row is None:
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
