"""Whether the clients of an appointment came, and what was told them of the fee for not coming."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui.casework import attendance
from kotoutus_tui.casework.appointment_words import ATTENDANCES
from kotoutus_tui.casework.attendance import Seen
from kotoutus_tui.casework.calendar_reading import Meeting
from kotoutus_tui.casework.intake_words import yes_or_no
from kotoutus_tui.i18n import _
from screens.calendar_form import line_field
from screens.calendar_steps import open_all
from screens.client_forms import Choose
from screens.details_forms import DetailsForm
from screens.dialog import Confirm
from screens.widgets.choice_field import ChoiceField
from screens.widgets.field import Field
from screens.widgets.form import Values

if TYPE_CHECKING:
    from screens.calendar import CalendarScreen

_UNKNOWN = "-"
_TOLD = ("told_of_fee", "told_how_to_cancel", "understood")


async def mark(screen: "CalendarScreen", meeting: Meeting) -> None:
    """Ask who came; of a no-show also for what decides whether its cost may be collected."""
    client_id = await _whom(screen, meeting)
    if client_id is None:
        return
    await open_all(screen, [client_id])
    choices = [*((code, _(name)) for code, name in ATTENDANCES.items()), (_UNKNOWN, _("Not known"))]
    chosen = await screen.ask(Choose(_("Did the client come?"), choices))
    if chosen is None:
        return
    if chosen == "no_show":
        await _no_show(screen, meeting, client_id)
        return
    came = None if chosen == _UNKNOWN else chosen
    await attendance.record(screen.desk.db, meeting.id, client_id, came, operation_id=uuid4())
    screen.done(_("Saved. u undoes it."))


async def _no_show(screen: "CalendarScreen", meeting: Meeting, client_id: UUID) -> None:
    written = await attendance.of(screen.desk.db, meeting.id)
    seen = next(each for each in written if each.client_id == client_id)
    operation = uuid4()
    answers: list[Any] = []

    async def save(values: Values) -> None:
        told: dict[str, Any] = {name: values[name] == "yes" for name in _TOLD}
        reasons = {name: values[name] or "" for name in ("acceptable_reason", "unreasonable_reason")}
        answers.append(
            await attendance.record(
                screen.desk.db, meeting.id, client_id, "no_show", told | reasons, operation_id=operation
            )
        )

    if await screen.ask(DetailsForm(_("Did not come"), _fields(seen), save)):
        screen.done(_("Saved. u undoes it."))
        answer = answers[-1]
        lines = [answer.sentence, *(each.why for each in answer.against)]
        await screen.ask(Confirm(_("The fee for not coming"), lines, accept=_("Go on"), refuse=_("Close")))


async def _whom(screen: "CalendarScreen", meeting: Meeting) -> UUID | None:
    if len(meeting.people) == 1:
        return meeting.people[0].id
    choices = [(str(each.id), each.name) for each in meeting.people]
    chosen = await screen.ask(Choose(_("Which client?"), choices))
    return UUID(chosen) if chosen else None


def _fields(seen: Seen) -> Sequence[Field[Any]]:
    labels = {
        "told_of_fee": _("Told of the fee"),
        "told_how_to_cancel": _("Told how to cancel"),
        "understood": _("Understood it"),
    }
    return [
        *(
            ChoiceField(name, label, yes_or_no(), "yes" if getattr(seen, name) else "no", required=True)
            for name, label in labels.items()
        ),
        line_field("acceptable_reason", _("Acceptable reason"), seen.acceptable_reason),
        line_field("unreasonable_reason", _("Why a fee is unfair"), seen.unreasonable_reason),
    ]
