"""What the fields of a client's process are called, and how their values are read."""

from kotoutus_tui.casework import authority_words, circumstances_words, period_words, study_words
from kotoutus_tui.casework.field_words import plain_value
from kotoutus_tui.casework.records import Value
from kotoutus_tui.i18n import N_, _, language_name

LABELS = {
    "learned_on": N_("Learned of"),
    "requested_on": N_("Asked for assessment"),
    "plan_needed": N_("Plan is needed"),
    "county_participates": N_("County takes part"),
    "family_of_refugee": N_("Family of a refugee"),
    "trafficking_victim": N_("Victim of trafficking"),
    "unaccompanied": N_("Came without guardian"),
    "representative": N_("Representative"),
    "representative_contact": N_("Representative's tel."),
    "family_group_home": N_("Family group home"),
    "guardian_since": N_("Has a guardian since"),
    "from_on": N_("Begins"),
    "to_on": N_("Ends"),
    "reason": N_("Cause"),
    "note": N_("More"),
    "decided_on": N_("Decided on"),
    "ground": N_("Ground"),
    "months": N_("Months"),
    "reasons": N_("Reasons"),
    "kind": N_("Kind"),
    "title": N_("Name"),
    "provider": N_("Organiser"),
    "language": N_("Language"),
    "starts_on": N_("Begins"),
    "ends_on": N_("Ends"),
    "minutes": N_("Hours"),
    "level": N_("Level"),
    "valid_until": N_("Valid until"),
    "kept_at": N_("Original is kept"),
    "to_authority": N_("Responsible authority"),
    "effective_on": N_("From the day"),
    "done_on": N_("Done on"),
    "not_applicable_reason": N_("Why not applicable"),
}
_CODES = {
    "reason": period_words.REASONS,
    "ground": period_words.GROUNDS,
    "to_authority": authority_words.AUTHORITIES,
}


def label(name: str) -> str:
    """Return what a field is called in a form."""
    return _(LABELS[name])


def listed(name: str) -> str:
    """Return what a field is called in a list, which others may see."""
    return _(circumstances_words.DISCREET.get(name) or LABELS[name])


def shown(name: str, value: Value) -> str:
    """Return a value as it is read; a code nobody knows stays as it is."""
    if (plain := plain_value(value)) is not None:
        return plain
    if isinstance(value, int):
        return study_words.hours(value) if name == "minutes" else str(value)
    code = str(value)
    if name == "language":
        return language_name(code)
    words = _CODES.get(name, {})
    return _(words[code]) if code in words else code
