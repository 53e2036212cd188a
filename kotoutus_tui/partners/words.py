"""The network in the words of the language in use."""

from collections.abc import Sequence
from datetime import date, datetime

from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.i18n import (
    N_,
    _,
    format_date,
    format_day,
    format_number,
    format_time,
    language_name,
    ngettext,
    said_in,
)
from kotoutus_tui.partners.distances import IN_TOWN, Distance
from kotoutus_tui.partners.freshness import freshness
from kotoutus_tui.partners.network import Hours, Organisation, Place, Service
from kotoutus_tui.partners.opening_hours import Opening
from kotoutus_tui.partners.search import Hit, Reason

KINDS = {
    "employment_authority": N_("employment authority"), "kela": N_("Kela"),
    "wellbeing_county": N_("wellbeing services county"), "education": N_("education"),
    "early_education": N_("early childhood education"), "basic_education": N_("basic education"),
    "ngo": N_("association"), "population_register": N_("population register"),
    "immigration_service": N_("immigration service"), "police": N_("police"),
    "regional_authority": N_("regional authority"), "state_agency": N_("state agency"),
    "reception_centre": N_("reception centre"), "housing": N_("housing"),
    "culture_sport": N_("culture and sport"), "employer": N_("employer"), "bank": N_("bank"),
    "interpreting": N_("interpreting"), "other_municipality": N_("other municipality"),
    "city_unit": N_("unit of the city"), "other": N_("other partner"),
}  # fmt: skip
STATES = {"active": N_("in use"), "paused": N_("paused"), "ended": N_("ended")}
_FRESHNESS = {"fresh": N_("fresh"), "ageing": N_("ageing"), "stale": N_("out of date")}
_FIELDS = {
    "name": N_("name"), "keyword": N_("keyword"), "place": N_("place"), "organisation": N_("organisation"),
    "former": N_("former name"), "summary": N_("description"), "spoken": N_("staff speak"),
    "interpreted": N_("by interpreter"), "written": N_("written material"),
}  # fmt: skip
_LANGUAGES = ("spoken", "interpreted", "written")


def kind_name(kind: str, language: str | None = None) -> str:
    """Return what kind of partner it is, in the language in use or in another one."""
    return said_in(language, KINDS[kind])


def state_name(state: str) -> str:
    """Return whether a service is in use."""
    return _(STATES[state])


def languages(codes: str | None) -> str:
    """Return the names of languages, separated by commas."""
    return ", ".join(language_name(code) for code in (codes or "").split())


def freshness_line(service: Service, today: date) -> str:
    """Return how fresh the data is and since when it is known to be right."""
    word = _(_FRESHNESS[freshness(service.verified_on, today)])
    if service.verified_on is None:
        return _("{freshness}, never checked").format(freshness=word)
    return _("{freshness}, checked {day}").format(freshness=word, day=format_date(service.verified_on))


def freshness_word(service: Service, today: date) -> str:
    """Return how fresh the data is, in a word."""
    return _(_FRESHNESS[freshness(service.verified_on, today)])


def room_line(service: Service, today: date) -> str:
    """Return next start, places and waiting time with the day they were told; empty when nothing is known."""
    parts: list[str] = []
    if service.next_start_on is not None and service.next_start_on >= today:
        parts.append(_("starts {day}").format(day=format_date(service.next_start_on)))
    if service.capacity is not None:
        free = ngettext("{count} place free", "{count} places free", service.capacity)
        parts.append(free.format(count=service.capacity) if service.capacity else full())
    if service.waiting_days is not None:
        wait = ngettext("waiting {count} day", "waiting {count} days", service.waiting_days)
        parts.append(wait.format(count=service.waiting_days) if service.waiting_days else _("no waiting"))
    if parts and service.capacity_stated_on is not None:
        parts.append(_("told {day}").format(day=format_date(service.capacity_stated_on)))
    return " · ".join(parts)


def by_appointment(language: str | None = None) -> str:
    """Return that one comes by appointment."""
    return said_in(language, N_("By appointment"))


def places_unit(language: str | None = None) -> str:
    """Return what room is counted in."""
    return said_in(language, N_("place"))


def closed(language: str | None = None) -> str:
    """Return that it is closed."""
    return said_in(language, N_("closed"))


def full() -> str:
    """Return that there is no room."""
    return _("full")


def gone(vanished_on: date) -> str:
    """Return that the national catalogue tells of a service no more."""
    return _("gone from the catalogue {day}").format(day=format_date(vanished_on))


def day_or_text(value: object) -> str:
    """Return a value of a fact as it is read."""
    return format_date(value) if isinstance(value, date) else str(value)


def distance(far: Distance | None) -> str:
    """Return how far it is: 1,2 km, or about 45 km when only the town is known; empty within the town."""
    if far is None or (not far.exact and far.kilometres <= IN_TOWN):
        return ""
    number = format_number(far.kilometres, 0 if far.kilometres >= 10 else 1)
    return f"{number} km" if far.exact else _("about {number} km").format(number=number)


def why(hit: Hit) -> str:
    """Return why a service was found, field by field, and what of the question it does not answer."""
    by_field: dict[str, list[str]] = {}
    for reason in hit.reasons:
        by_field.setdefault(_field(reason), []).append(_shown(reason))
    parts = [f"{field}: {', '.join(dict.fromkeys(found))}" for field, found in by_field.items()]
    if hit.missing:
        parts.append(_("nothing for: {words}").format(words=" ".join(hit.missing)))
    return " · ".join(parts)


def open_line(opening: Opening, now: datetime) -> str:
    """Return whether a service is open now, until when or from when; empty when no hours are known."""
    today = now.astimezone(HELSINKI).date()
    if opening.until is not None:
        return _("Open now, until {time}").format(time=format_time(opening.until))
    if opening.opens is None:
        return ""
    if opening.opens.date() == today:
        return _("Closed, opens today at {time}").format(time=format_time(opening.opens))
    return _("Closed, opens {day} at {time}").format(
        day=format_day(opening.opens.date()), time=format_time(opening.opens)
    )


def weekly_text(hours: Sequence[Hours]) -> str:
    """Return weekly hours as they are typed: ma-pe 9-16, la 10-14.30."""
    days: dict[tuple[str, str], list[int]] = {}
    for each in hours:
        if each.weekday and each.opens and each.closes:
            days.setdefault((each.opens, each.closes), []).append(each.weekday)
    parts = [
        (first, f"{_span(first, last)} {_short(opens)}-{_short(closes)}")
        for (opens, closes), numbers in days.items()
        for first, last in _runs(numbers)
    ]
    return ", ".join(text for _first, text in sorted(parts))


def day_text(hours: Hours) -> str:
    """Return the hours of a day that differs."""
    if hours.opens and hours.closes:
        return f"{_short(hours.opens)}-{_short(hours.closes)}"
    return closed()


def address(place: Place) -> str:
    """Return a place in one line."""
    town = " ".join(part for part in (place.postal_code, place.town) if part)
    return ", ".join(part for part in (place.name, place.street, town) if part)


def former_line(former: Sequence[Organisation]) -> str:
    """Return the names an organisation had before; empty when there are none."""
    names = ", ".join(each.name for each in former)
    return _("formerly {names}").format(names=names) if names else ""


def _field(reason: Reason) -> str:
    return _(_FIELDS[reason.field])


def _shown(reason: Reason) -> str:
    return language_name(reason.shown) if reason.field in _LANGUAGES else reason.shown


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _span(first: int, last: int) -> str:
    return _weekday(first) if first == last else f"{_weekday(first)}-{_weekday(last)}"


def _weekday(number: int) -> str:
    return format_day(date(2026, 11, 22 + number)).split()[0]


def _short(clock: str) -> str:
    hour, _colon, minute = clock.partition(":")
    return str(int(hour)) if minute == "00" else f"{int(hour)}.{minute}"
