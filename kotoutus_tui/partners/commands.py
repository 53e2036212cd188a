"""What the team does in the network: adds, changes, pauses, ends, and says that a service was checked."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.edits import Added, Edit
from kotoutus_tui.partners.network import Contact, Hours, Organisation, Place, Service
from kotoutus_tui.partners.opening_hours import Weekly

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Facts = dict[str, Any]
_STATED = frozenset({"capacity", "waiting_days", "next_start_on"})
_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


async def add_service(
    db: "Database", facts: Facts, organisation: UUID | Facts, *, operation_id: UUID
) -> UUID:
    """Add a service to an organisation, or to a new one with these facts; return the service's id."""
    made = uuid4()
    changes: list[Added | Edit] = []
    if not isinstance(organisation, UUID):
        new = uuid4()
        changes.append(Added("organisation", {"id": new, **_checked(organisation)}))
        organisation = new
    changes.append(Added("service", {"id": made, "organisation_id": organisation, **_stated(facts, {})}))
    await edits.write(db, "service.add", changes, operation_id=operation_id)
    return made


async def change_service(db: "Database", service: Service, facts: Facts, *, operation_id: UUID) -> None:
    """Change facts of a service; a new capacity, wait or start is stated today unless a day is given."""
    before = {name: getattr(service, name) for name in (*facts, "capacity_stated_on")}
    after = _changed(before, _stated(facts, before))
    if after:
        await edits.write(
            db, "service.change", [Edit("service", [service.id], before, after)], operation_id=operation_id
        )


async def set_state(db: "Database", service: Service, state: str, *, operation_id: UUID) -> None:
    """Make a service active, paused or ended."""
    await change_service(db, service, {"state": state}, operation_id=operation_id)


async def verify(db: "Database", service: Service, *, operation_id: UUID) -> None:
    """Say that the partner was called today and what stands here is right."""
    before, after = {"verified_on": service.verified_on}, {"verified_on": clock.today()}
    if before != after:
        await edits.write(
            db, "service.verify", [Edit("service", [service.id], before, after)], operation_id=operation_id
        )


async def change_organisation(
    db: "Database", organisation: Organisation, facts: Facts, *, operation_id: UUID
) -> None:
    """Change facts of an organisation; raises InvalidInput for a wrong business id."""
    before = {name: getattr(organisation, name) for name in facts}
    after = _changed(before, _checked(facts))
    if after:
        edit = Edit("organisation", [organisation.id], before, after)
        await edits.write(db, "organisation.change", [edit], operation_id=operation_id)


async def succeed(
    db: "Database", organisation: Organisation, facts: Facts, since: date, *, operation_id: UUID
) -> UUID:
    """Add who comes after an organisation from the day `since`; its services stay found by both names."""
    from datetime import timedelta

    made = uuid4()
    last = {"valid_to": since - timedelta(days=1)}
    await edits.write(
        db,
        "organisation.succeed",
        [
            Added("organisation", {
                "id": made, "predecessor_id": organisation.id, "valid_from": since, **_checked(facts),
            }),
            Edit("organisation", [organisation.id], {"valid_to": organisation.valid_to}, last),
        ],
        operation_id=operation_id,
    )  # fmt: skip
    return made


async def add_place(db: "Database", service: Service, facts: Facts, *, operation_id: UUID) -> None:
    """Say where a service is given."""
    place = uuid4()
    await edits.write(
        db,
        "place.add",
        [
            Added("place", {"id": place, "organisation_id": service.organisation_id, **facts}),
            Added("service_place", {"service_id": service.id, "place_id": place}),
        ],
        operation_id=operation_id,
    )


async def change_place(db: "Database", place: Place, facts: Facts, *, operation_id: UUID) -> None:
    """Change an address."""
    await _change(db, "place", place, facts, operation_id)


async def set_weekly(
    db: "Database", service: Service, hours: Sequence[Hours], weekly: Sequence[Weekly], *, operation_id: UUID
) -> None:
    """Put these weekly hours in the place of those before; days that differ stay."""
    changes: list[Added | Edit] = [
        Edit("service_hours", [each.id], {"removed_at": None}, {"removed_at": NOW})
        for each in hours
        if each.weekday is not None
    ]
    changes += [
        Added("service_hours", {
            "id": uuid4(), "service_id": service.id, "weekday": day, "opens": opens, "closes": closes,
        })
        for day, opens, closes in weekly
    ]  # fmt: skip
    await edits.write(db, "hours.set", changes, operation_id=operation_id)


async def add_day(db: "Database", service: Service, facts: Facts, *, operation_id: UUID) -> None:
    """Say that hours of one day differ (`on_day`, `opens`, `closes`); without both times it is closed."""
    if (facts.get("opens") is None) != (facts.get("closes") is None):
        raise InvalidInput("closes", _("Both times are needed, or none when it is closed."))
    if facts.get("opens") and facts["closes"] <= facts["opens"]:
        raise InvalidInput("closes", _("It closes before it opens."), _("Write the earlier time first."))
    row = Added("service_hours", {"id": uuid4(), "service_id": service.id, **facts})
    await edits.write(db, "hours.day", [row], operation_id=operation_id)


async def add_contact(db: "Database", service: Service, facts: Facts, *, operation_id: UUID) -> None:
    """Add a contact person of the service, confirmed today."""
    values = {
        "id": uuid4(), "organisation_id": service.organisation_id, "service_id": service.id,
        "confirmed_on": clock.today(), **facts,
    }  # fmt: skip
    await edits.write(db, "contact.add", [Added("partner_contact", values)], operation_id=operation_id)


async def change_contact(db: "Database", contact: Contact, facts: Facts, *, operation_id: UUID) -> None:
    """Change a contact person, who is confirmed today by it."""
    whole = {**facts, "confirmed_on": clock.today()}
    await _change(db, "partner_contact", contact, whole, operation_id)


async def remove(
    db: "Database", service: Service, row: Place | Hours | Contact, *, operation_id: UUID
) -> None:
    """Take a place from the service, or remove a day that differs or a contact person."""
    table, key = {
        Place: ("service_place", [service.id, row.id]),
        Hours: ("service_hours", [row.id]),
        Contact: ("partner_contact", [row.id]),
    }[type(row)]
    edit = Edit(table, key, {"removed_at": None}, {"removed_at": NOW})
    await edits.write(db, "partner.remove", [edit], operation_id=operation_id)


def check_business_id(text: str) -> str:
    """Return a Finnish business id as 1234567-1; raises InvalidInput when its check digit is wrong."""
    number, _dash, digit = text.strip().rpartition("-")
    right = number.isdecimal() and number.isascii() and len(number) in (6, 7) and digit.isdecimal()
    if right:
        number = number.zfill(7)
        rest = sum(int(each) * weight for each, weight in zip(number, _CHECK_WEIGHTS, strict=True)) % 11
        right = rest != 1 and digit == str(11 - rest if rest else 0)
    if not right:
        raise InvalidInput(
            "business_id", _("That is no Finnish business id."), _("It has seven digits and a check digit.")
        )
    return f"{number}-{digit}"


async def _change(db: "Database", table: str, row: Place | Contact, facts: Facts, operation_id: UUID) -> None:
    before = {name: getattr(row, name) for name in facts}
    after = _changed(before, facts)
    if after:
        await edits.write(
            db, f"{table}.change", [Edit(table, [row.id], before, after)], operation_id=operation_id
        )


def _checked(facts: Facts) -> Facts:
    if facts.get("business_id"):
        return {**facts, "business_id": check_business_id(facts["business_id"])}
    return facts


def _stated(facts: Facts, before: Facts) -> Facts:
    told = [name for name in _STATED & facts.keys() if facts[name] != before.get(name)]
    return {**facts, "capacity_stated_on": clock.today()} if told else facts


def _changed(before: Facts, after: Facts) -> Facts:
    return {name: value for name, value in after.items() if value != before.get(name)}
