"""Transfers of clients from one counsellor to another: planned for a day, and handed over step by step.

Rights change on the day a transfer takes effect, whoever first uses the program on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _, ngettext
from kotoutus_tui.text import needed_reason, short_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

STEPS = (
    "tasks", "deadlines", "appointments", "referrals", "interpreter", "consents", "promised", "joint_meeting",
    "client_told",
)  # fmt: skip
HANDED_OVER_IN = 14  # days from the transfer, the team's own target


@dataclass(frozen=True)
class Transfer:
    """A transfer that is planned (`applied` False) or being handed over; `done` counts its steps."""

    id: UUID
    client_id: UUID
    name: str
    from_login: str | None
    to_login: str
    reason: str
    effective_on: date
    joint_meeting_on: date | None
    applied: bool
    done: int
    version: int

    @property
    def due_on(self) -> date:
        """The day by which everything should be handed over."""
        return self.effective_on + timedelta(days=HANDED_OVER_IN)

    @property
    def late(self) -> bool:
        """Whether that day has passed."""
        return self.applied and self.due_on < clock.today()


@dataclass(frozen=True)
class Step:
    """A step; `note` is what one counsellor tells the other, None to the lead and where there is none."""

    step: str
    done_on: date | None = None
    note: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Along:
    """How much goes along with clients who are moved."""

    tasks: int
    appointments: int
    interpreters: int
    referrals: int


async def unfinished(db: "Database") -> Sequence[Transfer]:
    """Return one's own transfers, of the lead all, that are planned or not handed over yet, by day."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Transfer)) as cursor:
        await cursor.execute("select * from api.transfers()")
        return await cursor.fetchall()


async def steps(db: "Database", transfer_id: UUID, *, lead: bool) -> Sequence[Step]:
    """Return every step in its order; the lead sees which are done, not what was written."""
    note = "null" if lead else "note"
    async with db.reading_fast() as connection:
        rows = await (
            await connection.execute(
                f"select step, done_on, {note}, updated_by from app.case_transfer_step"  # noqa: S608 (two constants)
                " where transfer_id = %s",
                [transfer_id],
            )
        ).fetchall()
    known = {row[0]: Step(*row) for row in rows}
    return [known.get(step, Step(step)) for step in STEPS]


async def mark(db: "Database", transfer: Transfer, step: str, *, done: bool, operation_id: UUID) -> None:
    """Mark a step as done today, or as open again. Only for the two counsellors."""
    await _put(db, transfer, step, {"done_on": clock.today() if done else None}, operation_id)


async def tell(db: "Database", transfer: Transfer, step: str, note: str, *, operation_id: UUID) -> None:
    """Write what the other counsellor should know about a step; empty takes it away."""
    await _put(db, transfer, step, {"note": short_prose(note, "note")}, operation_id)


async def meet(db: "Database", transfer_id: UUID, day: date | None) -> None:
    """Set the day on which both counsellors meet the client; raises NotFound."""
    await db.call("transfer_meeting", transfer_id, day)


async def close(db: "Database", transfer_id: UUID) -> None:
    """Say that everything was handed over: for the client's counsellor and the lead. Raises NotFound."""
    await db.call("close_transfer", transfer_id)


async def cancel(db: "Database", transfer_id: UUID) -> None:
    """Cancel a planned transfer; only for the lead. Raises NotFound when it has taken effect."""
    await db.call("cancel_transfer", transfer_id)


async def plan(
    db: "Database", moves: Sequence[Mapping[str, str | None]], reason: str, day: date, *, operation_id: UUID
) -> int:
    """Plan transfers for a coming day in one transaction and return their number; all are told.

    `moves` hold `client`, `was` and `given_to`. Only for the lead. Raises InvalidInput, and Conflict when a
    client is no longer whose it was: then nothing was planned.
    """
    import json

    why = needed_reason(reason)
    if not clock.today() < day <= clock.today() + timedelta(days=366):
        raise InvalidInput("effective_on", _("A transfer is planned for a coming day, a year ahead at most."))
    stale = await db.call("plan_transfers", json.dumps(list(moves)), why, day, operation_id)
    if stale:
        raise Conflict(
            ngettext(
                "{count} client has changed counsellor since. Nothing was planned.",
                "{count} clients have changed counsellor since. Nothing was planned.",
                len(stale),
            ).format(count=len(stale)),
            _("Look at the clients again."),
        )
    return len(moves)


async def apply_due(db: "Database") -> int:
    """Let transfers whose day has come take effect; return how many did."""
    return await db.call("apply_due_transfers") or 0


async def goes_along(db: "Database", client_ids: Sequence[UUID]) -> Along:
    """Return how much goes along with these clients; zeros to others than the lead."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Along)) as cursor:
        await cursor.execute("select * from api.goes_along(%s)", [list(client_ids)])
        return await cursor.fetchone() or Along(0, 0, 0, 0)


async def _put(
    db: "Database", transfer: Transfer, step: str, values: Mapping[str, object], operation_id: UUID
) -> None:
    async def work(session: "AsyncSession") -> None:
        from models.case_transfer import CaseTransferStep

        row = await session.get(CaseTransferStep, (transfer.id, step))
        if row is None:
            row = CaseTransferStep(transfer_id=transfer.id, client_id=transfer.client_id, step=step)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    await once(db, operation_id, "transfer.step", None, None, work)
