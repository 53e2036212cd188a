"""The commands of the calendar, step by step: make, move, cancel, undo and show an appointment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4, uuid5

from kotoutus_tui import clock
from kotoutus_tui.calendar.free import Slot
from kotoutus_tui.calendar.week import CLOSES
from kotoutus_tui.casework import appointment_times as times
from kotoutus_tui.casework import appointment_undo, appointments, attendance, free_times
from kotoutus_tui.casework import calendar_reading as reading
from kotoutus_tui.casework import calendar_words as words
from kotoutus_tui.casework.appointment_clashes import Clashes, Plan
from kotoutus_tui.casework.appointment_series import Rule, make_series
from kotoutus_tui.casework.appointment_values import Wanted
from kotoutus_tui.casework.calendar_reading import Meeting, Span
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.casework.opening import OpenClient, ReasonNeeded
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.outlook import warning
from screens.base import BaseScreen
from screens.calendar_form import USUAL_MINUTES, AppointmentForm, Begun, MoveForm
from screens.client_forms import Choose, reason_form
from screens.dialog import Confirm
from screens.widgets.form import Values

if TYPE_CHECKING:
    from screens.calendar import CalendarScreen

_TEXTS = (
    "title", "place", "room", "partner", "interpreter", "interpreter_company", "interpreter_reference",
    "interpreter_gender",
)  # fmt: skip

_MOST_OFFERED = 8
_CHANGED = ("kind", "mode", "interpreter_language", "interpreter_cancel_by")


async def make(screen: BaseScreen, begun: Begun) -> Meeting | None:
    """Ask for an appointment and make it; None when the form was closed. Inside `do`."""
    db = screen.desk.db
    slots = await clashes_of(screen)
    operation = uuid4()

    async def save(values: Values) -> UUID:
        wanted = await _wanted(values, slots)
        await open_all(screen, wanted.clients)
        if values["frequency"]:
            rule = _rule(values)
            every = await _telling_conflict(make_series(db, wanted, rule, operation_id=operation))
            made = every[0]
        else:
            made = await _telling_conflict(appointments.make(db, wanted, operation_id=operation))
        draft.discard()
        return made

    state_dir, client = screen.desk.settings.state_dir, begun.client_id
    draft = (
        FormDraft.about(state_dir, client, "appointment")
        if client
        else FormDraft(state_dir, "form-appointment")
    )
    made = await screen.ask(AppointmentForm(begun, slots, save, draft))
    return await reading.meeting(db, made) if made else None


async def begin(screen: BaseScreen, start: datetime | None = None, client_id: UUID | None = None) -> Begun:
    """Return what a new appointment begins with: a time or, without one, the next free one; and a client."""
    db, own = screen.desk.db, await reading.own_clients(screen.desk.db)
    if start is None:
        language = next((each.interpreter_language for each in own if each.id == client_id), None) or ""
        slot = await free_times.first_free(db, screen.desk.me.login, USUAL_MINUTES, language)
        start = slot.starts_at if slot else None
    return Begun(own, client_id, start)


async def edit(screen: "CalendarScreen", meeting: Meeting) -> None:
    """Change what an appointment is, when, and with whom."""
    db, operation = screen.desk.db, uuid4()
    slots = await clashes_of(screen)

    async def save(values: Values) -> UUID:
        wanted = await _wanted(values, slots, meeting)
        before = await appointments.clients_of(db, meeting.id)
        await open_all(screen, dict.fromkeys((*before, *wanted.clients)))
        changes = {name: getattr(wanted, name) or None for name in (*_CHANGED, *_TEXTS)}
        await appointments.change(db, meeting.id, changes, operation_id=uuid5(operation, "change"))
        minutes = wanted.minutes * (2 if wanted.interpreter_language else 1)
        await _telling_conflict(
            appointments.move(
                db, meeting.id, wanted.starts_at, operation_id=uuid5(operation, "move"), minutes=minutes,
                overlap_reason=wanted.overlap_reason,
            )
        )  # fmt: skip
        # The form has room for two: those after them stay.
        listed = {each.id for each in meeting.people[:2]}
        for client in set(wanted.clients) - {each.id for each in meeting.people}:
            await attendance.add_client(db, meeting.id, client, operation_id=uuid5(operation, client.hex))
        for client in listed - set(wanted.clients):
            await attendance.remove_client(
                db, meeting.id, client, _("Changed."), operation_id=uuid5(operation, client.hex)
            )
        return meeting.id

    begun = Begun(await reading.own_clients(db), meeting=meeting)
    draft = FormDraft(screen.desk.settings.state_dir, f"form-appointment-{meeting.id}")
    if await screen.ask(AppointmentForm(begun, slots, save, draft)) is not None:
        screen.done(_("Saved."), await reading.meeting(db, meeting.id))


async def move(screen: "CalendarScreen", meeting: Meeting) -> None:
    """Ask for another time and move the appointment there."""
    db, operation = screen.desk.db, uuid4()
    following = await _following(screen, meeting, _("Which ones are moved?"))
    if following is None:
        return
    offered = [] if following else await free_times.for_moving(db, screen.desk.me.login, meeting)
    at = meeting.starts_at
    if offered:
        choices = [(each.starts_at.isoformat(), _when(each)) for each in offered[:_MOST_OFFERED]]
        chosen = await screen.ask(Choose(_("Free times"), [*choices, ("", _("Another time …"))]))
        if chosen is None:
            return
        at = datetime.fromisoformat(chosen).astimezone(clock.HELSINKI) if chosen else at
    slots = await clashes_of(screen)

    async def save(values: Values) -> datetime:
        starts_at = times.moment(values["day"], values["time"])
        seen = await slots.of(Plan.of_move(values, meeting))
        reason = (values["overlap_reason"] or "") if seen.overlaps else ""
        await open_all(screen, await appointments.clients_of(db, meeting.id, following=following))
        await _telling_conflict(
            appointments.move(
                db, meeting.id, starts_at, operation_id=operation, overlap_reason=reason, following=following
            )
        )
        return starts_at

    if await screen.ask(MoveForm(meeting, at, slots, save)) is not None:
        screen.done(_("Moved. u undoes it."), await reading.meeting(db, meeting.id))


async def cancel(screen: "CalendarScreen", meeting: Meeting) -> None:
    """Ask why, and cancel the appointment."""
    db, operation = screen.desk.db, uuid4()
    following = await _following(screen, meeting, _("Which ones are cancelled?"))
    if following is None:
        return

    async def use(reason: str) -> None:
        await open_all(screen, await appointments.clients_of(db, meeting.id, following=following))
        await appointments.cancel(db, meeting.id, reason, operation_id=operation, following=following)

    form = reason_form(_("Why is the appointment cancelled?"), use, _("Cancel the appointment"))
    if await screen.ask(form) is not None:
        screen.done(_("Cancelled. u undoes it."))


async def undo(screen: "CalendarScreen") -> None:
    """Undo this person's last change of the calendar."""
    db = screen.desk.db
    await open_all(screen, await appointment_undo.clients_to_open(db))
    await appointment_undo.undo_last(db, operation_id=uuid4())
    screen.done(_("Undone."))


async def show(screen: "CalendarScreen", meeting: Meeting) -> None:
    """Show every fact of an appointment, and go to its client if wanted."""
    accept = _("Open the client") if meeting.people else _("Move")
    shown = Confirm(words.who(meeting), words.in_full(meeting), accept=accept, refuse=_("Close"))
    if not await screen.ask(shown):
        return
    if not meeting.people:
        await move(screen, meeting)
        return
    chosen: str | None = str(meeting.people[0].id)
    if len(meeting.people) > 1:
        choices = [(str(each.id), each.name) for each in meeting.people]
        chosen = await screen.ask(Choose(_("Which client?"), choices))
    if chosen is not None:
        from screens.client_timeline import ClientTimelineScreen

        screen.frame.push_screen(ClientTimelineScreen(UUID(chosen)))


async def clashes_of(screen: BaseScreen) -> Clashes:
    """Return what looks for clashes of this person's appointments."""
    desk = screen.desk
    team = {each.login: each.name for each in await reading.team(desk.db, clock.today())}

    async def in_outlook(starts_at: datetime, ends_at: datetime) -> Sequence[str]:
        return await warning.warnings(desk.db, desk.settings, starts_at, ends_at)

    return Clashes(desk.db, desk.me.login, team, in_outlook)


async def open_all(screen: BaseScreen, clients: Iterable[UUID]) -> None:
    """Open the clients of an appointment; a lead is asked for a reason."""
    for client_id in clients:
        opening = OpenClient(screen.desk.db, client_id)
        try:
            await opening.renew()
        except ReasonNeeded as needed:
            form = reason_form(_("Say why you open the client."), opening.open, _("Open"))
            if await screen.ask(form) is None:
                raise needed


def _when(slot: Slot) -> str:
    return words.when(Span(slot.login, slot.starts_at, slot.ends_at))


async def _following(screen: BaseScreen, meeting: Meeting, question: str) -> bool | None:
    """Ask of one of a series whether the later ones go with it; None when that was not answered."""
    if meeting.series_id is None:
        return False
    choices = [("one", _("Only this one")), ("following", _("This one and the later ones"))]
    chosen = await screen.ask(Choose(question, choices))
    return None if chosen is None else chosen == "following"


def _rule(values: Values) -> Rule:
    if not values["times"]:
        raise InvalidInput("times", _("Say how many times."))
    return Rule(values["frequency"], values["times"])


async def _wanted(values: Values, slots: Clashes, meeting: Meeting | None = None) -> Wanted:
    starts_at = times.moment(values["day"], values["time"])
    people = [UUID(values[name]) for name in ("client", "other") if values[name]]
    seen = await slots.of(Plan.of(values, meeting))
    told = values.get("told") == "yes"
    wanted = Wanted(
        values["kind"], starts_at, values["minutes"], people[0] if people else None, others=tuple(people[1:]),
        mode=values["mode"], interpreter_language=values["interpreter_language"] or "",
        interpreter_cancel_by=_cancel_by(values, starts_at),
        overlap_reason=(values["overlap_reason"] or "") if seen.overlaps else "",
        told_of_fee=told, told_how_to_cancel=told, understood=told,
    )  # fmt: skip
    return replace(wanted, **{name: values[name] or "" for name in _TEXTS})


def _cancel_by(values: Values, starts_at: datetime) -> datetime | None:
    day = values["interpreter_cancel_by"]
    if day is None:
        return None
    if day > starts_at.date():
        raise InvalidInput(
            "interpreter_cancel_by", _("This is after the appointment."), _("Choose an earlier day.")
        )
    return min(datetime.combine(day, time(CLOSES), clock.HELSINKI), starts_at)


async def _telling_conflict(work: Any) -> Any:
    try:
        return await work
    except Conflict as conflict:
        # The field in which a reason lets it pass.
        if "starts_at" not in conflict.fields:
            raise
        raise InvalidInput("overlap_reason", conflict.sentence, conflict.next_step) from conflict
