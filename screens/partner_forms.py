"""The forms of the partner network: a service by section, hours, places, contact persons, partners."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kotoutus_tui.casework import intake_words
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import N_, _
from kotoutus_tui.partners import words
from kotoutus_tui.partners.languages import read_codes
from kotoutus_tui.partners.network import Contact, Organisation, Place, Service
from kotoutus_tui.partners.opening_hours import read_clock, read_weekly
from kotoutus_tui.text import clean_line
from screens.details_forms import DetailsForm, Save
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import Values
from screens.widgets.prose_field import ProseField

SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "service": (N_("Service"), ("name_fi", "name_sv", "name_en", "summary_fi", "words", "area")),
    "who": (N_("Who may come"), ("who_may_come", "what_to_bring", "cost", "by_appointment")),
    "languages": (N_("Languages"), ("spoken", "interpreted", "written")),
    "room": (N_("Room"), ("next_start_on", "capacity", "waiting_days")),
}
_LABELS = {
    "name_fi": N_("Name"), "name_sv": N_("Name in Swedish"), "name_en": N_("Name in English"),
    "summary_fi": N_("What it is"), "words": N_("Keywords"), "area": N_("Area"),
    "who_may_come": N_("Who may come"), "what_to_bring": N_("What to bring"), "cost": N_("Cost"),
    "by_appointment": N_("By appointment"), "spoken": N_("Staff speak"),
    "interpreted": N_("By interpreter"), "written": N_("Written material"),
    "next_start_on": N_("Next start"), "capacity": N_("Places free"), "waiting_days": N_("Waiting, days"),
}  # fmt: skip
_PROSE = frozenset({"summary_fi", "who_may_come", "what_to_bring"})
_LANGUAGES = frozenset({"spoken", "interpreted", "written"})
_NUMBERS = frozenset({"capacity", "waiting_days"})
_LONGEST = 200


def label(name: str) -> str:
    """Return what a fact of a service is called."""
    return _(_LABELS[name])


def new_form(partners: Sequence[Organisation], save: Save) -> DetailsForm:
    """Return the form of a new service of a known partner, or of one that is named here."""
    fields: list[Field[Any]] = [
        TextField("name_fi", _("Service"), clean=_line, required=True),
        ChoiceField("organisation", _("Partner"), [(str(each.id), each.name) for each in _named(partners)]),
        TextField("partner", _("or new partner"), clean=_line),
        ChoiceField("kind", _("Kind of partner"), _kinds()),
        TextField("area", _("Area"), clean=_line),
        TextField("spoken", _("Staff speak"), clean=read_codes, hint=_("fi ar somali")),
    ]
    return DetailsForm(_("New service"), fields, save)


def partner_of(values: Values) -> UUID | dict[str, Any]:
    """Return the partner a new service's form names: a known one, or the facts of a new one."""
    if values["organisation"]:
        return UUID(values["organisation"])
    if not values["partner"]:
        raise InvalidInput("organisation", _("Choose the partner, or name a new one."))
    return {"name_fi": values["partner"], "kind": values["kind"] or "other"}


def section_form(service: Service, name: str, save: Save) -> DetailsForm:
    """Return the form of the section that a fact belongs to, begun at the fact."""
    title, names = next(each for each in SECTIONS.values() if name in each[1])
    return DetailsForm(_(title), [_field(each, getattr(service, each)) for each in names], save, name)


def facts_of(values: Values) -> dict[str, Any]:
    """Return what a section's form holds as values of a service."""
    facts = dict(values)
    for name in _NUMBERS & facts.keys():
        facts[name] = int(facts[name]) if facts[name] else None
    if "by_appointment" in facts:
        facts["by_appointment"] = facts["by_appointment"] == "yes"
    return facts


def addition_form(save: Save) -> DetailsForm:
    """Ask what is added to a service."""
    kinds = [
        ("contact", _("Contact person")),
        ("place", _("Place")),
        ("day", _("A day with other hours")),
    ]
    return DetailsForm(
        _("Add"), [ChoiceField("what", _("What"), kinds, "contact", required=True)], save, accept=_("Go on")
    )


def weekly_form(text: str, save: Save) -> DetailsForm:
    """Return the form of weekly hours, written in one line."""
    field = TextField("weekly", _("Every week"), text, clean=_weekly, hint=_("Mon-Fri 9-16, Sat 10-14"))
    return DetailsForm(_("Opening hours"), [field], save)


def day_form(save: Save) -> DetailsForm:
    """Return the form of one day with other hours; without times it is closed."""
    return DetailsForm(
        _("A day with other hours"),
        [
            DateField("on_day", _("Day"), required=True),
            TextField("opens", _("Opens"), clean=read_clock, hint=_("empty: closed")),
            TextField("closes", _("Closes"), clean=read_clock),
        ],
        save,
    )


def place_form(place: Place | None, save: Save) -> DetailsForm:
    """Return the form of a place."""
    fields: list[Field[Any]] = [
        TextField("name", _("Name"), _now(place, "name"), clean=_line),
        TextField("street", _("Street address"), _now(place, "street"), clean=_line),
        TextField("postal_code", _("Postal code"), _now(place, "postal_code"), clean=_line),
        TextField("town", _("Town"), _now(place, "town"), clean=_line, required=True),
    ]
    return DetailsForm(_("Place"), fields, save)


def contact_form(contact: Contact | None, save: Save) -> DetailsForm:
    """Return the form of a contact person."""
    fields: list[Field[Any]] = [
        TextField("name", _("Name"), _now(contact, "name"), clean=_line, required=True),
        TextField("title", _("Title"), _now(contact, "title"), clean=_line),
        TextField("phone", _("Phone"), _now(contact, "phone"), clean=_line),
        TextField("email", _("E-mail"), _now(contact, "email"), clean=_line),
        TextField("languages", _("Languages"), _now(contact, "languages"), clean=read_codes),
    ]
    return DetailsForm(_("Contact person"), fields, save)


def partner_form(partner: Organisation, save: Save) -> DetailsForm:
    """Return the form of a partner's facts."""
    fields: list[Field[Any]] = [
        TextField("name_fi", _("Name"), partner.name_fi, clean=_line, required=True),
        TextField("name_sv", _("Name in Swedish"), partner.name_sv or "", clean=_line),
        TextField("name_en", _("Name in English"), partner.name_en or "", clean=_line),
        ChoiceField("kind", _("Kind of partner"), _kinds(), partner.kind, required=True),
        TextField("business_id", _("Business id"), partner.business_id or "", clean=_line),
        TextField("phone", _("Phone"), partner.phone or "", clean=_line),
        TextField("email", _("E-mail"), partner.email or "", clean=_line),
        TextField("web", _("Website"), partner.web or "", clean=_line),
    ]
    return DetailsForm(_("Partner"), fields, save)


def successor_form(partner: Organisation, today: date, save: Save) -> DetailsForm:
    """Return the form that says who comes after a partner."""
    fields: list[Field[Any]] = [
        TextField("name_fi", _("New name"), clean=_line, required=True),
        ChoiceField("kind", _("Kind of partner"), _kinds(), partner.kind, required=True),
        DateField("since", _("Since"), today, required=True),
    ]
    return DetailsForm(_("Who comes after the partner"), fields, save)


def _field(name: str, value: Any) -> Field[Any]:
    if name in _PROSE:
        return ProseField(name, label(name), value or "", lines=3)
    if name == "by_appointment":
        yes = "yes" if value else "no"
        return ChoiceField(name, label(name), intake_words.yes_or_no(), yes, required=True)
    if name == "next_start_on":
        return DateField(name, label(name), value)
    if name in _LANGUAGES:
        return TextField(name, label(name), value or "", clean=read_codes, hint=_("fi ar somali"))
    text = str(value if value is not None else "")
    clean = _number if name in _NUMBERS else _line
    return TextField(name, label(name), text, clean=clean, required=name == "name_fi")


def _named(partners: Sequence[Organisation]) -> list[Organisation]:
    # A choice is told by its name, so of two of one name the first stands for both.
    return list({each.name: each for each in reversed(partners)}.values())[::-1]


def _kinds() -> list[tuple[str, str]]:
    return [(kind, words.kind_name(kind)) for kind in words.KINDS]


def _now(row: Place | Contact | None, name: str) -> str:
    return (getattr(row, name) or "") if row is not None else ""


def _line(text: str) -> str:
    if len(text) > _LONGEST:
        raise InvalidInput("", _("The text is too long."), _("Say it in fewer words."))
    return clean_line(text)


def _number(text: str) -> str:
    if not text.isdecimal() or not text.isascii() or len(text) > 4:
        raise InvalidInput("", _("Write a number."))
    return text


def _weekly(text: str) -> str:
    read_weekly(text)
    return text


ADDITIONS: dict[str, Callable[[Save], DetailsForm]] = {
    "contact": lambda save: contact_form(None, save),
    "place": lambda save: place_form(None, save),
    "day": day_form,
}
