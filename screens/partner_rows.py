"""The rows of the partner network: a service that was found, and the facts of one service."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kotoutus_tui.catalogue import words as catalogue_words
from kotoutus_tui.catalogue.provenance import Provenance
from kotoutus_tui.i18n import _, format_day, ngettext
from kotoutus_tui.partners import words
from kotoutus_tui.partners.network import Contact, Hours, Place
from kotoutus_tui.partners.reading import Whole
from kotoutus_tui.partners.search import Answer, Hit
from screens.partner_forms import SECTIONS, label
from screens.widgets.event_list import Cell, Entry, Page

FRESHNESS_WIDTH = 11
LABEL_WIDTH = 18
_LONG = 50


class HitRows:
    """What answers a question, as a list reads it: how fresh, whose, why it was found, is there room."""

    def __init__(self, answer: Answer, today: date) -> None:
        self._answer, self._today = answer, today
        count = len(answer)
        self._heading = ngettext("{count} service", "{count} services", count).format(count=count)
        if answer.origin is not None and answer.from_town:
            from_there = _("distance from {town}").format(town=answer.origin.name)
            self._heading = f"{self._heading} · {from_there}"

    async def fetch(self, offset: int, limit: int) -> Page[Entry]:
        """Return the rows from `offset` on."""
        hits = self._answer.hits(offset, limit)
        return Page([_hit(hit, self._heading, self._today) for hit in hits], len(self._answer))

    async def find(self, key: str) -> int | None:
        """Return the place of a row."""
        return self._answer.position(key)


def _hit(hit: Hit, heading: str, today: date) -> Entry:
    service, notes = hit.service, list[Cell]()
    if service.state != "active":
        notes.append((f"! {words.state_name(service.state)}", "alert"))
    if service.full:
        notes.append((f"! {words.full()}", "alert"))
    if service.vanished_on is not None:
        notes.append((f"! {words.gone(service.vanished_on)}", "alert"))
    lines = [line for line in (words.why(hit), words.room_line(service, today)) if line]
    far = words.distance(hit.distance)
    title: Cell = service.name if service.state == "active" else (service.name, "faint")
    return Entry(
        str(service.id), heading, words.freshness_word(service, today), title,
        right=" · ".join(part for part in (far, hit.organisation.name) if part), body="\n".join(lines),
        notes=notes,
    )  # fmt: skip


def top_lines(whole: Whole, open_line: str, today: date) -> list[str]:
    """Return what stands above the facts: whose service it is, how fresh, open now or not."""
    service, partner = whole.service, whole.organisation
    first = " · ".join(
        part
        for part in (partner.name, words.kind_name(partner.kind), words.former_line(whole.former))
        if part
    )
    by = f", {service.verified_by}" if service.verified_by else ""
    second = [words.freshness_line(service, today) + by]
    if service.state != "active":
        second.insert(0, f"! {words.state_name(service.state)}")
    if service.vanished_on is not None:
        second.insert(0, f"! {words.gone(service.vanished_on)}")
    third = " · ".join(part for part in (open_line, words.room_line(service, today)) if part)
    return [first, " · ".join(second), third]


def fact_rows(whole: Whole, provenance: Provenance) -> list[Entry]:
    """Return an entry a fact, with where it comes from.

    The key says what Enter changes: `fact:<name>`, `partner:<name>` or `<kind>:<id>`.
    """
    rows: list[Entry] = []
    for title, names in SECTIONS.values():
        rows += [_fact(whole, _(title), name) for name in names]
    rows += [*_hours(whole), *_places(whole), *_contacts(whole), *_partner(whole)]
    return [_with_source(each, provenance) for each in rows]


def source_name(key: str) -> str:
    """Return the name under which the source of a row's fact is known."""
    kind, _colon, name = key.partition(":")
    return {"fact": name, "weekly": "hours"}.get(kind, key)


def _with_source(row: Entry, provenance: Provenance) -> Entry:
    name = source_name(row.key)
    source = provenance.sources.get(name)
    if source is None or (source.kind == "own" and not provenance.linked):
        return row
    right, instead = catalogue_words.source(source, name)
    return replace(row, right=right, notes=[*row.notes, instead] if instead else row.notes)


def place_of(whole: Whole, key: str) -> Place | None:
    """Return the place of a row, if it is one."""
    return next((each for each in whole.places if key == f"place:{each.id}"), None)


def hours_of(whole: Whole, key: str) -> Hours | None:
    """Return the day that differs of a row, if it is one."""
    return next((each for each in whole.hours if key == f"day:{each.id}"), None)


def contact_of(whole: Whole, key: str) -> Contact | None:
    """Return the contact person of a row, if it is one."""
    return next((each for each in whole.contacts if key == f"contact:{each.id}"), None)


def _fact(whole: Whole, group: str, name: str) -> Entry:
    value = getattr(whole.service, name)
    if name in ("spoken", "interpreted", "written"):
        value = words.languages(value)
    elif isinstance(value, bool):
        value = _("yes") if value else _("no")
    elif isinstance(value, date):
        value = format_day(value)
    return _line(f"fact:{name}", group, label(name), str(value if value not in (None, "") else "–"))


def _line(key: str, group: str, left: str, text: str, notes: Sequence[Cell] = ()) -> Entry:
    if len(text) > _LONG or "\n" in text:
        return Entry(key, group, left, "", body=text, notes=notes)
    return Entry(key, group, left, (text, "plain"), notes=notes)


def _hours(whole: Whole) -> Iterator[Entry]:
    group = _("Opening hours")
    yield _line("weekly:", group, _("Every week"), words.weekly_text(whole.hours) or "–")
    for each in whole.hours:
        if each.on_day is not None:
            yield _line(f"day:{each.id}", group, format_day(each.on_day), words.day_text(each))


def _places(whole: Whole) -> Iterator[Entry]:
    for each in whole.places:
        yield _line(f"place:{each.id}", _("Places"), each.town or "–", words.address(each))


def _contacts(whole: Whole) -> Iterator[Entry]:
    for each in whole.contacts:
        reach = " · ".join(part for part in (each.phone, each.email) if part)
        notes = [reach] if reach else []
        if each.languages:
            notes.append(words.languages(each.languages))
        yield Entry(
            f"contact:{each.id}", _("Contact persons"), each.title or "", (each.name, "plain"), notes=notes
        )


def _partner(whole: Whole) -> Iterator[Entry]:
    partner, group = whole.organisation, _("Partner")
    yield _line("partner:name_fi", group, _("Name"), partner.name)
    for name, left, text in (
        ("phone", _("Phone"), partner.phone),
        ("email", _("E-mail"), partner.email),
        ("web", _("Website"), partner.web),
    ):
        if text:
            yield _line(f"partner:{name}", group, left, text)
