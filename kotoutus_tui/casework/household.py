"""Who lives with a client: bringing clients and other people into one household, and taking them out."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.household import HouseholdMember

Facts = dict[str, Any]

RELATIONS = ("spouse", "child", "parent", "sibling", "guardian", "other")


async def add_member(
    db: "Database",
    client_id: UUID,
    relation: str,
    *,
    operation_id: UUID,
    person: str | None = None,
    other: UUID | None = None,
    is_guardian: bool = False,
) -> None:
    """Add an own client (`other`) or a person known by name alone; an address is never copied.

    Raises InvalidInput, Conflict when the other lives in a household already, NotAllowed.
    """
    name = clean_line(person or "", "person")[:200] or None
    if (name is None) == (other is None):
        raise InvalidInput("person", _("The name is missing."))
    if relation not in RELATIONS:
        raise InvalidInput("relation", _("Choose one of these."))

    facts: Facts = {
        "other": str(other) if other else None, "person": name, "relation": relation, "guardian": is_guardian,
    }  # fmt: skip

    async def add(session: "AsyncSession") -> None:
        await undo_remove(session, client_id, facts)

    await once(db, operation_id, "household.add", client_id, {"part": facts}, add)


async def remove_member(db: "Database", client_id: UUID, member_id: UUID, *, operation_id: UUID) -> None:
    """Take somebody out of the client's household from today; raises NotFound."""
    async with db.reading() as session:
        member = await _member(session, client_id, member_id)
        facts: Facts = {
            "other": str(member.client_id) if member.client_id else None, "person": member.person,
            "relation": member.relation, "guardian": member.is_guardian,
        }  # fmt: skip

    async def remove(session: "AsyncSession") -> None:
        await _member(session, client_id, member_id)
        await _call(session, "select api.remove_household_member(:member)", {"member": member_id})

    await once(db, operation_id, "household.remove", client_id, {"join": facts}, remove)


async def own_clients(db: "Database", client_id: UUID) -> list[tuple[UUID, str]]:
    """Return the other clients this person lists, by name: id and name. For a choice; at most 2,000."""
    statement = "select id, name from app.client where id <> %(client)s order by sort_name, id limit 2000"
    async with db.reading_fast() as connection:
        return await (await connection.execute(statement, {"client": client_id})).fetchall()


async def undo_add(session: "AsyncSession", client_id: UUID, facts: Facts) -> None:
    """Take out again who was added with these facts."""
    members = await _members(session, client_id)
    found = [each for each in members if _is(each, facts)]
    if not found:
        raise gone()
    await _call(session, "select api.remove_household_member(:member)", {"member": found[-1].id})


async def undo_remove(session: "AsyncSession", client_id: UUID, facts: Facts) -> None:
    """Bring somebody with these facts into the household."""
    await _call(
        session,
        "select api.add_household_member(:client, cast(:other as uuid), :person, :relation, :guardian)",
        {"client": client_id, **facts},
    )


async def _call(session: "AsyncSession", statement: str, values: dict[str, Any]) -> None:
    from sqlalchemy import text

    await (await session.connection()).execute(text(statement), values)


async def _members(session: "AsyncSession", client_id: UUID) -> "list[HouseholdMember]":
    from sqlmodel import col, select

    from models.household import HouseholdMember

    own = select(HouseholdMember.household_id).where(
        HouseholdMember.client_id == client_id, col(HouseholdMember.removed_at).is_(None)
    )
    wanted = (
        select(HouseholdMember)
        .where(
            col(HouseholdMember.household_id).in_(own),
            col(HouseholdMember.removed_at).is_(None),
            col(HouseholdMember.client_id).is_distinct_from(client_id),
        )
        .order_by(col(HouseholdMember.id))
    )
    return list((await session.exec(wanted)).all())


async def _member(session: "AsyncSession", client_id: UUID, member_id: UUID) -> "HouseholdMember":
    for member in await _members(session, client_id):
        if member.id == member_id:
            return member
    raise gone()


def _is(member: "HouseholdMember", facts: Facts) -> bool:
    other = str(member.client_id) if member.client_id else None
    return (other, member.person, member.relation) == (facts["other"], facts["person"], facts["relation"])
