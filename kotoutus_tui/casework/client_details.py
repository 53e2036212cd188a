"""The private facts of a client, field by field: reading them and changing them while others do the same.

The client must have been opened. Values are text, dates, yes or no, or None; choices are codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import FieldConflict, changed_by_others, read_back, staff_name, stored
from kotoutus_tui.casework.integration_period import integration_period
from kotoutus_tui.errors import InvalidInput, NotAllowed, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

Value = str | bool | date | None
Values = dict[str, Value]

OF_CLIENT = (
    "phase",
    "responsible_authority",
    "service_language",
    "interpreter_needed",
    "review_due",
    "period_start",
    "period_end",
)
OF_DETAIL = (
    "birth_date",
    "mother_tongue",
    "citizenship",
    "ground_of_entry",
    "arrived_on",
    "first_permit_on",
    "municipality_since",
    "first_plan_drawn_on",
    "source",
)
OF_CONTACT = ("phone", "email", "address", "municipality")
FIELDS = (*OF_CLIENT, *OF_DETAIL, *OF_CONTACT)

_DATES = frozenset({
    "review_due", "period_start", "period_end", "birth_date", "arrived_on", "first_permit_on",
    "municipality_since", "first_plan_drawn_on",
})  # fmt: skip
_PAST = ("birth_date", "first_permit_on", "first_plan_drawn_on", "municipality_since")


@dataclass(frozen=True)
class Details:
    """The values of FIELDS as they are now, and who changed the private ones last."""

    client_id: UUID
    name: str
    own_counsellor: str | None
    protected: bool
    has_personal_id: bool
    values: Values
    changed_by: str | None


async def details(db: "Database", client_id: UUID) -> Details:
    """Return the facts; raises NotFound without an opening."""
    async with db.reading_fast() as connection:
        row = await (await connection.execute(_DETAILS, {"client": client_id})).fetchone()
    if row is None:
        raise gone()
    name, counsellor, protected, has_code, changed_by, *values = row
    return Details(
        client_id, name, counsellor, protected, has_code, dict(zip(FIELDS, values, strict=True)), changed_by
    )


async def change(
    db: "Database",
    client_id: UUID,
    seen: Mapping[str, Value],
    wanted: Mapping[str, Value],
    *,
    operation_id: UUID,
) -> None:
    """Write the fields of `wanted` that differ from `seen`, the values the person began from.

    Fields that others changed meanwhile stay as they are; only when the same field was changed to
    something else FieldConflict is raised, and nothing is written. A changed first plan moves the
    integration period that the law counts from it, unless the period was set by hand. Raises InvalidInput.
    """
    from kotoutus_tui.casework.undo import once

    mine = {name: _cleaned(name, value) for name, value in wanted.items()}
    mine = {name: value for name, value in mine.items() if value != seen.get(name)}
    if not mine:
        return
    _check({**seen, **mine}, mine)
    before = {name: seen.get(name) for name in mine}
    _move_period(mine, before, seen)

    async def write(session: "AsyncSession") -> None:
        await write_fields(session, client_id, before, mine)

    inverse = {"details": {"before": stored(before), "after": stored(mine)}}
    await once(db, operation_id, "details.change", client_id, inverse, write)


async def restore(session: "AsyncSession", client_id: UUID, inverse: Mapping[str, Mapping[str, Any]]) -> None:
    """Undo a change in the caller's transaction; raises FieldConflict when somebody changed it since.

    A day that the rules gave in the place of the written one is no change by somebody.
    """
    after = read_back(inverse["after"], _DATES)
    counted = await _counted_days(session, client_id)
    after |= {name: day for name, day in counted.items() if name in after}
    await write_fields(session, client_id, after, read_back(inverse["before"], _DATES))


async def write_fields(
    session: "AsyncSession", client_id: UUID, seen: Mapping[str, Value], wanted: Mapping[str, Value]
) -> None:
    """Write fields in the caller's transaction; raises FieldConflict as `change` does."""
    from models.client import ClientContact, ClientDetail

    client = await lock_client(session, client_id)
    detail = await session.get(ClientDetail, client_id, populate_existing=True)
    contact = await session.get(ClientContact, client_id, populate_existing=True)
    if detail is None or contact is None:
        raise NotAllowed(_("You may not do this."))
    row_of: dict[tuple[str, ...], Any] = {OF_CLIENT: client, OF_DETAIL: detail, OF_CONTACT: contact}
    rows = {name: row for fields, row in row_of.items() for name in fields}
    now: Values = {name: getattr(rows[name], name) for name in wanted}
    if theirs := changed_by_others(now, seen, wanted):
        raise FieldConflict(theirs, await staff_name(session, detail.updated_by))
    for name, value in wanted.items():
        if now[name] != value:
            setattr(rows[name], name, value)
            session.add(rows[name])


async def lock_client(session: "AsyncSession", client_id: UUID) -> Any:
    """Return the client's row, held until the transaction ends, so that changes come one after another.

    Raises NotAllowed when the client is not open.
    """
    from sqlmodel import select

    from models.client import Client

    wanted = select(Client).where(Client.id == client_id).with_for_update()
    client = (await session.exec(wanted)).one_or_none()
    if client is None:
        raise NotAllowed(
            _("You may not do this."), _("Ask your team lead if you think you should be able to.")
        )
    return client


async def _counted_days(session: "AsyncSession", client_id: UUID) -> Values:
    from sqlmodel import col, select

    from models.deadline import Deadline

    fields = {"review": "review_due", "period_end": "period_end"}
    wanted = select(Deadline).where(Deadline.client_id == client_id, col(Deadline.rule).in_(fields))
    kept = (await session.exec(wanted)).all()
    return {
        fields[each.rule]: each.due_on
        for each in kept
        if not any(note["kind"] in ("agreed", "by_hand") for note in (each.basis or {}).get("notes", ()))
    }


def _cleaned(name: str, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return short_line(value, name)


def _check(after: Mapping[str, Value], mine: Mapping[str, Value]) -> None:
    today, born = clock.today(), after.get("birth_date")
    for name in _DATES & mine.keys():
        day = mine[name]
        if not isinstance(day, date):
            continue
        if name in _PAST and day > today:
            raise InvalidInput(name, _("The day is in the future."))
        if isinstance(born, date) and day < born:
            raise InvalidInput(name, _("The day is before the date of birth."))
    start, end = after.get("period_start"), after.get("period_end")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        raise InvalidInput("period_end", _("The end is before the beginning."))


def _move_period(mine: Values, before: Values, seen: Mapping[str, Value]) -> None:
    drawn, drawn_before = mine.get("first_plan_drawn_on"), seen.get("first_plan_drawn_on")
    if not isinstance(drawn, date) or {"period_start", "period_end"} & mine.keys():
        return
    old = integration_period(drawn_before) if isinstance(drawn_before, date) else None
    by_law = (old.start, old.end) if old else (None, None)
    if (seen.get("period_start"), seen.get("period_end")) in (by_law, (None, None)):
        new = integration_period(drawn)
        before |= {"period_start": seen.get("period_start"), "period_end": seen.get("period_end")}
        mine |= {"period_start": new.start, "period_end": new.end}


_DETAILS = """
select c.name, s.name, c.protected, api.has_personal_id(c.id), coalesce(u.name, d.updated_by),
       c.phase, c.responsible_authority, c.service_language, c.interpreter_needed, c.review_due,
       c.period_start, c.period_end,
       d.birth_date, d.mother_tongue, d.citizenship, d.ground_of_entry, d.arrived_on, d.first_permit_on,
       d.municipality_since, d.first_plan_drawn_on, d.source,
       k.phone, k.email, k.address, k.municipality
  from app.client c
  join app.client_detail d on d.client_id = c.id
  join app.client_contact k on k.client_id = c.id
  left join app.staff s on s.login = c.own_counsellor
  left join app.staff u on u.login = d.updated_by
 where c.id = %(client)s
"""
