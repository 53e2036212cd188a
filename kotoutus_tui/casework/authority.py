"""The responsible authority of a client: changing it from a day on, and the checklist of the hand-over.

The client must have been opened. A change to come takes effect on its day: the database carries it out when
the client is next opened, and in the daily run of `kotoutus deadlines --refresh`.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import authority_words, records
from kotoutus_tui.casework.period_reading import AuthorityRow, ItemRow
from kotoutus_tui.casework.records import Prepare, Telling, Values
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, current_language

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_FILE = Path(__file__).with_name("authority_checklist.toml")


@dataclass(frozen=True)
class Item:
    """A line of the checklist: `to` is the direction it belongs to, None for both."""

    code: str
    section: str
    texts: dict[str, str]
    to: str | None = None

    @property
    def text(self) -> str:
        """What is to be seen to, in the language in use."""
        return self.texts[current_language()]


def checklist(to_authority: str) -> Sequence[Item]:
    """Return the checklist for a change to this authority."""
    return [item for item in _items() if item.to in (None, to_authority)]


def marked(change: AuthorityRow, items: Sequence[ItemRow]) -> list[tuple[Item, ItemRow | None]]:
    """Return the checklist of a change with what is marked in it."""
    rows = {row.item: row for row in items if row.change_id == change.id}
    return [(item, rows.get(item.code)) for item in checklist(change.to_authority)]


def settled(row: ItemRow | None) -> bool:
    """Whether a line is done or does not apply."""
    return row is not None and bool(row.done_on or row.not_applicable_reason)


async def add_change(db: "Database", client_id: UUID, wanted: Values, *, operation_id: UUID) -> None:
    """Change the authority: `to_authority`, `effective_on` (also to come) and `reason`."""
    await records.add(
        db, client_id, "authority_change", wanted, _prepare(client_id, wanted), operation_id=operation_id
    )


async def change_change(
    db: "Database", client_id: UUID, seen: AuthorityRow, was: Values, wanted: Values, *, operation_id: UUID
) -> None:
    """Change the day or the reason seen as `was`; raises FieldConflict when somebody changed the same."""
    whole = {"to_authority": seen.to_authority, **wanted}
    await records.change(
        db, client_id, "authority_change", seen.id, was, wanted, _prepare(client_id, whole, seen),
        operation_id=operation_id,
    )  # fmt: skip


async def mark(
    db: "Database",
    client_id: UUID,
    change_id: UUID,
    item: str,
    row: ItemRow | None,
    *,
    done_on: date | None,
    not_applicable_reason: str | None,
    operation_id: UUID,
) -> None:
    """Mark a line of the checklist as done or as not applicable with a reason, or as open again.

    `row` is the mark it had. Raises InvalidInput, and FieldConflict when a colleague marked it meanwhile.
    """
    if done_on and not_applicable_reason:
        raise InvalidInput("done_on", _("Either it is done or it does not apply."))
    if done_on and done_on > clock.today():
        raise InvalidInput("done_on", _("The day is in the future."))
    wanted: Values = {"done_on": done_on, "not_applicable_reason": not_applicable_reason}
    if row is None:
        await records.add(
            db, client_id, "handover_item", wanted, records.nothing_told,
            operation_id=operation_id, fixed={"change_id": change_id, "item": item},
        )  # fmt: skip
        return
    was = {"done_on": row.done_on, "not_applicable_reason": row.not_applicable_reason}
    await records.change(
        db, client_id, "handover_item", row.id, was, wanted, records.nothing_told, operation_id=operation_id
    )


def _prepare(client_id: UUID, wanted: Values, seen: AuthorityRow | None = None) -> Prepare:
    to, day = str(wanted["to_authority"] or ""), wanted["effective_on"]
    if not isinstance(day, date):
        raise InvalidInput("effective_on", _("This is needed."))

    async def prepare(session: "AsyncSession") -> Telling:
        from models.client import Client

        client = await session.get(Client, client_id, populate_existing=True)
        if seen is None and client is not None and client.responsible_authority == to:
            raise InvalidInput("to_authority", _("It is the responsible authority already (3 §)."))
        if seen is not None and seen.applied_at is not None and seen.effective_on != day:
            raise InvalidInput(
                "effective_on",
                _("The change has come into effect already."),
                _("Remove it and add a new one."),
            )
        return Telling("transfer", authority_words.told(to, day, str(wanted.get("reason") or "")))

    return prepare


@lru_cache(maxsize=1)
def _items() -> tuple[Item, ...]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["item"]
    return tuple(Item(each["code"], each["section"], each["text"], each.get("to")) for each in entries)
