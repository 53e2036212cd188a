"""Circumstances of a client that decide which rules hold, and the documents whose expiry is watched.

The client must have been opened. They are facts: they stand in the log of changes, not on the timeline.
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import records
from kotoutus_tui.casework.records import Telling, Values
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_HAPPENED = ("learned_on", "requested_on", "guardian_since")


async def change_circumstances(
    db: "Database", client_id: UUID, was: Values, wanted: Values, *, operation_id: UUID
) -> None:
    """Change fields of the circumstances seen as `was`; raises InvalidInput, and FieldConflict."""
    for name in _HAPPENED:
        day = wanted.get(name)
        if isinstance(day, date) and day > clock.today():
            raise InvalidInput(name, _("The day is in the future."))

    async def check(session: "AsyncSession") -> Telling | None:
        await _check(session, client_id, wanted)
        return None

    await records.change(
        db, client_id, "client_status", client_id, was, wanted, check, operation_id=operation_id
    )


async def add_document(db: "Database", client_id: UUID, wanted: Values, *, operation_id: UUID) -> None:
    """Add a document: `kind`, `valid_until`, `kept_at` (where the original is)."""
    await records.add(
        db, client_id, "client_document", wanted, records.nothing_told, operation_id=operation_id
    )


async def change_document(
    db: "Database", client_id: UUID, row_id: UUID, was: Values, wanted: Values, *, operation_id: UUID
) -> None:
    """Change `valid_until` or `kept_at` seen as `was`; raises FieldConflict as `records.change`."""
    await records.change(
        db, client_id, "client_document", row_id, was, wanted, records.nothing_told,
        operation_id=operation_id,
    )  # fmt: skip


async def _check(session: "AsyncSession", client_id: UUID, wanted: Values) -> None:
    from models.client import Client, ClientDetail

    detail = await session.get(ClientDetail, client_id)
    born = detail.birth_date if detail else None
    for name in _HAPPENED:
        day = wanted.get(name)
        if isinstance(day, date) and born and day < born:
            raise InvalidInput(name, _("The day is before the date of birth."))
    if wanted.get("family_group_home"):
        client = await session.get(Client, client_id)
        if client is not None and client.protected:
            raise InvalidInput(
                "family_group_home",
                _("A protection order is in force: where the client lives is not recorded (36 § 661/2009)."),
            )
