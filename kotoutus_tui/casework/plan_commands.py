"""Writing a plan: its draft, goals, measures and services, drawing it up, and a new version.

The client must have been opened; otherwise every command raises NotAllowed or NotFound. The same
`operation_id` given twice has one effect. What is changed is given with what was seen, so that two people
who change different fields do not hurt each other; FieldConflict tells of the same field.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import plan_rows as rows
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.fields import write_row
from kotoutus_tui.casework.plan import Version, plans
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line, short_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Values = Mapping[str, Any]

_PROSE = frozenset({"own_words", "parties", "goal", "justification"})
_LINES = frozenset({"title", "provider"})
_NEEDED = frozenset({"goal", "title", "justification", "goal_id"})
# What may still change once the plan was drawn up; anything else takes a new version.
_LIVE = {
    "plan": frozenset({"signed_on", "guided_on"}),
    "goal": frozenset({"state"}),
    "measure": frozenset({"state", "provider", "starts_on", "ends_on"}),
}
_COPIED = ("kind", "title", "justification", "provider", "starts_on", "ends_on", "state")


async def begin(db: "Database", client_id: UUID, kind: str, *, operation_id: UUID) -> UUID:
    """Begin a draft of a plan (KINDS) and return its id.

    It takes over the open goals, and the measures that are planned or under way, of the version in force.
    Raises Conflict when there is a draft already.
    """
    from models.base import new_id

    known = await plans(db, client_id)
    if known.draft(kind) is not None:
        raise Conflict(_("There is a draft of the next version already."), _("Go on with that one."))
    last, plan_id = known.in_force(kind), new_id()
    inverse = {"plan_rows": [rows.added("plan", plan_id)]}

    async def work(session: "AsyncSession") -> None:
        from models.plan import Plan

        await lock_client(session, client_id)
        facts: dict[str, Any] = {}
        if last is not None:
            facts = {name: getattr(last, name) for name in ("own_words", "parties", "county_participates")}
        number = max((each.number for each in known.of(kind)), default=0) + 1
        session.add(Plan(id=plan_id, client_id=client_id, kind=kind, number=number, **facts))
        await session.flush()
        if last is not None:
            await _copy(session, client_id, last, plan_id)

    await once(db, operation_id, "plan.begin", client_id, inverse, work)
    return plan_id


async def change(
    db: "Database",
    client_id: UUID,
    what: str,
    row_id: UUID,
    seen: Values,
    wanted: Values,
    *,
    operation_id: UUID,
) -> None:
    """Change a `plan`, `goal` or `measure`; raises InvalidInput, and FieldConflict as client_details does.

    A goal that is reached or given up is told on the timeline, and so is guidance to a service.
    """
    from models.base import new_id

    mine = {name: value for name, value in cleaned(wanted).items() if value != seen.get(name)}
    if not mine:
        return
    before, event_id = {name: seen.get(name) for name in mine}, new_id()
    told = mine.get("guided_on") is not None or (what == "goal" and mine.get("state", "open") != "open")
    inverse: dict[str, Any] = {"plan_rows": [rows.changed(what, row_id, before, mine)]}
    if told:
        inverse["withdraw"] = str(event_id)

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await rows.standing(session, client_id, what, row_id)
        plan = row if what == "plan" else await rows.standing(session, client_id, "plan", row.plan_id)
        _check_changeable(plan, what, mine)
        if "goal_id" in mine:
            await _check_goal(session, client_id, plan.id, mine["goal_id"])
        write_row(session, row, before, mine)
        _check_days(row, what)
        if told:
            await _tell_change(session, client_id, event_id, row, what, operation_id)

    await once(db, operation_id, f"{what}.change", client_id, inverse, work)


async def add_goal(
    db: "Database", client_id: UUID, plan_id: UUID, term: str, goal: str, *, operation_id: UUID
) -> UUID:
    """Add a goal (TERMS) to a draft and return its id."""
    return await _add(db, client_id, plan_id, "goal", {"term": term, "goal": goal}, operation_id=operation_id)


async def add_measure(
    db: "Database", client_id: UUID, plan_id: UUID, values: Values, *, operation_id: UUID
) -> UUID:
    """Add a measure or service to a draft and return its id.

    It names the goal it serves and why (19 § 3 mom. 681/2023); raises InvalidInput at `goal_id` or
    `justification` without them.
    """
    return await _add(db, client_id, plan_id, "measure", values, operation_id=operation_id)


async def remove(db: "Database", client_id: UUID, what: str, row_id: UUID, *, operation_id: UUID) -> None:
    """Take a goal, a measure or a whole draft away.

    Raises InvalidInput for a goal that measures are justified against, and for what was drawn up.
    """
    inverse = {"plan_rows": [rows.removed(what, row_id)]}

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await rows.standing(session, client_id, what, row_id)
        plan = row if what == "plan" else await rows.standing(session, client_id, "plan", row.plan_id)
        if plan.drawn_on is not None:
            raise _as_it_is()
        if what == "goal" and await _serving(session, row_id):
            raise InvalidInput(
                "",
                _("Measures are justified against this goal (19 § 3 mom. 681/2023)."),
                _("Give them another goal or remove them first."),
            )
        row.removed_at = clock.now()
        session.add(row)

    await once(db, operation_id, f"{what}.remove", client_id, inverse, work)


def cleaned(values: Values) -> dict[str, Any]:
    """Return values as they may be stored; raises InvalidInput at the field."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, str) and name in _PROSE | _LINES:
            value = short_prose(value, name) if name in _PROSE else short_line(value, name)  # noqa: PLW2901
        if name in _NEEDED and value is None:
            raise _needed(name)
        found[name] = value
    return found


async def _add(
    db: "Database", client_id: UUID, plan_id: UUID, what: str, values: Values, *, operation_id: UUID
) -> UUID:
    from models.base import new_id

    row_id, clean = new_id(), cleaned(values)
    inverse = {"plan_rows": [rows.added(what, row_id)]}

    async def work(session: "AsyncSession") -> None:
        from models.plan import PlanGoal, PlanMeasure

        await lock_client(session, client_id)
        plan = await rows.standing(session, client_id, "plan", plan_id)
        if plan.drawn_on is not None:
            raise _as_it_is()
        if what == "goal":
            session.add(PlanGoal(id=row_id, client_id=client_id, plan_id=plan_id, **clean))
            return
        await _check_goal(session, client_id, plan_id, clean.get("goal_id"))
        if clean.get("justification") is None:
            raise _needed("justification")
        row = PlanMeasure(id=row_id, client_id=client_id, plan_id=plan_id, **clean)
        _check_days(row, what)
        session.add(row)

    await once(db, operation_id, f"{what}.add", client_id, inverse, work)
    return row_id


async def _copy(session: "AsyncSession", client_id: UUID, last: Version, plan_id: UUID) -> None:
    from models.base import new_id
    from models.plan import PlanGoal, PlanMeasure

    copies: dict[UUID, UUID] = {}
    for goal in last.goals:
        if goal.state == "open":
            copies[goal.id] = new_id()
            session.add(
                PlanGoal(
                    id=copies[goal.id], client_id=client_id, plan_id=plan_id, term=goal.term, goal=goal.goal
                )
            )
    await session.flush()
    for measure in last.measures:
        if measure.goal_id in copies and measure.state in ("planned", "under_way"):
            facts = {name: getattr(measure, name) for name in _COPIED}
            goal_id = copies[measure.goal_id]
            session.add(PlanMeasure(client_id=client_id, plan_id=plan_id, goal_id=goal_id, **facts))


async def _check_goal(session: "AsyncSession", client_id: UUID, plan_id: UUID, goal_id: UUID | None) -> None:
    if goal_id is None:
        raise _needed("goal_id")
    goal = await rows.standing(session, client_id, "goal", goal_id)
    if goal.plan_id != plan_id:
        raise gone()


def _check_changeable(plan: Any, what: str, wanted: Values) -> None:
    if plan.drawn_on is None:
        if "signed_on" in wanted or "guided_on" in wanted:
            raise InvalidInput("", _("The plan was not drawn up yet."))
    elif not wanted.keys() <= _LIVE[what]:
        raise _as_it_is()


def _check_days(row: Any, what: str) -> None:
    if what == "measure" and row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise InvalidInput("ends_on", _("The end is before the beginning."))
    if what != "plan" or row.drawn_on is None:
        return
    for name, sentence in (
        ("signed_on", _("A plan is signed when it has been drawn up.")),
        ("guided_on", _("A client is guided to a service after the plan is drawn up.")),
    ):
        day = getattr(row, name)
        if day is not None and day > clock.today():
            raise InvalidInput(name, _("The day is in the future."))
        if day is not None and day < row.drawn_on:
            raise InvalidInput(name, sentence)


async def _tell_change(
    session: "AsyncSession", client_id: UUID, event_id: UUID, row: Any, what: str, operation_id: UUID
) -> None:
    from models.event import Event

    if what == "goal":
        reached = _("Goal reached: {goal}") if row.state == "reached" else _("Goal given up: {goal}")
        kind, body = "goal", reached.format(goal=row.goal)
    else:
        kind, body = "service", _("Guided to a service of the plan.")
    session.add(
        Event(
            id=event_id, client_id=client_id, kind=kind, occurred_at=clock.now(), body=body,
            operation_id=operation_id,
        )
    )  # fmt: skip


async def _serving(session: "AsyncSession", goal_id: UUID) -> bool:
    from sqlmodel import col, select

    from models.plan import PlanMeasure

    wanted = select(PlanMeasure.id).where(
        PlanMeasure.goal_id == goal_id, col(PlanMeasure.removed_at).is_(None)
    )
    return (await session.exec(wanted)).first() is not None


def _needed(name: str) -> InvalidInput:
    if name == "goal_id":
        sentence = _("A measure or service is justified against a goal of the plan (19 § 3 mom. 681/2023).")
        return InvalidInput(name, sentence, _("Choose the goal it serves."))
    if name == "justification":
        sentence = _("Say why it serves the goal (19 § 3 mom. 681/2023).")
        return InvalidInput(name, sentence)
    return InvalidInput(name, _("The text is empty."), _("Write something first."))


def _as_it_is() -> InvalidInput:
    return InvalidInput(
        "", _("A plan that was drawn up stays as it is."), _("Begin a new version to change it.")
    )
