"""What is hidden until it is asked for: the personal identity code and the contact data of protected people.

Each reveal is in the log of use before the value is given. The client must have been opened.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.errors import InvalidInput, NotAllowed
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_SHORTEST_REASON = 5


@dataclass(frozen=True)
class ProtectedContact:
    """How to reach a person with a protection order; never kept longer than it is looked at."""

    phone: str | None
    email: str | None
    address: str | None
    municipality: str | None
    contact_address: str | None
    valid_until: date | None


async def personal_id(db: "Database", client_id: UUID) -> str | None:
    """Return the personal identity code in force, None when there is none; raises NotAllowed."""
    await _ask(db, client_id, "reveal_personal_id", None)
    return await db.call("personal_id", client_id)


async def set_personal_id(db: "Database", client_id: UUID, code: str) -> None:
    """File a personal identity code checked by `intake.read_personal_id`; the former one stays in history.

    When another client has it nothing is filed here: the lead is told, and the caller learns nothing.
    """
    await db.call("set_personal_id", client_id, code)


async def protected_contact(db: "Database", client_id: UUID, reason: str) -> ProtectedContact | None:
    """Return the contact data of a protected person, for a reason; raises InvalidInput, NotAllowed."""
    from psycopg.rows import class_row

    await _ask(db, client_id, "reveal_contact", _checked(reason))
    rows = class_row(ProtectedContact)
    async with db.reading_fast() as connection, connection.cursor(row_factory=rows) as cursor:
        found = await cursor.execute("select * from api.protected_contact(%s)", [client_id])
        return await found.fetchone()


async def change_protected_contact(
    db: "Database",
    client_id: UUID,
    seen: ProtectedContact,
    wanted: Mapping[str, str | None],
    *,
    operation_id: UUID,
) -> None:
    """Change what was revealed; raises FieldConflict as `client_details.change` does."""
    from kotoutus_tui.casework.client_details import lock_client
    from kotoutus_tui.casework.fields import FieldConflict, changed_by_others
    from kotoutus_tui.casework.undo import once

    mine = {name: value for name, value in wanted.items() if value != getattr(seen, name)}
    if not mine:
        return

    async def write(session: "AsyncSession") -> None:
        from sqlalchemy import text

        await lock_client(session, client_id)
        connection = await session.connection()
        row = (
            await connection.execute(
                text("select * from api.protected_contact(:client)"), {"client": client_id}
            )
        ).one_or_none()
        if row is None:
            raise NotAllowed(_("Show the contact data again first."))
        now = {name: getattr(row, name) for name in asdict(seen) if name != "valid_until"}
        if theirs := changed_by_others(now, asdict(seen), mine):
            raise FieldConflict(theirs, None)
        await connection.execute(
            text(
                "select api.set_protected_contact("
                ":client, :phone, :email, :address, :municipality, :contact_address)"
            ),
            {"client": client_id, **now, **mine},
        )

    await once(db, operation_id, "contact.protected_change", client_id, None, write)


async def protect(db: "Database", client_id: UUID, until: date | None) -> None:
    """Put a protection order in force: contact data go out of sight, also for oneself."""
    await db.call("set_protection", client_id, True, until)


async def lift_protection(db: "Database", client_id: UUID, reason: str) -> None:
    """Lift a protection order by a person's decision: contact data come into sight again."""
    await _ask(db, client_id, "reveal_contact", _checked(reason))
    await db.call("set_protection", client_id, False, None)


async def _ask(db: "Database", client_id: UUID, what: str, reason: str | None) -> None:
    if not await db.call("ask_reveal", client_id, what, reason):
        raise NotAllowed(
            _("You may not do this."), _("Ask your team lead if you think you should be able to.")
        )


def _checked(reason: str) -> str:
    text = clean_line(reason, "reason")[:200]
    if len(text) < _SHORTEST_REASON:
        raise InvalidInput("reason", _("A reason is needed."), _("Say in a few words why."))
    return text
