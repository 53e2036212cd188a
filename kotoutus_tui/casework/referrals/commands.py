"""Writing referrals: a draft, its steps, the day to look after it, and taking the last of it back.

The client must have been opened; otherwise every command raises NotAllowed or NotFound. The same
`operation_id` given twice has one effect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.fields import read_back, stored, write_row
from kotoutus_tui.casework.referrals import chasing, words
from kotoutus_tui.casework.referrals.states import MOVES, NEED_OUTCOME, is_open
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line, short_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.casework.referrals.reading import Referral
    from kotoutus_tui.database import Database

_DAYS = frozenset({"chase_on"})
_IDS = frozenset({"service_id", "goal_id", "instead_of", "event_id", "chase_task_id"})


@dataclass(frozen=True)
class Move:
    """A step to `state`; which of the rest is needed depends on it.

    A decline has a `decline_code`, an end an `outcome`, a withdrawal a `note` that says why. `chase_on` is
    the day to look after it next, None for no such day.
    """

    state: str
    note: str | None = None
    decline_code: str | None = None
    outcome: str | None = None
    chase_on: date | None = None


async def draft(
    db: "Database",
    client_id: UUID,
    values: Mapping[str, Any],
    *,
    operation_id: UUID,
    referral_id: UUID | None = None,
    instead_of: UUID | None = None,
) -> UUID:
    """Begin a referral and return its id; `referral_id` is for a caller who needs to know it before.

    `values` are receiver, receiver_kind, service_id, purpose, goal_id and chase_on, the day an answer is
    wanted by. `instead_of` is the referral that was declined or full before it. Raises InvalidInput.
    """
    from models.base import new_id

    made = referral_id or new_id()
    clean = _cleaned(values)
    if not clean.get("receiver"):
        raise InvalidInput("receiver", _("A referral needs a receiver."), _("Say to whom it goes."))

    async def work(session: "AsyncSession") -> None:
        from models.referral import Referral

        await lock_client(session, client_id)
        session.add(Referral(id=made, client_id=client_id, instead_of=instead_of, **clean))

    inverse = {"referral": {"id": str(made), "before": None, "after": None}}
    await once(db, operation_id, "referral.draft", client_id, inverse, work)
    return made


async def change(
    db: "Database",
    client_id: UUID,
    referral_id: UUID,
    seen: Mapping[str, Any],
    wanted: Mapping[str, Any],
    *,
    operation_id: UUID,
) -> None:
    """Write the fields of a draft that differ from `seen`; raises FieldConflict, InvalidInput, Conflict."""
    mine = {name: value for name, value in _cleaned(wanted).items() if value != seen.get(name)}
    if not mine:
        return
    if "receiver" in mine and not mine["receiver"]:
        raise InvalidInput("receiver", _("A referral needs a receiver."), _("Say to whom it goes."))
    before = {name: seen.get(name) for name in mine}

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _standing(session, client_id, referral_id)
        if row.state != "draft":
            raise Conflict(_("It was sent meanwhile."), _("Only a draft can be changed."))
        write_row(session, row, before, mine)

    await once(db, operation_id, "referral.change", client_id, _inverse(referral_id, before, mine), work)


async def remove(db: "Database", client_id: UUID, referral_id: UUID, *, operation_id: UUID) -> None:
    """Throw a draft away; raises Conflict when it was sent."""

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _standing(session, client_id, referral_id)
        if row.state != "draft":
            raise Conflict(_("It was sent meanwhile."), _("Take it back instead."))
        row.removed_at = clock.now()
        session.add(row)

    inverse: dict[str, Any] = {"referral": {"id": str(referral_id), "before": {}, "after": None}}
    await once(db, operation_id, "referral.remove", client_id, inverse, work)


async def move(
    db: "Database", client_id: UUID, referral: "Referral", wanted: Move, *, operation_id: UUID
) -> None:
    """Take a step from the state that was seen; it is told on the timeline.

    Raises InvalidInput for a step that is not allowed or lacks something, Conflict when somebody else took
    one meanwhile.
    """
    from models.base import new_id

    note = _checked(referral.state, wanted)
    goes_on = is_open(wanted.state)
    event_id, task_id = new_id(), new_id()
    after: dict[str, Any] = {
        "state": wanted.state,
        "decline_code": wanted.decline_code,
        "outcome": wanted.outcome,
        "outcome_note": None if goes_on else note,
        "chase_on": wanted.chase_on if goes_on else None,
    }
    if wanted.state == "sent":
        after["event_id"] = event_id
    before = {name: getattr(referral, name) for name in after}
    chase = chasing.planned(referral, wanted.state, after["chase_on"], task_id)
    after["chase_task_id"], before["chase_task_id"] = chase.task_after, referral.chase_task_id
    inverse = _inverse(referral.id, before, after, chase.inverse) | {"withdraw": str(event_id)}

    async def work(session: "AsyncSession") -> None:
        from models.event import Event

        await lock_client(session, client_id)
        row = await _standing(session, client_id, referral.id)
        if row.state != referral.state:
            raise Conflict(_("Somebody else took a step meanwhile."), _("Look at how it is now."))
        sent = wanted.state == "sent"
        told = words.told(row.receiver, row.purpose) if sent else words.answered(
            wanted.state, wanted.decline_code, wanted.outcome, note
        )  # fmt: skip
        refers_to = None if sent else row.event_id
        session.add(
            Event(
                id=event_id, client_id=client_id, operation_id=operation_id, occurred_at=clock.now(),
                body=told, kind="referral_answer" if refers_to else "referral", refers_to=refers_to,
            )
        )  # fmt: skip
        await chasing.carry_out(session, client_id, chase, row.receiver, operation_id)
        # The row points at both, and the trigger looks whether they are there.
        await session.flush()
        for name, value in after.items():
            setattr(row, name, value)
        session.add(row)
        await session.flush()

    await once(db, operation_id, f"referral.{wanted.state}", client_id, inverse, work)


async def chase(
    db: "Database", client_id: UUID, referral: "Referral", day: date | None, *, operation_id: UUID
) -> None:
    """Set the day to look after a referral that is under way, or none; raises Conflict, InvalidInput."""
    from models.base import new_id

    if referral.state == "draft" or not referral.is_open:
        raise Conflict(_("Nothing more comes of it."), _("Look at how it is now."))
    planned = chasing.planned(referral, referral.state, day, new_id())
    before = {"chase_on": referral.chase_on, "chase_task_id": referral.chase_task_id}
    after = {"chase_on": day, "chase_task_id": planned.task_after}
    inverse = _inverse(referral.id, before, after, planned.inverse)

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _standing(session, client_id, referral.id)
        await chasing.carry_out(session, client_id, planned, row.receiver, operation_id)
        await session.flush()
        for name, value in after.items():
            setattr(row, name, value)
        session.add(row)

    await once(db, operation_id, "referral.chase", client_id, inverse, work)


async def restore(session: "AsyncSession", client_id: UUID, inverse: Mapping[str, Any]) -> None:
    """Take back an addition, a change, a removal or a step; raises Conflict when it was changed since."""
    await lock_client(session, client_id)
    row = await _find(session, client_id, UUID(inverse["id"]))
    before, after = inverse["before"], inverse["after"]
    if before is None:
        if row.removed_at is not None or row.state != "draft":
            raise Conflict(_("It was sent meanwhile."), _("Take it back instead."))
        row.removed_at = clock.now()
    elif after is None:
        row.removed_at = None
    else:
        was, became = (read_back(each, _DAYS, _IDS) for each in (before, after))
        if "state" in became and row.state != became["state"]:
            raise Conflict(_("Somebody else took a step meanwhile."), _("Look at how it is now."))
        if "state" not in became:
            write_row(session, row, became, was)
        for name, value in was.items():
            setattr(row, name, value)
    session.add(row)
    await session.flush()
    if task := inverse.get("task"):
        await chasing.put_back(session, client_id, task, row.state, row.receiver)


async def _find(session: "AsyncSession", client_id: UUID, referral_id: UUID) -> Any:
    from models.referral import Referral

    row = await session.get(Referral, referral_id, populate_existing=True)
    if row is None or row.client_id != client_id:
        raise gone()
    return row


async def _standing(session: "AsyncSession", client_id: UUID, referral_id: UUID) -> Any:
    row = await _find(session, client_id, referral_id)
    if row.removed_at is not None:
        raise gone()
    return row


def _inverse(
    referral_id: UUID,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    task: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    was, became = stored(before), stored(after)
    return {"referral": {"id": str(referral_id), "before": was, "after": became, "task": task}}


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    clean = dict(values)
    if "receiver" in clean:
        clean["receiver"] = short_line(clean["receiver"], "receiver")
    if "purpose" in clean:
        clean["purpose"] = short_prose(clean["purpose"], "purpose")
    return clean


def _checked(state: str, wanted: Move) -> str | None:
    """Return the note as it may be stored; raises InvalidInput for what the database would refuse too."""
    if wanted.state not in MOVES[state]:
        raise InvalidInput(
            "state",
            _("From “{was}” it does not come to “{becomes}”.").format(
                was=words.state_name(state), becomes=words.state_name(wanted.state)
            ),
            _("Choose a step that follows."),
        )
    note = short_prose(wanted.note, "note")
    if wanted.state == "declined" and not wanted.decline_code:
        raise InvalidInput("decline_code", _("A decline needs its reason."), _("Choose one."))
    if wanted.state in NEED_OUTCOME and not wanted.outcome:
        raise InvalidInput("outcome", _("An end needs an outcome."), _("Say what came of the goal."))
    if wanted.state == "withdrawn" and not note:
        raise InvalidInput("note", _("A reason is needed."), _("Say in a few words why."))
    return note
