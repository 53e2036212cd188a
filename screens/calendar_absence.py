"""Saying in the calendar that one is away, or that one is there after all."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from kotoutus_tui.casework import absences
from kotoutus_tui.i18n import _, format_date, ngettext
from screens.details_forms import DetailsForm
from screens.dialog import Confirm
from screens.widgets.date_field import DateField
from screens.widgets.form import Values

if TYPE_CHECKING:
    from screens.calendar import CalendarScreen


async def away(screen: "CalendarScreen", day: date) -> None:
    """Ask from when till when one is away; on a day of an absence, whether it is taken back."""
    known = await absences.between(screen.desk.db, day, day, screen.desk.me.login)
    if known:
        await _take_back(screen, known[0])
        return
    operation = uuid4()
    in_the_way: list[int] = []

    async def save(values: Values) -> None:
        in_the_way.append(
            await absences.add(
                screen.desk.db, values["from_on"], values["to"], operation_id=operation
            )
        )  # fmt: skip

    fields = [
        DateField("from_on", _("First day"), day, required=True),
        DateField("to", _("Last day"), day, required=True),
    ]
    if await screen.ask(DetailsForm(_("Away"), fields, save)):
        count = in_the_way[-1]
        left = ngettext(
            "{count} appointment in that time is to be moved.",
            "{count} appointments in that time are to be moved.",
            count,
        ).format(count=count)
        screen.done(f"{_('Saved.')} {left if count else ''}".strip())


async def _take_back(screen: "CalendarScreen", known: absences.Away) -> None:
    days = f"{format_date(known.from_on)}–{format_date(known.to_on)}"
    if await screen.ask(Confirm(_("Take the absence back?"), [days], accept=_("Take back"))):
        await absences.remove(screen.desk.db, known.id, operation_id=uuid4())
        screen.done(_("The absence is taken back."))
