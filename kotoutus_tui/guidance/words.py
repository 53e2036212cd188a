"""What askers, topics and outcomes of guidance are called."""

from kotoutus_tui.i18n import N_, _, ngettext

_ASKERS = {
    "city_unit": N_("city unit"), "partner": N_("partner"), "company": N_("company"),
    "resident": N_("resident"), "other": N_("somebody else"),
}  # fmt: skip
_TOPICS = {
    "residence_permit": N_("residence permit"), "housing": N_("housing"), "work": N_("work"),
    "entrepreneurship": N_("entrepreneurship"), "studies": N_("studies"),
    "language_courses": N_("language courses"), "family_school": N_("family, day care, school"),
    "health_social": N_("health and social services"), "benefits": N_("benefits"),
    "integration_services": N_("integration services"), "interpreting": N_("interpreting"),
    "other": N_("another matter"),
}  # fmt: skip
_OUTCOMES = {
    "answered": N_("answered"), "guided_on": N_("guided on"), "appointment": N_("appointment made"),
    "to_be_found_out": N_("to be found out"),
}  # fmt: skip
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120)


def asker_name(code: str) -> str:
    """Return who asked."""
    return _(_ASKERS[code])


def topic_name(code: str) -> str:
    """Return what it was about."""
    return _(_TOPICS[code])


def outcome_name(code: str) -> str:
    """Return how it ended."""
    return _(_OUTCOMES[code])


def askers() -> list[tuple[str, str]]:
    """Return code and name of every kind of asker, in the order of the keys."""
    return [(code, _(name)) for code, name in _ASKERS.items()]


def topics() -> list[tuple[str, str]]:
    """Return code and name of every topic, in the order of the keys."""
    return [(code, _(name)) for code, name in _TOPICS.items()]


def outcomes() -> list[tuple[str, str]]:
    """Return code and name of every outcome, in the order of the keys."""
    return [(code, _(name)) for code, name in _OUTCOMES.items()]


def duration(minutes: int) -> str:
    """Return minutes in words: 15 min, 1 h 20 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def many_entries(count: int) -> str:
    """Return how many entries, in words."""
    return ngettext("{count} entry", "{count} entries", count).format(count=count)
