"""The forms of companies and of those who come to them."""

from datetime import date
from typing import Any

from kotoutus_tui.casework import intake_words
from kotoutus_tui.guidance import settling_in
from kotoutus_tui.guidance.companies import Arrival, Company
from kotoutus_tui.guidance.company_words import month_of
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.details_forms import DetailsForm, Save
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import Values
from screens.widgets.number_field import NumberField

FACTS = ("name", "business_id", "contact", "phone", "email")


class MonthField(DateField):
    """A month, given as any day of it."""

    def meaning(self, value: date) -> str:
        """The month."""
        return _("month {month}").format(month=month_of(value))


def label(name: str) -> str:
    """Return what a fact of a company is called."""
    return {
        "name": _("Name"),
        "business_id": _("Business id"),
        "contact": _("Contact person"),
        "phone": _("Phone"),
        "email": _("E-mail"),
    }[name]


def company_form(company: Company | None, save: Save, first: str = "name") -> DetailsForm:
    """Return the form of a company, begun at a fact."""
    fields: list[Field[Any]] = [
        TextField(
            name, label(name), (getattr(company, name) or "") if company else "", clean=clean_line,
            required=name == "name", hint="1234567-1" if name == "business_id" else "",
        )
        for name in FACTS
    ]  # fmt: skip
    return DetailsForm(_("Company") if company else _("New company"), fields, save, first)


def arrival_form(arrival: Arrival | None, save: Save) -> DetailsForm:
    """Return the form of people who come in a month; of known ones the route stays with its steps."""
    fields: list[Field[Any]] = [
        MonthField("month", _("Month"), arrival.month if arrival else None, required=True),
        NumberField(
            "people", _("How many"), arrival.people if arrival else None, least=1, most=500, required=True
        ),
    ]
    if arrival is None:
        fields.append(ChoiceField("route", _("From where"), settling_in.routes(), required=True))
    fields += [
        ChoiceField(
            "language", _("Language"), intake_words.languages(), arrival.language if arrival else None
        ),
        ChoiceField(
            "families", _("Families too"), intake_words.yes_or_no(),
            "yes" if arrival and arrival.families else "no", required=True,
        ),
    ]  # fmt: skip
    return DetailsForm(_("Who comes, without names"), fields, save)


def arrival_of(values: Values) -> dict[str, Any]:
    """Return what an arrival's form holds."""
    return {**values, "families": values["families"] == "yes"}
