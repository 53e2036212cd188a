"""Views of the caseload that a person keeps: a name and one line of query text."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.caseload_query import parse, write
from kotoutus_tui.casework.search import searching
from kotoutus_tui.errors import InvalidInput, NotFound
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# Any six digits, a sign of the century and four more: a personal identity code or one mistyped.
_PERSONAL_ID = re.compile(r"\d{6}\s*[-+A-FU-Y]?\s*\d{3}[0-9A-Z]", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True)
class View:
    """A saved view; `query` is text for caseload_query.parse."""

    id: UUID
    name: str
    query: str


async def saved(db: "Database") -> Sequence[View]:
    """Return this person's views by name."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(View)) as cursor:
        await cursor.execute(
            "select id, name, query from app.saved_view where removed_at is null order by lower(name), id"
        )
        return await cursor.fetchall()


async def save(db: "Database", operation_id: UUID, name: str, query: str) -> None:
    """Keep a view; one of the same name gets the new query.

    A repeated operation does nothing. Raises InvalidInput when the name is empty, too long, holds a
    personal identity code or a client's name, or when the query is not understood.
    """
    from sqlmodel import col, select

    from kotoutus_tui.database import AlreadyDone
    from models.staff import SavedView

    shown = clean_line(name, "name")
    if not shown or len(shown) > _LONGEST_NAME:
        raise InvalidInput("name", _("The name must have 1 to {count} letters.").format(count=_LONGEST_NAME))
    line = write(parse(query))
    if _PERSONAL_ID.search(shown) or await searching(db, "names_a_client", shown):
        raise InvalidInput(
            "name",
            _("The name of a view may not hold a client's name or personal identity code."),
            _("Name it by what it shows, for example: plans in Arabic"),
        )
    with suppress(AlreadyDone):
        async with db.writing(operation_id, "view.save") as session:
            found = (
                await session.exec(
                    select(SavedView).where(SavedView.name == shown, col(SavedView.removed_at).is_(None))
                )
            ).first()
            if found is None:
                session.add(SavedView(name=shown, query=line))
            else:
                found.query = line


async def remove(db: "Database", operation_id: UUID, view_id: UUID) -> None:
    """Remove a view; raises NotFound when it is gone."""
    from models.staff import SavedView

    async with db.writing(operation_id, "view.remove", inverse={"view": str(view_id)}) as session:
        found = await session.get(SavedView, view_id)
        if found is None or found.removed_at is not None:
            raise NotFound(_("The view is not there any more."))
        found.removed_at = clock.now()
