"""Setting what workload is counted with: points, working time, languages. Only for the lead."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.undo import once

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


async def set_points(db: "Database", points: Mapping[str, int], *, operation_id: UUID) -> None:
    """Put points in force from today on; raises NotAllowed unless a lead asks."""

    async def write(session: "AsyncSession") -> None:
        from sqlalchemy.dialects.postgresql import insert

        from models.workload import WorkloadPoint

        for factor, many in points.items():
            statement = insert(WorkloadPoint).values(factor=factor, points=many, valid_from=clock.today())
            changed = {"points": statement.excluded.points}
            await session.exec(
                statement.on_conflict_do_update(index_elements=["factor", "valid_from"], set_=changed)
            )

    await once(db, operation_id, "workload.points", None, None, write)


async def set_time(
    db: "Database", login: str, percent: int, languages: Sequence[str], *, operation_id: UUID
) -> None:
    """Set a counsellor's percent of a full-time week from today on and the languages of work.

    Raises NotAllowed unless a lead asks.
    """

    async def write(session: "AsyncSession") -> None:
        from sqlalchemy.dialects.postgresql import insert

        from models.workload import WorkingTime

        statement = insert(WorkingTime).values(login=login, percent=percent, valid_from=clock.today())
        changed = {"percent": statement.excluded.percent}
        await session.exec(
            statement.on_conflict_do_update(index_elements=["login", "valid_from"], set_=changed)
        )
        await _set_languages(session, login, languages)

    await once(db, operation_id, "workload.time", None, None, write)


async def _set_languages(session: "AsyncSession", login: str, languages: Sequence[str]) -> None:
    from sqlalchemy.dialects.postgresql import insert
    from sqlmodel import col, select

    from models.workload import StaffLanguage

    rows = {
        row.language: row
        for row in await session.exec(select(StaffLanguage).where(col(StaffLanguage.login) == login))
    }
    for language, row in rows.items():
        row.removed_at = None if language in languages else row.removed_at or clock.now()
        session.add(row)
    for language in languages:
        if language not in rows:
            await session.exec(insert(StaffLanguage).values(login=login, language=language))
