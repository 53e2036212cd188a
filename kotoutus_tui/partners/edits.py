"""Writing in the network: rows added and changed in one command that its author can undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.reception.edits import once
from kotoutus_tui.casework.undo import UNDO_HOURS, gone
from kotoutus_tui.errors import Conflict, NotFound
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Values = Mapping[str, Any]
NOW = "now"  # a moment that is known only when it is written


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


async def write(db: "Database", name: str, changes: Sequence[Added | Edit], *, operation_id: UUID) -> None:
    """Write the changes as one command; raises NotFound, InvalidInput, and Conflict after others' changes."""
    inverse = {"partners": [_inverse(each) for each in reversed(changes)]}

    async def work(session: "AsyncSession") -> None:
        for each in changes:
            if isinstance(each, Added):
                session.add(_table(each.table)(**each.values))
                await session.flush()
            else:
                await _apply(session, each)

    await once(db, operation_id, name, inverse, work)


async def undo_last(db: "Database", *, operation_id: UUID) -> None:
    """Undo this person's last change of the network within 24 hours.

    Raises NotFound when there is none, Conflict when somebody changed the same since.
    """
    from sqlmodel import col, func, select

    from models.access import Command

    async def undo(session: "AsyncSession") -> None:
        wanted = (
            select(Command)
            .where(
                func.jsonb_exists(Command.inverse, "partners"),
                col(Command.undone_by).is_(None),
                col(Command.done_at) > clock.now() - timedelta(hours=UNDO_HOURS),
            )
            .order_by(col(Command.done_at).desc())
            .limit(1)
        )
        last = (await session.exec(wanted)).first()
        if last is None or last.inverse is None:
            raise NotFound(
                _("There is nothing to undo."), _("Only your own entries of the last 24 hours can be undone.")
            )
        for each in last.inverse["partners"]:
            await _apply(session, _read(each))
        last.undone_by = operation_id
        session.add(last)

    await once(db, operation_id, "undo", None, undo)


async def _apply(session: "AsyncSession", edit: Edit) -> None:
    key = edit.id[0] if len(edit.id) == 1 else tuple(edit.id)
    row: Any = await session.get(_table(edit.table), key, with_for_update=True, populate_existing=True)
    if row is None:
        raise gone()
    for name, value in edit.after.items():
        if not _same(name, getattr(row, name), edit.before.get(name)):
            raise Conflict(
                _("Somebody else changed the same meanwhile."), _("Read the screen again and try once more.")
            )
        setattr(row, name, clock.now() if value == NOW else value)
    session.add(row)
    await session.flush()


def _table(name: str) -> Any:
    from models import directory

    return {
        "organisation": directory.Organisation,
        "service": directory.Service,
        "place": directory.Place,
        "service_place": directory.ServicePlace,
        "service_hours": directory.ServiceHours,
        "partner_contact": directory.PartnerContact,
    }[name]


def _same(name: str, now: Any, before: Any) -> bool:
    # Of a moment it only counts whether there is one.
    return (now is None) == (before is None) if name == "removed_at" else now == before


def _inverse(change: Added | Edit) -> dict[str, Any]:
    if isinstance(change, Added):
        before, after = {"removed_at": None}, {"removed_at": NOW}
    else:
        before, after = change.before, change.after
        before = {name: before.get(name) for name in after}
    if isinstance(change, Added):
        return _stored(change, before, after)
    return _stored(change, after, before)


def _stored(change: Added | Edit, before: Values, after: Values) -> dict[str, Any]:
    return {
        "table": change.table,
        "id": [str(each) for each in change.id],
        "before": {name: _plain(value) for name, value in before.items()},
        "after": {name: _plain(value) for name, value in after.items()},
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | UUID) else value


def _read(stored: Mapping[str, Any]) -> Edit:
    return Edit(
        stored["table"],
        [UUID(each) for each in stored["id"]],
        {name: _value(name, value) for name, value in stored["before"].items()},
        {name: _value(name, value) for name, value in stored["after"].items()},
    )


def _value(name: str, value: Any) -> Any:
    if value is not None and (name.endswith("_on") or name in ("valid_from", "valid_to", "on_day")):
        return date.fromisoformat(value)
    return UUID(value) if value is not None and name.endswith("_id") and name != "external_id" else value
