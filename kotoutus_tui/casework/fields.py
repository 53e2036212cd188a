"""Values of fields: kept in a command for undo, and written while others write the same row."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.errors import Conflict
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

NOW = "now"  # a moment that is known only when it is written


class FieldConflict(Conflict):
    """Somebody else changed the same fields meanwhile; `theirs` are the values that stand now.

    Nothing was written: choose for each field and save again with `theirs` among what was seen.
    """

    def __init__(self, theirs: Mapping[str, Any], changed_by: str | None) -> None:
        super().__init__(
            _("Somebody else changed the same field meanwhile."),
            _("Choose which value stands."),
            tuple(theirs),
        )
        self.theirs = dict(theirs)
        self.changed_by = changed_by


def stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as a command keeps them: days and ids as text."""
    return {name: str(value) if isinstance(value, date | UUID) else value for name, value in values.items()}


def read_back(values: Mapping[str, Any], days: Collection[str], ids: Collection[str] = ()) -> dict[str, Any]:
    """Return stored values as they were; `days` and `ids` name the fields that hold such."""
    kinds = {**dict.fromkeys(days, date.fromisoformat), **dict.fromkeys(ids, UUID)}
    return {name: kinds[name](value) if name in kinds and value else value for name, value in values.items()}


def changed_by_others(
    now: Mapping[str, Any], seen: Mapping[str, Any], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fields of `wanted` that somebody changed since they were seen, to something else."""
    return {name: now[name] for name in wanted if now[name] not in (seen.get(name), wanted[name])}


def write_row(session: "AsyncSession", row: Any, seen: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Write fields of a row; raises FieldConflict where somebody changed the same one to something else."""
    now = {name: getattr(row, name) for name in wanted}
    if theirs := changed_by_others(now, seen, wanted):
        raise FieldConflict(theirs, None)
    for name, value in wanted.items():
        setattr(row, name, value)
    session.add(row)


def replace_values(
    session: "AsyncSession", row: Any, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Write `after` while the row still has `before`; raises Conflict when somebody changed any of it.

    Of a moment it only counts whether there is one; NOW stands for the moment of writing.
    """
    for name, value in after.items():
        now, was, is_moment = getattr(row, name), before.get(name), name.endswith("_at")
        if ((now is None) != (was is None)) if is_moment else now != was:
            raise Conflict(
                _("Somebody else changed the same meanwhile."), _("Read the screen again and try once more.")
            )
        setattr(row, name, clock.now() if is_moment and value == NOW else value)
    session.add(row)


async def staff_name(session: "AsyncSession", login: str | None) -> str | None:
    """Return the name of a person of the staff."""
    from sqlmodel import select

    from models.staff import Staff

    return (await session.exec(select(Staff.name).where(Staff.login == login))).first() if login else None
