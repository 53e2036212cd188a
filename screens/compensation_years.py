"""One client's compensation: how long it is paid, and which of its years are claimed."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kotoutus_tui import clock
from kotoutus_tui.casework.reception.claims import ClientCompensation
from kotoutus_tui.casework.reception.compensation import ClaimYear
from kotoutus_tui.i18n import _, format_date
from kotoutus_tui.text import clean_line
from screens import safe
from screens.details_forms import DetailsForm, Save
from screens.dialog import Dialog
from screens.widgets.date_field import DateField
from screens.widgets.field import TextField


class CompensationYears(Dialog[int]):
    """Shows the period with its explanation and the years; answers with the year whose mark is to change."""

    def __init__(self, known: ClientCompensation) -> None:
        super().__init__(known.name)
        self._period = known.period

    def compose_dialog(self) -> ComposeResult:
        """The period, and the years."""
        if self._period is None:
            yield Static(safe.line(_("No compensation is paid for this client.")))
            return
        period = _("Compensation {start}–{end}").format(
            start=format_date(self._period.start), end=format_date(self._period.end)
        )
        yield Static(safe.prose(f"{period}\n{self._period.explanation}"))
        options = [Option(safe.line(year_line(each)), id=str(each.year)) for each in self._period.years]
        yield OptionList(*options, compact=True, markup=False)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Answer with the year."""
        event.stop()
        self.dismiss(int(event.option.id or 0))


def year_line(year: ClaimYear) -> str:
    """Return a year with when it was claimed or must be."""
    if year.claimed_on is not None:
        return _("{year}: claimed on {day}").format(year=year.year, day=format_date(year.claimed_on))
    if year.lapsed(clock.today()):
        return _("{year}: not claimed by {day}, lapsed").format(year=year.year, day=format_date(year.due))
    return _("{year}: claim by {day}, {section}").format(
        year=year.year, day=format_date(year.due), section=year.section
    )


def claim_form(year: ClaimYear, save: Save) -> DetailsForm:
    """Return the form that marks a year as claimed."""
    fields = [
        DateField("claimed_on", _("Claimed on"), clock.today(), past=True, required=True),
        TextField("reference", _("Reference number"), clean=clean_line),
    ]
    return DetailsForm(_("Claimed: {year}").format(year=year.year), fields, save)
