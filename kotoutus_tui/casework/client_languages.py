"""The languages a client speaks, each with the level that the client or a test tells."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.client import ClientLanguage


@dataclass(frozen=True)
class SpokenLanguage:
    """A language by its code; `version` goes with a change of the level."""

    id: UUID
    language: str
    level: str | None
    version: int


async def languages(db: "Database", client_id: UUID) -> list[SpokenLanguage]:
    """Return the languages in the order they were added."""
    from psycopg.rows import class_row

    rows = class_row(SpokenLanguage)
    async with db.reading_fast() as connection, connection.cursor(row_factory=rows) as cursor:
        return await (await cursor.execute(_LANGUAGES, {"client": client_id})).fetchall()


async def add_language(
    db: "Database", client_id: UUID, language: str, level: str | None, *, operation_id: UUID
) -> None:
    """Add a language; raises InvalidInput when it is there already."""
    from models.base import new_id

    row_id, clean = new_id(), _level(level)

    async def add(session: "AsyncSession") -> None:
        from sqlmodel import col, select

        from models.client import ClientLanguage

        await lock_client(session, client_id)
        wanted = select(ClientLanguage.id).where(
            ClientLanguage.client_id == client_id,
            ClientLanguage.language == language,
            col(ClientLanguage.removed_at).is_(None),
        )
        if (await session.exec(wanted)).first() is not None:
            raise InvalidInput(
                "language", _("The language is there already."), _("Change its level instead.")
            )
        session.add(ClientLanguage(id=row_id, client_id=client_id, language=language, level=clean))

    await once(db, operation_id, "language.add", client_id, {"remove_language": str(row_id)}, add)


async def change_level(
    db: "Database", client_id: UUID, seen: SpokenLanguage, level: str | None, *, operation_id: UUID
) -> None:
    """Change the level of a language; raises Conflict with `level` when somebody changed it meanwhile."""
    clean = _level(level)
    if clean == seen.level:
        return

    async def write(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _language(session, client_id, seen.id)
        if row.version != seen.version and row.level != clean:
            raise Conflict(
                _("Somebody else changed the level meanwhile."),
                _("Look at it and change it again."),
                ("level",),
            )
        row.level = clean
        session.add(row)

    inverse = {"relevel": {"language": str(seen.id), "level": seen.level}}
    await once(db, operation_id, "language.change", client_id, inverse, write)


async def remove_language(db: "Database", client_id: UUID, row_id: UUID, *, operation_id: UUID) -> None:
    """Take away a language written by mistake."""

    async def remove(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        await undo_add(session, client_id, str(row_id))

    await once(db, operation_id, "language.remove", client_id, {"restore_language": str(row_id)}, remove)


async def undo_add(session: "AsyncSession", client_id: UUID, row_id: str) -> None:
    """Take a language away again."""
    row = await _language(session, client_id, UUID(row_id))
    row.removed_at = clock.now()
    session.add(row)


async def undo_change(session: "AsyncSession", client_id: UUID, value: dict[str, str | None]) -> None:
    """Put back the level of a language."""
    row = await _language(session, client_id, UUID(value["language"] or ""))
    row.level = value["level"]
    session.add(row)


async def undo_remove(session: "AsyncSession", client_id: UUID, row_id: str) -> None:
    """Bring a removed language back."""
    from models.client import ClientLanguage

    row = await session.get(ClientLanguage, UUID(row_id))
    if row is None or row.client_id != client_id:
        raise gone()
    row.removed_at = None
    session.add(row)


async def _language(session: "AsyncSession", client_id: UUID, row_id: UUID) -> "ClientLanguage":
    from models.client import ClientLanguage

    row = await session.get(ClientLanguage, row_id, populate_existing=True)
    if row is None or row.client_id != client_id or row.removed_at is not None:
        raise gone()
    return row


def _level(level: str | None) -> str | None:
    return clean_line(level or "", "level")[:200] or None


_LANGUAGES = """
select id, language, level, version from app.client_language
 where client_id = %(client)s and removed_at is null order by id
"""
