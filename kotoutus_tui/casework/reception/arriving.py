"""Commands about an arrival: making one, bringing people in, changing it, moving its day, cancelling it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.casework.reception import edits
from kotoutus_tui.casework.reception.edits import Edit
from kotoutus_tui.casework.reception.household import Arrival
from kotoutus_tui.casework.reception.planning import Planned, steps_of_household, steps_of_person
from kotoutus_tui.casework.reception.templates import SOURCES, TemplateStep, templates
from kotoutus_tui.casework.search import searching
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import needed_reason, short_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

_LONGEST_LABEL = 60
_MOST_PERSONS = 30
_FARTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Facts:
    """What is known of a household that arrives; `label` names nobody, `persons` counts them all."""

    label: str
    arrives_on: date
    source: str
    place: str | None = None
    persons: int | None = None
    responsible: str | None = None


async def make(db: "Database", facts: Facts, client_ids: Sequence[UUID] = (), *, operation_id: UUID) -> UUID:
    """Make an arrival with the steps of its source's template; return its id.

    Only clients of one's own list can be named; the lead names any. Raises InvalidInput with the field, also
    for a name in the label and for a place with a protected person, NotAllowed, Unreachable.
    """
    clean = await _checked(db, facts)
    await _check_protected(db, clean.place, client_ids)
    arrival_id = uuid5(operation_id, "arrival")
    name, template = templates().of_source(clean.source)

    async def work(session: "AsyncSession") -> None:
        from models.reception import Arrival as Row

        session.add(Row(id=arrival_id, template=name, **_values(clean)))
        await session.flush()
        ids = _ids(operation_id, "household", template)
        planned = steps_of_household(template, clean.arrives_on, ids)
        await _add_steps(session, arrival_id, planned)
        household = {step.code: step.id for step in planned}
        for client_id in client_ids:
            await _add_person(
                session, arrival_id, client_id, clean.arrives_on, template, household, operation_id
            )

    await once(db, operation_id, "arrival.make", None, None, work)
    return arrival_id


async def add_person(db: "Database", arrival: Arrival, client_id: UUID, *, operation_id: UUID) -> None:
    """Bring a client of one's list into an arrival, with that person's steps.

    The place of the arrival vanishes when the client has a protection order. Raises Conflict for one who is
    in it already, NotAllowed.
    """
    _name, template = templates().of_source(arrival.source)
    household = {step.code: step.id for step in arrival.steps if step.client_id is None}

    async def work(session: "AsyncSession") -> None:
        await _add_person(
            session, arrival.id, client_id, arrival.arrives_on, template, household, operation_id
        )

    await once(db, operation_id, "arrival.add_person", None, None, work)


async def take_out(db: "Database", arrival: Arrival, client_id: UUID, *, operation_id: UUID) -> None:
    """Take a client of one's list out again who was brought in by mistake, with that person's steps.

    What the timeline told of the steps is withdrawn; whoever takes part only through this client sees the
    arrival no longer. Raises NotFound.
    """
    changes = [
        Edit("step", step.id, {"removed_at": None}, {"removed_at": NOW})
        for step in arrival.steps
        if step.client_id == client_id
    ]

    async def work(session: "AsyncSession") -> None:
        from models.reception import ArrivalPerson

        person = await session.get(ArrivalPerson, (arrival.id, client_id), with_for_update=True)
        if person is None or person.removed_at is not None:
            raise gone()
        await edits.apply(session, changes, _("Taken out of the household."))
        person.removed_at = clock.now()
        session.add(person)
        await session.flush()

    await once(db, operation_id, "arrival.take_out", None, None, work)


async def change(db: "Database", arrival: Arrival, facts: Facts, *, operation_id: UUID) -> None:
    """Change what is known of an arrival; a day that moves takes the days of the open steps with it.

    The source stays, since the steps come from its template. Raises InvalidInput, Conflict, NotFound.
    """
    clean = await _checked(db, facts, was=arrival)
    await _check_protected(db, clean.place, [person.client_id for person in arrival.people])
    wanted = {name: value for name, value in _values(clean).items() if name != "source"}
    before = {name: getattr(arrival, name) for name in wanted}
    after = {name: value for name, value in wanted.items() if value != before[name]}
    if not after:
        return
    changes = [Edit("arrival", arrival.id, {name: before[name] for name in after}, after)]
    shift = clean.arrives_on - arrival.arrives_on
    if shift:
        changes += [
            Edit("step", step.id, {"due_on": step.due_on}, {"due_on": step.due_on + shift})
            for step in arrival.steps
            if step.open
        ]
    try:
        await edits.write(db, arrival.id, "arrival.change", changes, operation_id=operation_id)
    except InvalidInput as error:
        # Of another counsellor's client only the database knows.
        raise (protected_place() if error.field == "arrival_place_protected" else error) from None


async def cancel(db: "Database", arrival: Arrival, reason: str, *, operation_id: UUID) -> None:
    """Say that a household does not come, and why; undone by `edits.undo_last`. Raises InvalidInput."""
    why = needed_reason(reason)
    before = {"cancelled_at": arrival.cancelled_at, "cancelled_reason": arrival.cancelled_reason}
    stored = {"cancelled_at": None, "cancelled_reason": before["cancelled_reason"]}
    change_ = Edit("arrival", arrival.id, stored, {"cancelled_at": NOW, "cancelled_reason": why})
    await edits.write(db, arrival.id, "arrival.cancel", [change_], operation_id=operation_id)


async def take_up_again(db: "Database", arrival: Arrival, *, operation_id: UUID) -> None:
    """Say that a cancelled household comes after all."""
    before: dict[str, Any] = {"cancelled_at": NOW, "cancelled_reason": arrival.cancelled_reason}
    change_ = Edit("arrival", arrival.id, before, {"cancelled_at": None, "cancelled_reason": None})
    await edits.write(db, arrival.id, "arrival.take_up", [change_], operation_id=operation_id)


def _values(facts: Facts) -> dict[str, Any]:
    names = ("label", "arrives_on", "source", "place", "persons", "responsible")
    return {name: getattr(facts, name) for name in names}


async def _checked(db: "Database", facts: Facts, was: Arrival | None = None) -> Facts:
    label = short_line(facts.label, "label")
    if label is None or len(label) > _LONGEST_LABEL:
        raise InvalidInput(
            "label", _("The name must have 1 to {count} letters.").format(count=_LONGEST_LABEL)
        )
    if (was is None or label != was.label) and await searching(db, "names_a_client", label):
        raise InvalidInput(
            "label",
            _("Name nobody here: others see it too."),
            _("For example: family of five from Sudan, December"),
        )
    if facts.source not in SOURCES:
        raise InvalidInput("source", _("Choose one of these."))
    if abs(facts.arrives_on - clock.today()) > _FARTHEST:
        raise InvalidInput("arrives_on", _("The day is more than two years away."))
    if facts.persons is not None and not 1 <= facts.persons <= _MOST_PERSONS:
        raise InvalidInput("persons", _("Persons are between 1 and {most}.").format(most=_MOST_PERSONS))
    return Facts(
        label,
        facts.arrives_on,
        facts.source,
        short_line(facts.place, "place"),
        facts.persons,
        facts.responsible,
    )


async def _check_protected(db: "Database", place: str | None, client_ids: Sequence[UUID]) -> None:
    if not place or not client_ids:
        return
    async with db.reading_fast() as connection:
        found = await connection.execute(
            "select true from app.client where protected and id = any(%s) limit 1", [list(client_ids)]
        )
        if await found.fetchone() is not None:
            raise protected_place()


def protected_place() -> InvalidInput:
    """Return the error for a place written down for a household with a protected person."""
    return InvalidInput(
        "place",
        _("Somebody in the household has a protection order, so no place is written here (36 § 661/2009)."),
        _("Leave the place empty."),
    )


def _ids(operation_id: UUID, whose: str, template: Sequence[TemplateStep]) -> dict[str, UUID]:
    return {step.kind.code: uuid5(operation_id, f"{whose}:{step.kind.code}") for step in template}


async def _add_person(
    session: "AsyncSession",
    arrival_id: UUID,
    client_id: UUID,
    arrives_on: date,
    template: Sequence[TemplateStep],
    household: Mapping[str, UUID],
    operation_id: UUID,
) -> None:
    from models.reception import ArrivalPerson

    known = await session.get(ArrivalPerson, (arrival_id, client_id), populate_existing=True)
    if known is not None and known.removed_at is None:
        raise Conflict(_("The client is in the household already."))
    person = known or ArrivalPerson(arrival_id=arrival_id, client_id=client_id)
    person.removed_at = None
    session.add(person)
    await session.flush()
    ids = _ids(operation_id, str(client_id), template)
    await _add_steps(session, arrival_id, steps_of_person(template, arrives_on, client_id, ids, household))


async def _add_steps(session: "AsyncSession", arrival_id: UUID, planned: Sequence[Planned]) -> None:
    from sqlalchemy import insert

    from models.reception import ReceptionStep

    if not planned:
        return
    rows = [
        {
            "id": step.id, "arrival_id": arrival_id, "client_id": step.client_id, "code": step.code,
            "owner": step.owner, "due_on": step.due_on, "blocked_by": step.after,
        }
        for step in planned
    ]  # fmt: skip
    await (await session.connection()).execute(insert(ReceptionStep), rows)
