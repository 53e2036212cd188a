"""Reports of fairness that are kept with the proposals that were carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from kotoutus_tui.casework.undo import once
from kotoutus_tui.rebalance.fairness import Fairness, fairness, from_json

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from kotoutus_tui.rebalance.plan import Plan


@dataclass(frozen=True)
class Kept:
    """One proposal that was carried out; `effective_on` is None for one that held at once."""

    occasion: str
    reason: str
    effective_on: date | None
    by: str
    made_at: datetime
    report: Fairness


async def keep(
    db: "Database", plan: "Plan", occasion: str, reason: str, effective_on: date | None, *, operation_id: UUID
) -> None:
    """Keep the report of a plan that was carried out with this operation."""

    async def work(session: "AsyncSession") -> None:
        from models.rebalance_plan import RebalancePlan

        session.add(
            RebalancePlan(
                operation_id=operation_id, occasion=occasion, reason=reason[:200], effective_on=effective_on,
                report=fairness(plan).as_json(),
            )
        )  # fmt: skip

    await once(db, uuid5(operation_id, "report"), "team.report", None, None, work)


async def kept(db: "Database") -> Sequence[Kept]:
    """Return the proposals that were carried out, the latest first; a hundred at most."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_KEPT)).fetchall()
    return [Kept(*rest, report=from_json(report)) for *rest, report in rows]


_KEPT = """
select p.occasion, p.reason, p.effective_on, coalesce(s.name, p.set_by), p.made_at, p.report
  from app.rebalance_plan p left join app.staff s on s.login = p.set_by
 order by p.made_at desc limit 100
"""
