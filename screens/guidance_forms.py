"""The forms of the guidance log: an entry of few keys, and the days of an export."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework import intake_words
from kotoutus_tui.guidance import companies, words
from kotoutus_tui.guidance.commands import Facts
from kotoutus_tui.guidance.log import Beginning, Entry
from kotoutus_tui.guidance.notes import check_note, warning
from kotoutus_tui.i18n import _, language_name
from screens.details_forms import DetailsForm, Save
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import Values
from screens.widgets.key_choice import KeyChoice, found_among

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Companies = Sequence[tuple[str, str]]


class EntryForm(DetailsForm):
    """All of an entry on one page, also of 24 lines."""

    DEFAULT_CSS = """
    EntryForm Field { margin-bottom: 0; }
    EntryForm Field > .field-label { width: 14; }
    """


class DayField(DateField):
    """The day of an entry, which is nearly always today."""

    def meaning(self, value: date) -> str:
        """The day with its weekday, unless it is today."""
        return "" if value == clock.today() else super().meaning(value)


class NoteField(TextField):
    """An optional note; under it stands what in it may lead to a person."""

    def read(self, text: str) -> str:
        """Return the note; raises InvalidInput for an identity code."""
        return check_note(text) or ""

    def meaning(self, value: str) -> str:
        """What in the note may lead to a person."""
        return warning(value)


def entry_form(entry: Entry | None, begin: Beginning, named: Companies, save: Save) -> EntryForm:
    """Return the form of an entry: a key a line, begun with what was chosen last, or with the entry."""
    company = ChoiceField("company", _("Which company"), named, _company(entry))
    company.display = (entry.asker if entry else begin.asker) == "company"

    def asked(asker: str) -> None:
        company.display = asker == "company"

    asker, topic, language, minutes, outcome = (
        (entry.asker, entry.topic, entry.language, entry.minutes, entry.outcome)
        if entry
        else (begin.asker, begin.topic, begin.language, begin.minutes, begin.outcome)
    )
    fields: list[Field[Any]] = [
        DayField("given_on", _("Day"), entry.given_on if entry else clock.today(), past=True, required=True),
        KeyChoice("asker", _("Who asked"), words.askers(), asker, picked=asked),
        company,
        KeyChoice("topic", _("Topic"), words.topics(), topic),
        KeyChoice(
            "language", _("Language"), _languages(begin.languages, language), language,
            find=found_among(intake_words.languages()),
        ),
        KeyChoice("minutes", _("Minutes"), _minutes(minutes), str(minutes)),
        KeyChoice("outcome", _("Outcome"), words.outcomes(), outcome),
        NoteField("note", _("Note"), (entry.note or "") if entry else "", hint=_("no names; Enter saves")),
    ]  # fmt: skip
    return EntryForm(_("Entry") if entry else _("New entry"), fields, save, first="asker")


async def company_choices(db: "Database") -> Companies:
    """Return the companies to choose from; of two of one name the first stands for both."""
    named = {each.name: str(each.id) for each in reversed(await companies.companies(db, clock.today()))}
    return [(company_id, name) for name, company_id in reversed(named.items())]


def facts_of(values: Values) -> Facts:
    """Return what an entry's form holds."""
    company = values["company"]
    return Facts(
        values["given_on"], values["asker"], values["topic"], values["language"], int(values["minutes"]),
        values["outcome"], values["note"] or None, UUID(company) if company else None,
    )  # fmt: skip


def export_form(first: date, last: date, save: Save) -> DetailsForm:
    """Ask which days are written, and whether as counts or row by row."""
    kinds = [("summary", _("counts, those under five hidden")), ("rows", _("every entry, without notes"))]
    return DetailsForm(
        _("Export for statistics"),
        [
            DateField("first", _("First day"), first, past=True, required=True),
            DateField("last", _("Last day"), last, past=True, required=True),
            ChoiceField("kind", _("What"), kinds, "summary", required=True),
        ],
        save,
        first="first",
        accept=_("Write"),
    )


def _company(entry: Entry | None) -> str:
    return str(entry.company_id) if entry and entry.company_id else ""


def _languages(codes: Sequence[str], chosen: str) -> list[tuple[str, str]]:
    # One whose language is not among the common ones is corrected without losing it.
    return [(code, language_name(code)) for code in dict.fromkeys([*codes, chosen])][:9]


def _minutes(chosen: int) -> list[tuple[str, str]]:
    known = words.MINUTES if chosen in words.MINUTES else sorted({*words.MINUTES[:-1], chosen})
    return [(str(each), str(each)) for each in known]
