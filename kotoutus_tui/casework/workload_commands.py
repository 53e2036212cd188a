"""Setting what workload is counted with: points, working time, languages. Only for the lead."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import clock

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


async def set_points(db: "Database", points: Mapping[str, int], *, operation_id: UUID) -> None:
    """Put points in force from today on; raises NotAllowed unless a lead asks."""
    from sqlalchemy.dialects.postgresql import insert

    from kotoutus_tui.database import AlreadyDone
    from models.workload import WorkloadPoint

    today = clock.today()
    try:
        async with db.writing(operation_id, "workload.points") as session:
            for factor, many in points.items():
                statement = insert(WorkloadPoint).values(factor=factor, points=many, valid_from=today)
                changed = {"points": statement.excluded.points}
                await session.exec(
                    statement.on_conflict_do_update(index_elements=["factor", "valid_from"], set_=changed)
                )
    except AlreadyDone:
        return


async def set_time(
    db: "Database", login: str, percent: int, languages: Sequence[str], *, operation_id: UUID
) -> None:
    """Set a counsellor's percent of a full-time week from today on and the languages of work.

    Raises NotAllowed unless a lead asks.
    """
    from sqlalchemy.dialects.postgresql import insert
    from sqlmodel import col, select

    from kotoutus_tui.database import AlreadyDone
    from models.workload import StaffLanguage, WorkingTime

    try:
        async with db.writing(operation_id, "workload.time") as session:
            statement = insert(WorkingTime).values(login=login, percent=percent, valid_from=clock.today())
            changed = {"percent": statement.excluded.percent}
            await session.exec(
                statement.on_conflict_do_update(index_elements=["login", "valid_from"], set_=changed)
            )
            known = await session.exec(select(StaffLanguage).where(col(StaffLanguage.login) == login))
            rows = {row.language: row for row in known}
            for language, row in rows.items():
                row.removed_at = None if language in languages else row.removed_at or clock.now()
                session.add(row)
            for language in languages:
                if language not in rows:
                    await session.exec(insert(StaffLanguage).values(login=login, language=language))
    except AlreadyDone:
        return
