"""Drawing up a plan, and the reviews of it: what stands on the timeline and moves the client's deadlines."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import plan_rows as rows
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.deadline_facts import facts_of
from kotoutus_tui.casework.fields import write_row
from kotoutus_tui.casework.plan import plans
from kotoutus_tui.casework.plan_rules import PlanDays, check_plan, check_review
from kotoutus_tui.casework.plan_words import REVIEW_FIELDS, told_of_plan, told_of_review
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _, format_date
from kotoutus_tui.text import clean_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

# A plan puts the client into the phase of the plan from these.
_BEFORE_PLAN = ("new", "assessment", "after_plan")


async def draw(db: "Database", client_id: UUID, plan_id: UUID, days: PlanDays, *, operation_id: UUID) -> None:
    """Draw up a draft: it takes the place of the version before, and the client is in the phase of the plan.

    Raises InvalidInput at the day that is wrong, naming the section, and for a plan without a goal.
    """
    from models.base import new_id

    known, facts = await plans(db, client_id), await facts_of(db, client_id)
    version = known.find(plan_id)
    if version is None or not version.is_draft:
        raise gone()
    household = version.kind == "household"
    if not any(goal.state == "open" for goal in version.goals):
        raise InvalidInput(
            "drawn_on",
            _("A plan is not drawn up without a goal.")
            if household
            else _("A plan is not drawn up without a goal (18 § 681/2023)."),
            _("Write the goal first."),
        )
    before = known.in_force(version.kind)
    if before is not None and before.drawn_on is not None and days.drawn_on < before.drawn_on:
        raise InvalidInput(
            "drawn_on",
            _("The version before was drawn up on {day}.").format(day=format_date(before.drawn_on)),
        )
    check_plan(days, facts, clock.today(), household=household)
    phase = await _phase(db, client_id)
    moved = not household and phase in _BEFORE_PLAN
    wanted, event_id = asdict(days), new_id()
    seen = {name: getattr(version, name) for name in wanted}
    inverse: dict[str, Any] = {
        "plan_rows": [rows.changed("plan", plan_id, seen, wanted)], "withdraw": str(event_id),
    }  # fmt: skip
    if moved:
        inverse["details"] = {"before": {"phase": phase}, "after": {"phase": "plan"}}

    async def work(session: "AsyncSession") -> None:
        from kotoutus_tui.casework.client_details import write_fields

        await lock_client(session, client_id)
        row = await rows.standing(session, client_id, "plan", plan_id)
        write_row(session, row, seen, wanted)
        await session.flush()
        if moved:
            await write_fields(session, client_id, {"phase": phase}, {"phase": "plan"})
        body = told_of_plan(version, days.starts_on, days.ends_on)
        _tell(session, client_id, event_id, "plan", days.drawn_on, body, operation_id)

    await once(db, operation_id, "plan.draw", client_id, inverse, work)


async def review(db: "Database", client_id: UUID, values: Mapping[str, Any], *, operation_id: UUID) -> None:
    """Write down a review: `held_on`, the texts of REVIEW_FIELDS and `next_review_on`.

    Raises InvalidInput at the field; something must have been said.
    """
    from models.base import new_id

    held_on, next_on = values["held_on"], values.get("next_review_on")
    texts: dict[str, Any] = {
        name: clean_prose(values.get(name) or "", name) or None for name in REVIEW_FIELDS
    }
    check_review(held_on, next_on, await facts_of(db, client_id), clock.today())
    if not any(texts.values()):
        raise InvalidInput("progress", _("The text is empty."), _("Write something first."))
    plan = (await plans(db, client_id)).in_force("integration")
    review_id, event_id = new_id(), new_id()
    inverse = {"plan_rows": [rows.added("review", review_id)], "withdraw": str(event_id)}

    async def work(session: "AsyncSession") -> None:
        from models.plan import PlanReview

        await lock_client(session, client_id)
        session.add(
            PlanReview(
                id=review_id, client_id=client_id, plan_id=plan.id if plan else None, held_on=held_on,
                next_review_on=next_on, operation_id=operation_id, **texts,
            )
        )  # fmt: skip
        body = told_of_review(texts, next_on)
        _tell(session, client_id, event_id, "review", held_on, body, operation_id)

    await once(db, operation_id, "plan.review", client_id, inverse, work)


async def _phase(db: "Database", client_id: UUID) -> str:
    async with db.reading_fast() as connection:
        row = await (
            await connection.execute("select phase from app.client where id = %s", [client_id])
        ).fetchone()
    if row is None:
        raise gone()
    return row[0]


def _tell(
    session: "AsyncSession",
    client_id: UUID,
    event_id: UUID,
    kind: str,
    day: date,
    body: str,
    operation_id: UUID,
) -> None:
    from models.event import Event
    from models.safe_text import PROSE_LIMIT

    session.add(
        Event(
            id=event_id, client_id=client_id, kind=kind, occurred_at=clock.moment_of(day),
            body=body[:PROSE_LIMIT], operation_id=operation_id,
        )
    )  # fmt: skip
