"""The task that looks after a referral: one at a time, with the day of the referral."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.referrals import words
from kotoutus_tui.casework.undo import task_of

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.casework.referrals.reading import Referral


@dataclass(frozen=True)
class Chase:
    """What happens to the task: `ends` is done with, `moves` gets a new day, `new` is made.

    `inverse` is what undo needs, None when nothing happens.
    """

    state: str
    day: date | None
    ends: UUID | None = None
    moves: UUID | None = None
    new: UUID | None = None
    was: date | None = None

    @property
    def task_after(self) -> UUID | None:
        """The task that looks after the referral from now on."""
        return self.moves or self.new

    @property
    def inverse(self) -> dict[str, Any] | None:
        """What undo needs."""
        if self.ends:
            return {"reopen": str(self.ends)}
        if self.moves:
            return {"move": str(self.moves), "day": str(self.was), "moved_to": str(self.day)}
        return {"cancel": str(self.new)} if self.new else None


def planned(referral: "Referral", state: str, day: date | None, new: UUID) -> Chase:
    """Return what a new state and day mean for the task; `new` is the id of one that must be made."""
    # Without a day its task is done or cancelled already, by a person or by a step before.
    standing = referral.chase_task_id if referral.chase_on and referral.state != "draft" else None
    if day is None:
        return Chase(state, None, ends=standing)
    if standing:
        return Chase(state, day, moves=standing, was=referral.chase_on)
    return Chase(state, day, new=new)


async def carry_out(
    session: "AsyncSession", client_id: UUID, chase: Chase, receiver: str, operation_id: UUID
) -> None:
    """Do what was planned, in the caller's transaction."""
    from models.task import Task

    if chase.ends:
        task = await task_of(session, client_id, chase.ends)
        task.done_at = clock.now()
        session.add(task)
    if chase.day is None:
        return
    title = words.chase_title(chase.state, receiver)
    if chase.moves:
        task = await task_of(session, client_id, chase.moves)
        task.title, task.due_on = title, chase.day
        session.add(task)
    elif chase.new:
        session.add(
            Task(
                id=chase.new, client_id=client_id, title=title, due_on=chase.day, operation_id=operation_id
            )
        )  # fmt: skip


async def put_back(
    session: "AsyncSession", client_id: UUID, inverse: Mapping[str, Any], state: str, receiver: str
) -> None:
    """Undo what was done with the task of a referral that is in `state` again.

    One that somebody finished or moved meanwhile stays as it is.
    """
    if "reopen" in inverse:
        task = await task_of(session, client_id, UUID(inverse["reopen"]))
        task.done_at = None
    elif "cancel" in inverse:
        task = await task_of(session, client_id, UUID(inverse["cancel"]))
        if task.done_at is not None:
            return
        task.cancelled_at = clock.now()
    else:
        task = await task_of(session, client_id, UUID(inverse["move"]))
        if str(task.due_on) != inverse["moved_to"]:
            return
        task.title, task.due_on = words.chase_title(state, receiver), date.fromisoformat(inverse["day"])
    session.add(task)
