"""Answers to a change made in Outlook: keep what stands here, take over what stands there, or leave both."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework import appointments
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.outlook.rows import Rows

if TYPE_CHECKING:
    from kotoutus_tui.database import Database
    from models.outlook import OutlookEvent

Choice = Literal["keep", "take", "leave"]
CHOICES: tuple[Choice, ...] = ("keep", "take", "leave")


async def answer(db: "Database", event_id: UUID, choice: Choice) -> None:
    """Answer the change of an event, by the id of our row; what is to be sent then waits for a push.

    `keep` lets Outlook hold again what stands here; `take` moves or cancels the appointment as it was
    done there, and its client is opened for that; `leave` changes nothing until the appointment changes
    here. Raises NotFound, and Conflict when the new time is taken.
    """
    rows = Rows(db)
    event = next((each for each in await rows.events() if each.id == event_id and each.theirs), None)
    if event is None or event.theirs is None:
        raise gone()
    theirs: dict[str, Any] = event.theirs
    if choice == "take":
        await _take(db, event, theirs)
    values = _day(event, theirs, choice) if theirs["original"] else _whole(event, theirs, choice)
    await rows.note(event, theirs=None, **values)
    await rows.again(event.unit_id)


def _whole(event: "OutlookEvent", theirs: dict[str, Any], choice: Choice) -> dict[str, Any]:
    if theirs["kind"] == "deleted":
        if choice == "keep":
            return {"event_id": None, "generation": event.generation + 1, "mark": None, "parts": {"days": {}}}
        if choice == "leave":
            return {"removed_at": clock.now(), "mark": theirs["wanted"] or event.mark}
        return {"removed_at": clock.now(), "event_id": None, "mark": None, "with_client": False}
    known = {"change_key": theirs["key"], "seen": theirs["mark"]}
    # What is sent next is compared with what Outlook has, or counts as sent when it is left so.
    return known | {"mark": (theirs["wanted"] or event.mark) if choice == "leave" else theirs["mark"]}


def _day(event: "OutlookEvent", theirs: dict[str, Any], choice: Choice) -> dict[str, Any]:
    parts: dict[str, Any] = dict(event.parts or {})
    days: dict[str, Any] = dict(parts.get("days", {}))
    mark = theirs["mark"] if theirs["kind"] == "changed" else ""
    days[theirs["original"]] = {"mark": mark} | ({"left": theirs["wanted"]} if choice == "leave" else {})
    return {"parts": parts | {"days": days}}


async def _take(db: "Database", event: "OutlookEvent", theirs: dict[str, Any]) -> None:
    appointment_id = event.source_id
    if event.series:
        appointment_id = await _occurrence(db, event.source_id, theirs["original"])
    if appointment_id is None:
        raise InvalidInput(
            "choice",
            _("A whole series cannot be taken over from Outlook."),
            _("Change the appointments here, or keep what stands here."),
        )
    for client in await appointments.clients_of(db, appointment_id):
        await open_client(db, client)
    if theirs["kind"] == "deleted":
        await appointments.cancel(db, appointment_id, _("Deleted in Outlook"), operation_id=uuid4())
        return
    starts_at = datetime.fromisoformat(theirs["starts_at"])
    minutes = round((datetime.fromisoformat(theirs["ends_at"]) - starts_at).total_seconds() / 60)
    await appointments.move(db, appointment_id, starts_at, minutes=minutes, operation_id=uuid4())


async def _occurrence(db: "Database", series_id: UUID, original: str | None) -> UUID | None:
    from sqlmodel import select

    from models.appointment import Appointment

    if original is None:
        return None
    wanted = select(Appointment.id).where(
        Appointment.series_id == series_id, Appointment.original_start == datetime.fromisoformat(original)
    )
    async with db.reading() as session:
        return (await session.exec(wanted)).first()
