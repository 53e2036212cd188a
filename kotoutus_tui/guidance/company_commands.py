"""What the team does with companies: records, who comes in which month, and steps of settling in."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.guidance.commands import PART, one_language
from kotoutus_tui.guidance.companies import Arrival, Company, Step
from kotoutus_tui.guidance.settling_in import ROUTES, steps_of
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.commands import check_business_id
from kotoutus_tui.partners.edits import Added, Edit

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Facts = dict[str, Any]
_CONTACT = frozenset({"contact", "phone", "email"})
_MOST = 500


async def add(db: "Database", facts: Facts, *, operation_id: UUID) -> UUID:
    """Add a company (name, business_id, contact, phone, email) and return its id; raises InvalidInput."""
    made = uuid4()
    row = Added("company", {"id": made, **_checked(facts)})
    await edits.write(db, "company.add", [row], operation_id=operation_id, part=PART)
    return made


async def change(db: "Database", company: Company, facts: Facts, *, operation_id: UUID) -> None:
    """Change facts of a company; a contact person that is written is confirmed today. Raises InvalidInput."""
    await _change(db, "company", company, _checked(facts), operation_id)


async def confirm_contact(db: "Database", company: Company, *, operation_id: UUID) -> None:
    """Say that the contact person's data was confirmed today."""
    await _change(db, "company", company, {"contact_confirmed_on": clock.today()}, operation_id)


async def remove(db: "Database", company: Company, *, operation_id: UUID) -> None:
    """Remove a company and delete its contact person's data; the advice given stays in the log."""
    before = {name: getattr(company, name) for name in _CONTACT} | {"removed_at": None}
    after = dict.fromkeys(_CONTACT) | {"removed_at": NOW}
    edit = Edit("company", [company.id], before, after)
    await edits.write(db, "company.remove", [edit], operation_id=operation_id, part=PART)


async def add_arrival(db: "Database", company_id: UUID, facts: Facts, *, operation_id: UUID) -> UUID:
    """Add people who come in a month (month, people, route, language, families), with their steps.

    `month` is any day of it. Raises InvalidInput with the field.
    """
    made, clean = uuid4(), _arrival(facts)
    changes: list[Added | Edit] = [Added("company_arrival", {"id": made, "company_id": company_id, **clean})]
    changes += [
        Added("company_step", {
            "id": uuid4(), "arrival_id": made, "code": step.code, "owner": step.owner, "due_on": step.due_on,
        })
        for step in steps_of(clean["route"], clean["month"], families=clean["families"])
    ]  # fmt: skip
    await edits.write(db, "company.arrival", changes, operation_id=operation_id, part=PART)
    return made


async def change_arrival(db: "Database", arrival: Arrival, facts: Facts, *, operation_id: UUID) -> None:
    """Change an arrival; a month that moves takes the days of the open steps with it. The route stays."""
    clean = _arrival({**facts, "route": arrival.route})
    after = {name: value for name, value in clean.items() if value != getattr(arrival, name)}
    if not after:
        return
    before = {name: getattr(arrival, name) for name in after}
    changes: list[Added | Edit] = [Edit("company_arrival", [arrival.id], before, after)]
    if "month" in after:
        shift = clean["month"] - arrival.month
        changes += [
            Edit("company_step", [step.id], {"due_on": step.due_on}, {"due_on": step.due_on + shift})
            for step in arrival.steps
            if step.done_on is None
        ]
    await edits.write(db, "company.arrival_change", changes, operation_id=operation_id, part=PART)


async def remove_arrival(db: "Database", arrival: Arrival, *, operation_id: UUID) -> None:
    """Remove an arrival that does not come, or is settled."""
    await _remove(db, "company_arrival", arrival.id, "company.arrival_remove", operation_id)


async def set_done(db: "Database", step: Step, day: date | None, *, operation_id: UUID) -> None:
    """Say on which day a step was done, None for not done. Raises InvalidInput for a day to come."""
    if day is not None and day > clock.today():
        raise InvalidInput("done_on", _("The day is in the future."))
    await _change(db, "company_step", step, {"done_on": day}, operation_id)


async def remove_step(db: "Database", step: Step, *, operation_id: UUID) -> None:
    """Leave out a step that this company does not need."""
    await _remove(db, "company_step", step.id, "company.step_remove", operation_id)


async def _change(db: "Database", table: str, row: Company | Step, facts: Facts, operation_id: UUID) -> None:
    after = {name: value for name, value in facts.items() if value != getattr(row, name)}
    if after:
        edit = Edit(table, [row.id], {name: getattr(row, name) for name in after}, after)
        await edits.write(db, f"{table}.change", [edit], operation_id=operation_id, part=PART)


async def _remove(db: "Database", table: str, row: UUID, name: str, operation_id: UUID) -> None:
    edit = Edit(table, [row], {"removed_at": None}, {"removed_at": NOW})
    await edits.write(db, name, [edit], operation_id=operation_id, part=PART)


def _checked(facts: Facts) -> Facts:
    clean = {name: value or None for name, value in facts.items()}
    if number := clean.get("business_id"):
        clean["business_id"] = check_business_id(number)
    if _CONTACT & clean.keys():
        told = any(clean.get(name) for name in _CONTACT)
        clean["contact_confirmed_on"] = clock.today() if told else None
    return clean


def _arrival(facts: Facts) -> Facts:
    if facts["route"] not in ROUTES:
        raise InvalidInput("route", _("Choose one of these."))
    if not 1 <= facts["people"] <= _MOST:
        raise InvalidInput("people", _("A whole number from {least} to {most}.").format(least=1, most=_MOST))
    month: date = facts["month"].replace(day=1)
    if abs((month - clock.today()).days) > 2 * 366:
        raise InvalidInput("month", _("The day is more than two years away."))
    language = one_language(facts["language"]) if facts.get("language") else None
    return {
        "month": month, "people": facts["people"], "route": facts["route"], "language": language,
        "families": bool(facts.get("families")),
    }  # fmt: skip
