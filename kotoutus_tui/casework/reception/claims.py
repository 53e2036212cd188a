"""Claims of compensation: what is to be claimed for one's clients, and marking a year as claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.facts import Facts
from kotoutus_tui.casework.reception.compensation import CLAIM, END, ClaimYear, Compensation, compensation
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


@dataclass(frozen=True, slots=True)
class Claim:
    """A year to be claimed for a client of one's list; `number` is the client's number, if there is one.

    `period_start` and `period_end` are the time compensation is paid for; None once that is over.
    """

    client_id: UUID
    name: str
    number: str | None
    counsellor: str | None
    year: int
    due_on: date
    section: str
    period_start: date | None
    period_end: date | None

    @property
    def key(self) -> str:
        """What tells two claims apart."""
        return f"{self.client_id}:{self.year}"


@dataclass(frozen=True)
class ClientCompensation:
    """What is known of one open client: None in `period` when no compensation is paid for the client."""

    client_id: UUID
    name: str
    period: Compensation | None


async def to_be_claimed(db: "Database", until: date | None = None) -> Sequence[Claim]:
    """Return the claims of the clients this person lists, the most urgent first; `until` is the last due day.

    They come from the deadlines that are kept beside the list, so no client need be open.
    """
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_CLAIMS, {"until": until or date.max})).fetchall()
    return [
        Claim(
            client_id, name, number, counsellor, int(year), due_on, section,
            date.fromisoformat(start) if start else None, end,
        )
        for client_id, name, number, counsellor, year, due_on, section, start, end in rows
        if year.isdecimal()
    ]  # fmt: skip


async def of_client(db: "Database", client_id: UUID) -> ClientCompensation:
    """Return the compensation of an open client, claimed years too; raises NotFound without an opening."""
    async with db.reading_fast() as connection:
        row = await (await connection.execute(_CLIENT, {"client": client_id})).fetchone()
    if row is None:
        raise gone()
    name, ground, since, family, closed_on, claimed = row
    facts = Facts(
        ground_of_entry=ground, municipality_since=since, quota_family=bool(family), closed_on=closed_on
    )
    told: dict[str, str] = claimed or {}
    days = {int(year): date.fromisoformat(day) for year, day in told.items()}
    return ClientCompensation(client_id, name, compensation(facts, clock.today(), days))


async def mark_claimed(
    db: "Database",
    client_id: UUID,
    year: ClaimYear,
    claimed_on: date | None = None,
    reference: str = "",
    *,
    operation_id: UUID,
) -> None:
    """Mark a year of an open client as claimed today or on an earlier day.

    Raises InvalidInput, Conflict when it is marked already, NotAllowed when the client is not open.
    """
    day = claimed_on or clock.today()
    if day > clock.today():
        raise InvalidInput("claimed_on", _("The day is in the future."))
    if day.year < year.year:
        raise InvalidInput("claimed_on", _("A year is claimed at its beginning at the earliest (70 §)."))
    line = short_line(reference, "reference")

    async def work(session: "AsyncSession") -> None:
        from models.reception import CompensationClaim

        if await _claims(session, client_id, year.year):
            raise Conflict(_("The year is marked as claimed already."), fields=("year",))
        session.add(
            CompensationClaim(
                client_id=client_id, year=year.year, old_law=year.old_law, claimed_on=day,
                reference=line,
            )
        )  # fmt: skip
        await session.flush()

    await once(db, operation_id, "compensation.claim", client_id, None, work)


async def mark_unclaimed(db: "Database", client_id: UUID, year: int, *, operation_id: UUID) -> None:
    """Take the mark of a year back; what was marked stays in the log. Raises NotFound when there is none."""

    async def work(session: "AsyncSession") -> None:
        found = await _claims(session, client_id, year)
        if not found:
            raise gone()
        for claim in found:
            claim.removed_at = clock.now()
            session.add(claim)
        await session.flush()

    await once(db, operation_id, "compensation.unclaim", client_id, None, work)


async def _claims(session: "AsyncSession", client_id: UUID, year: int) -> Sequence[Any]:
    from sqlmodel import col, select

    from models.reception import CompensationClaim

    wanted = select(CompensationClaim).where(
        CompensationClaim.client_id == client_id,
        CompensationClaim.year == year,
        col(CompensationClaim.removed_at).is_(None),
    )
    return (await session.exec(wanted)).all()


_CLAIMS: LiteralString = f"""
select d.client_id, c.name, c.external_id, coalesce(s.name, c.own_counsellor), d.subject, d.due_on, d.section,
       e.basis ->> 'from', e.due_on
  from app.deadline d
  join app.client c on c.id = d.client_id
  left join app.deadline e on e.client_id = d.client_id and e.rule = '{END}' and e.subject = ''
  left join app.staff s on s.login = c.own_counsellor
 where d.rule = '{CLAIM}' and d.due_on <= %(until)s
 order by d.due_on, d.subject, c.sort_name, d.client_id
"""  # noqa: S608 (constants of the program alone)
_CLIENT: LiteralString = """
select c.name, d.ground_of_entry, d.municipality_since, s.family_of_refugee,
       case when c.phase = 'closed'
            then coalesce(s.closed_on, (now() at time zone 'Europe/Helsinki')::date) end,
       (select json_object_agg(k.year, k.claimed_on) from app.compensation_claim k
         where k.client_id = c.id and k.removed_at is null)
  from app.client c
  join app.client_detail d on d.client_id = c.id
  left join app.client_status s on s.client_id = c.id
 where c.id = %(client)s
"""
