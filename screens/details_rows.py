"""The rows of a client's details: one for each fact, name, language and household member."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kotoutus_tui.casework import details_words as words
from kotoutus_tui.casework.client_details import OF_CONTACT, Details
from kotoutus_tui.casework.client_languages import SpokenLanguage
from kotoutus_tui.casework.client_names import KnownName
from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.side import Member
from kotoutus_tui.casework.timeline_words import RELATIONS
from kotoutus_tui.i18n import _, format_date, language_name
from kotoutus_tui.privacy.reveal import ProtectedContact
from screens.widgets.event_list import Cell, Entry

LABEL_WIDTH = 22
_MASK = "●●●●●●-●●●●"


@dataclass(frozen=True)
class Shown:
    """Everything on the screen; what was revealed is there only while it is shown."""

    details: Details
    names: Sequence[KnownName] = ()
    languages: Sequence[SpokenLanguage] = ()
    household: Sequence[Member] = ()
    personal_id: str | None = field(default=None, repr=False)
    contact: ProtectedContact | None = field(default=None, repr=False)


def nothing(client_id: UUID) -> Shown:
    """Return what there is before anything was read."""
    return Shown(Details(client_id, "", None, False, False, {}, None))


def rows(shown: Shown) -> list[Entry]:
    """Return the rows; a key is the kind of thing, a colon, and its name or id."""
    if not shown.details.values:
        return []
    facts = {section: list(_facts(shown, section)) for section in words.SECTIONS}
    return [
        *_names(shown),
        *facts.pop("person"),
        _code(shown),
        *facts.pop("service"),
        *_languages(shown),
        *facts.pop("entry"),
        *facts.pop("integration"),
        _protection(shown),
        *facts.pop("contact"),
        *_household(shown),
    ]


def _facts(shown: Shown, section: str) -> list[Entry]:
    title, fields = words.section_title(section), words.SECTIONS[section][1]
    if section == "contact" and shown.details.protected:
        return _protected_contact(shown, title)
    values = shown.details.values
    return [
        Entry(f"field:{name}", title, words.label(name), _cell(words.shown(name, values[name])))
        for name in fields
    ]


def _protected_contact(shown: Shown, title: str) -> list[Entry]:
    entries: list[Entry] = []
    for name in (*OF_CONTACT, "contact_address"):
        value = getattr(shown.contact, name) if shown.contact else None
        hidden: Cell = (_("hidden"), "faint")
        entries.append(
            Entry(
                f"protected:{name}",
                title,
                words.label(name),
                _cell(words.shown(name, value)) if shown.contact else hidden,
            )
        )
    return entries


def _protection(shown: Shown) -> Entry:
    title = words.section_title("contact")
    if not shown.details.protected:
        return Entry("protection:", title, _("Protection order"), (_("no"), "faint"))
    until = shown.contact.valid_until if shown.contact else None
    text = _("in force until {date}").format(date=format_date(until)) if until else _("in force")
    return Entry("protection:", title, _("Protection order"), (text, "alert"))


def _code(shown: Shown) -> Entry:
    value: Cell = (NOTHING, "faint")
    if shown.details.has_personal_id:
        value = shown.personal_id or (_MASK, "faint")
    return Entry("code:", words.section_title("person"), _("Identity code"), value)


def _names(shown: Shown) -> list[Entry]:
    title = _("Names")
    entries = [
        Entry(
            f"name:{each.id}", title, _(words.NAME_KINDS[each.kind]), each.whole, words.validity(each.parts)
        )
        for each in shown.names
    ]
    return [*entries, _add("add:name", title, _("Add a name"))]


def _languages(shown: Shown) -> list[Entry]:
    title = _("Spoken languages")
    entries = [
        Entry(f"language:{each.id}", title, language_name(each.language), _cell(each.level or NOTHING))
        for each in shown.languages
    ]
    return [*entries, _add("add:language", title, _("Add a language"))]


def _household(shown: Shown) -> list[Entry]:
    title = _("Household")
    entries: list[Entry] = []
    for each in shown.household:
        guardian = _("guardian") if each.is_guardian and each.relation != "guardian" else ""
        name: Cell = each.name or (_("another counsellor's client"), "faint")
        entries.append(Entry(f"member:{each.id}", title, _(RELATIONS[each.relation]), name, guardian))
    return [*entries, _add("add:member", title, _("Add somebody"))]


def _add(key: str, title: str, text: str) -> Entry:
    return Entry(key, title, "+", (text, "accent"))


def _cell(value: str) -> Cell:
    return (value, "faint") if value == NOTHING else value
