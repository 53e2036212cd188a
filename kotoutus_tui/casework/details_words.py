"""The words for a client's facts: what each field is called, its choices, and how a value is shown."""

from collections.abc import Sequence

from kotoutus_tui.casework import caseload_words, intake_words
from kotoutus_tui.casework.client_details import Value
from kotoutus_tui.casework.client_names import NameParts
from kotoutus_tui.casework.field_words import SOURCES, plain_value
from kotoutus_tui.i18n import N_, _, format_date, language_name
from models.client import PHASES

# The sections of the details, each with its fields in the order of reading.
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "person": (N_("Person"), ("birth_date", "citizenship", "mother_tongue")),
    "service": (N_("Contact with us"), ("service_language", "interpreter_needed")),
    "entry": (
        N_("Entry and residence"),
        ("ground_of_entry", "arrived_on", "first_permit_on", "municipality_since", "source"),
    ),
    "integration": (
        N_("Integration"),
        (
            "phase",
            "responsible_authority",
            "first_plan_drawn_on",
            "period_start",
            "period_end",
            "review_due",
        ),
    ),
    "contact": (N_("Contact data"), ("phone", "email", "address", "municipality")),
}
LABELS = {
    "birth_date": N_("Date of birth"),
    "citizenship": N_("Citizenship"),
    "mother_tongue": N_("Mother tongue"),
    "service_language": N_("Language of contact"),
    "interpreter_needed": N_("Interpreter needed"),
    "ground_of_entry": N_("Ground of entry"),
    "arrived_on": N_("Arrived in Finland"),
    "first_permit_on": N_("First permit"),
    "municipality_since": N_("In municipality since"),
    "source": N_("Source of the facts"),
    "phase": N_("Phase"),
    "responsible_authority": N_("Responsible authority"),
    "first_plan_drawn_on": N_("First plan drawn"),
    "period_start": N_("Period begins"),
    "period_end": N_("Period ends"),
    "review_due": N_("Next review"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "municipality": N_("Municipality"),
    "contact_address": N_("Contact address"),
}
NAME_KINDS = {
    "passport": N_("Passport"),
    "previous": N_("Former name"),
    "own_script": N_("Name in own script"),
    "called": N_("Called"),
    "alias": N_("Also known as"),
}
_AUTHORITIES = {
    "municipality": N_("the municipality"),
    "employment_authority": N_("the employment authority"),
}


def section_title(section: str) -> str:
    """Return what a section is called."""
    return _(SECTIONS[section][0])


def label(name: str) -> str:
    """Return what a field is called."""
    return _(LABELS[name])


def choices(name: str) -> Sequence[tuple[str, str]] | None:
    """Return the codes and names of a field with choices; None for text and dates."""
    if name in ("mother_tongue", "service_language"):
        return intake_words.languages()
    if name == "citizenship":
        return intake_words.countries()
    if name == "ground_of_entry":
        return intake_words.grounds()
    if name == "interpreter_needed":
        return intake_words.yes_or_no()
    if name == "phase":
        return [(code, caseload_words.phase_name(code)) for code in PHASES]
    if name == "responsible_authority":
        return [(code, _(words)) for code, words in _AUTHORITIES.items()]
    if name == "source":
        return [(code, _(words)) for code, words in SOURCES.items()]
    return None


def shown(name: str, value: Value) -> str:
    """Return a value as it is read; a code nobody knows stays as it is."""
    if (plain := plain_value(value)) is not None:
        return plain
    code = str(value)
    if name in ("mother_tongue", "service_language"):
        return language_name(code)
    return dict(choices(name) or ()).get(code, code)


def validity(parts: NameParts) -> str:
    """Return when a name was in use, empty when nothing is known of it."""
    if parts.valid_from and parts.valid_to:
        return _("{start}–{end}").format(start=format_date(parts.valid_from), end=format_date(parts.valid_to))
    if parts.valid_from:
        return _("since {date}").format(date=format_date(parts.valid_from))
    return _("until {date}").format(date=format_date(parts.valid_to)) if parts.valid_to else ""
