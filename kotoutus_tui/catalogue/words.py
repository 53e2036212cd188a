"""What the catalogue offers and where facts come from, in the words of the language in use."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.catalogue.choices import Choices, blocked
from kotoutus_tui.catalogue.comparing import KINDS, Item, Kind, Preview
from kotoutus_tui.catalogue.differing import cut, parts, shortened
from kotoutus_tui.catalogue.facts import PLACE_PREFIX
from kotoutus_tui.catalogue.merging import Fact, is_empty
from kotoutus_tui.catalogue.provenance import Source
from kotoutus_tui.i18n import N_, _, format_date, ngettext
from kotoutus_tui.partners import words
from kotoutus_tui.partners.network import Hours, Place

_FACTS = {
    "name_fi": N_("Name"), "name_sv": N_("Name in Swedish"), "name_en": N_("Name in English"),
    "summary_fi": N_("What it is"), "summary_sv": N_("What it is, in Swedish"),
    "summary_en": N_("What it is, in English"), "words": N_("Keywords"), "area": N_("Area"),
    "spoken": N_("Staff speak"), "who_may_come": N_("Who may come"), "what_to_bring": N_("What to bring"),
    "cost": N_("Cost"), "by_appointment": N_("By appointment"), "hours": N_("Opening hours"),
    "business_id": N_("Business id"), "phone": N_("Phone"), "email": N_("E-mail"), "web": N_("Website"),
}  # fmt: skip
_KINDS: dict[Kind, str] = {
    "conflict": N_("Changed here and in the catalogue"), "new": N_("New in the catalogue"),
    "changed": N_("Changed in the catalogue"), "vanished": N_("Gone from the catalogue"),
    "archived": N_("Put away by the catalogue"),
}  # fmt: skip
_BLOCKED = {
    "alike": N_("You have one of this name: Enter says whether it is the same."),
    "partner_alike": N_("Waits until you say whether its partner is one of yours."),
    "no_partner": N_("The catalogue does not say whose it is."),
}
_UNDATED = {
    "catalogue": N_("PTV"), "verified": N_("PTV, checked"), "changed": N_("own change"), "own": N_("own"),
    "file": N_("from a file"),
}  # fmt: skip
_DATED = {
    "catalogue": N_("PTV {day}"), "verified": N_("PTV, checked {day}"), "changed": N_("own change {day}"),
    "own": N_("own {day}"), "file": N_("from a file {day}"),
}  # fmt: skip
_LISTS = frozenset({"spoken", "hours"})  # their values are parts with commas between
_RECENT_DAYS = 300
_SHOWN = 3  # facts of an offer


def fact_name(name: str) -> str:
    """Return what a fact is called."""
    return _("Place") if name.startswith(PLACE_PREFIX) else _(_FACTS[name])


def kind_name(kind: Kind) -> str:
    """Return what has become of something."""
    return _(_KINDS[kind])


def why_blocked(reason: str) -> str:
    """Return why something cannot be taken yet; `reason` as `choices.blocked` gives it."""
    return _(_BLOCKED[reason]) if reason else ""


def value(name: str, told: Any, *, short: bool = False) -> str:
    """Return a value as it is read; `short` cuts a long text."""
    if name == "by_appointment":
        return _("yes") if told else _("no")
    if is_empty(told):
        return NOTHING
    if name == "hours":
        text = _hours(told)
    elif name.startswith(PLACE_PREFIX):
        text = _address(told)
    else:
        text = words.languages(told) if name == "spoken" else str(told)
    return cut(text) if short else text


def difference(fact: Fact, *, takes_theirs: bool) -> str:
    """Return in one line what becomes of a fact."""
    mine, theirs = (value(fact.name, each) for each in (fact.mine, fact.theirs))
    if takes_theirs and fact.name in _LISTS and NOTHING not in (mine, theirs):
        return _("{fact}: {change}").format(fact=fact_name(fact.name), change=parts(mine, theirs))
    mine, theirs = shortened(mine, theirs)
    told = _("{fact}: {mine} → {theirs}") if takes_theirs else _("{fact}: {mine} stays, theirs: {theirs}")
    return told.format(fact=fact_name(fact.name), mine=mine, theirs=theirs)


def lines(preview: Preview, item: Item, choices: Choices) -> list[str]:
    """Return what there is to know of an offer before it is opened: why it waits, and what differs."""
    told = [f"! {why_blocked(why)}"] if (why := blocked(preview, item)) else []
    if item.joins:
        told.append(_("Yours and theirs become one."))
    if item.returns:
        told.append(_("It is in the catalogue again."))
    if item.own is None:
        says = [value(name, item.theirs.get(name), short=True) for name in ("spoken", "summary_fi")]
        says = [each for each in says if each != NOTHING]
        return [*told, " · ".join(says)] if says else told
    told += [difference(each, takes_theirs=choices.takes_theirs(item, each)) for each in item.open[:_SHOWN]]
    if (more := len(item.open) - _SHOWN) > 0:
        told.append(ngettext("{count} more fact", "{count} more facts", more).format(count=more))
    return told


def source(where: Source, name: str) -> tuple[str, str]:
    """Return where a fact comes from, in a word or two, and what the catalogue says instead of ours."""
    instead = ""
    if where.kind == "changed":
        theirs = value(name, where.theirs, short=True)
        instead = _("The catalogue says: {theirs}").format(theirs=theirs)
    if where.since is None:
        return _(_UNDATED[where.kind]), instead
    return _(_DATED[where.kind]).format(day=_short_date(where.since)), instead


def counts(preview: Preview) -> list[str]:
    """Return how much of each kind is offered."""
    found = preview.counts
    return [f"{kind_name(kind)} {found[kind]}" for kind in KINDS if found.get(kind)]


def missing(preview: Preview) -> str:
    """Return which part of the catalogue could not be read; empty when all was."""
    if not preview.fetched.missing:
        return ""
    parts = ", ".join(preview.fetched.missing)
    return _("Not read: {parts}. What is gone is not told of.").format(parts=parts)


def unknown(preview: Preview) -> str:
    """Return how many values of kinds that this program does not know were met; empty when none."""
    count = sum(preview.fetched.unknown.values())
    sentence = ngettext(
        "{count} value of an unknown kind was kept as it is.",
        "{count} values of unknown kinds were kept as they are.",
        count,
    )
    return sentence.format(count=count) if count else ""


def effects(chosen: Sequence[Item], choices: Choices, remaining: int) -> list[str]:
    """Return what taking in will do, in sentences."""
    new = [each for each in chosen if each.kind == "new"]
    partners = sum(not each.is_service for each in new)
    services = len(new) - partners
    merged = [each for each in chosen if each.kind in ("changed", "conflict")]
    stay = sum(
        fact.state == "conflict" and not choices.takes_theirs(item, fact)
        for item in merged
        for fact in item.facts
    )
    gone = sum(each.kind in ("vanished", "archived") for each in chosen)
    told = [
        (partners, ngettext("{count} partner is added.", "{count} partners are added.", partners)),
        (services, ngettext("{count} service is added.", "{count} services are added.", services)),
        (len(merged), ngettext("{count} is changed.", "{count} are changed.", len(merged))),
        (stay, ngettext("{count} fact stays as you have it.", "{count} facts stay as you have them.", stay)),
        (gone, ngettext("{count} is marked as gone.", "{count} are marked as gone.", gone)),
        (
            remaining,
            ngettext("{count} is left and offered again.", "{count} are left and offered again.", remaining),
        ),
    ]
    return [sentence.format(count=count) for count, sentence in told if count]


def taken_in(count: int) -> str:
    """Return that so many were taken in, and how it is undone."""
    sentence = ngettext(
        "{count} was taken in from the catalogue. u takes it back.",
        "{count} were taken in from the catalogue. u takes all of them back.",
        count,
    )
    return sentence.format(count=count)


def _short_date(day: date) -> str:
    # It stands at the end of a line with little room: the year tells only what is long ago.
    recent = abs((clock.today() - day).days) < _RECENT_DAYS
    return f"{day.day}.{day.month}." if recent else f"{day.month}/{day.year}"


def _address(told: Mapping[str, str | None]) -> str:
    nobody = UUID(int=0)
    name, street, postal_code, town = (told.get(each) for each in ("name", "street", "postal_code", "town"))
    return words.address(Place(nobody, nobody, nobody, name, street, postal_code, town))


def _hours(told: Sequence[Sequence[Any]]) -> str:
    nobody = UUID(int=0)
    rows = [
        Hours(nobody, nobody, weekday, date.fromisoformat(day) if day else None, opens, closes)
        for weekday, day, opens, closes in told
    ]
    days = sorted((each.on_day, words.day_text(each)) for each in rows if each.on_day)
    return ", ".join(part for part in (words.weekly_text(rows), *_spans(days)) if part) or NOTHING


def _spans(days: Sequence[tuple[date, str]]) -> list[str]:
    """Return days with their hours; those that follow one another and have the same become one."""
    spans: list[tuple[date, date, str]] = []
    for day, text in days:
        if spans and spans[-1][2] == text and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day, text)
        else:
            spans.append((day, day, text))
    return [
        f"{format_date(first)} {text}"
        if first == last
        else f"{format_date(first)}–{format_date(last)} {text}"
        for first, last, text in spans
    ]
