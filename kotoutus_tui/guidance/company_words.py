"""Companies and those who come to them in the words of the language in use."""

from datetime import date

from kotoutus_tui.guidance import settling_in
from kotoutus_tui.guidance.companies import Arrival, Company
from kotoutus_tui.i18n import _, format_date, language_name, ngettext


def month_of(day: date) -> str:
    """Return a month as 2/2027."""
    return f"{day.month}/{day.year}"


def arrival_heading(arrival: Arrival) -> str:
    """Return when how many come."""
    people = ngettext("{count} person", "{count} persons", arrival.people).format(count=arrival.people)
    return f"{month_of(arrival.month)} · {people}"


def arrival_line(arrival: Arrival) -> str:
    """Return from where they come as far as it matters, their language, and whether families come."""
    parts = [
        settling_in.route_name(arrival.route),
        language_name(arrival.language) if arrival.language else "",
        _("with families") if arrival.families else "",
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def late_line(count: int) -> str:
    """Return how many steps are late; empty when none is."""
    return ngettext("{count} step late", "{count} steps late", count).format(count=count) if count else ""


def contact_line(company: Company, today: date) -> str:
    """Return since when the contact person's data is confirmed, or that it is to be confirmed or deleted."""
    if company.contact_is_old(today):
        return _("Confirm the contact person's data or delete it: v confirms.")
    if company.contact_confirmed_on is None:
        return ""
    return _("confirmed {day}").format(day=format_date(company.contact_confirmed_on))
