"""The words of the initial interview, those of decree 869/2024 where it has them."""

from collections.abc import Sequence
from datetime import date

from kotoutus_tui.casework import intake_words
from kotoutus_tui.casework.field_words import SOURCES, plain_value
from kotoutus_tui.i18n import N_, _, language_name

# Section 2(1): what the interview finds out at least.
CONTENT = {
    "literacy": N_("Reading and writing skills"),
    "finnish_or_swedish": N_("Skills in Finnish and Swedish"),
    "study_and_work_skills": N_("Skills and readiness for studies and working life"),
    "employment_and_education_needs": N_("Needs of employment and education services, and the goals"),
    "earlier_education_and_work": N_("Earlier education and work experience"),
    "special_skills": N_("Special skills and other strengths"),
    "need_of_plan": N_("Need of an integration plan"),
    "life_situation": N_("Other life situation and the service needs that follow from it"),
    "other_service_needs": N_("Other needs of integration services, and the goals"),
}
# Section 2(3): what the client must be told at least.
TOLD = {
    "goals_of_services": N_("The goals of integration services"),
    "plan_and_process": N_("How a plan is drawn up, and the service process"),
    "rights_and_duties": N_("How the plan binds, and the rights and duties that come with it"),
    "personal_data": N_("How the client's personal data are processed"),
}
FACTS = {
    "held_on": N_("Day of the interview"),
    "language": N_("Language of the interview"),
    "interpreter": N_("Interpreter"),
    "place": N_("Place"),
    "place_reason": N_("Weighty reason"),
}
PLACES = {
    "office": N_("office or other service point"),
    "home": N_("at the client's home"),
    "remote": N_("remotely"),
    "reception_centre": N_("reception centre"),
    "other": N_("elsewhere"),
}


def label(name: str) -> str:
    """Return what an item or a fact of the interview is called."""
    return _({**CONTENT, **TOLD, **FACTS}[name])


def shown(name: str, value: str | bool | date | None) -> str:
    """Return a fact of the interview as it is read; a code nobody knows stays as it is."""
    if (plain := plain_value(value)) is not None:
        return plain
    text = str(value)
    if name == "language":
        return language_name(text)
    return _(PLACES[text]) if name == "place" and text in PLACES else text


def places() -> Sequence[tuple[str, str]]:
    """Return the places an interview may be held at: code and name."""
    return [(code, _(words)) for code, words in PLACES.items()]


def sources() -> Sequence[tuple[str, str]]:
    """Return where an answer may come from: code and name."""
    return [(code, _(words)) for code, words in SOURCES.items()]


def languages() -> Sequence[tuple[str, str]]:
    """Return the languages by name: code and name."""
    return intake_words.languages()


def source(code: str | None) -> str:
    """Return where an answer comes from."""
    return _(SOURCES[code]) if code in SOURCES else code or ""
