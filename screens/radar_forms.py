"""The question of the radar: until when a deadline is snoozed, and why."""

from datetime import timedelta
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import snoozing
from kotoutus_tui.casework.radar import RadarRow
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.widgets.date_field import DateField
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values


def snooze_form(db: Database, row: RadarRow, operation_id: UUID) -> FormDialog[Values]:
    """Ask for a day and a reason, and snooze the deadline; stays open until that succeeds."""

    async def save(values: Values) -> Values:
        await snoozing.snooze(db, row, values["until"], values["reason"], operation_id=operation_id)
        return values

    until = DateField("until", _("Until"), clock.today() + timedelta(days=7), required=True)
    reason = TextField("reason", _("Reason"), clean=clean_line, required=True)
    return FormDialog(_("Snooze the deadline"), [until, reason], save=save, accept=_("Snooze"))
