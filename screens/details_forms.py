"""The forms of a client's details: facts, a name, a language and a member."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kotoutus_tui.casework import details_words as words
from kotoutus_tui.casework import household, intake, intake_words
from kotoutus_tui.casework.client_details import Value
from kotoutus_tui.casework.client_names import KINDS, KnownName, NameParts
from kotoutus_tui.casework.timeline_words import RELATIONS
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import FormDialog, Values

Save = Callable[[Values], Awaitable[Any]]

_NEEDED = frozenset({"phase", "responsible_authority", "interpreter_needed"})
_TO_COME = frozenset({"review_due", "period_end", "period_start"})
_DATES = frozenset({
    "birth_date", "arrived_on", "first_permit_on", "municipality_since", "first_plan_drawn_on",
}) | _TO_COME  # fmt: skip


class DetailsForm(FormDialog[bool]):
    """A form that begins at one of its fields; answers True when it was saved."""

    def __init__(
        self, title: str, fields: Sequence[Field[Any]], save: Save, first: str = "", accept: str = ""
    ) -> None:
        super().__init__(title, fields, save=self._saved, accept=accept or _("Save"), first=first)
        self._work = save

    async def _saved(self, values: Values) -> bool:
        await self._work(values)
        return True


def section_form(
    section: str, values: Mapping[str, Value], save: Save, first: str, *, protected: bool = False
) -> DetailsForm:
    """Return the form of a section's facts, begun with their values."""
    title, names = words.SECTIONS[section]
    if protected:
        names = (*names, "contact_address")
    return DetailsForm(_(title), [_field(name, values.get(name)) for name in names], save, first)


def values_of(answer: Values) -> dict[str, Value]:
    """Return what a section's form holds as values of the details."""
    return {
        name: (value == "yes" if name == "interpreter_needed" else value) for name, value in answer.items()
    }


def name_form(name: KnownName | None, save: Save) -> DetailsForm:
    """Return the form of a name, a new one with a choice of its kind."""
    parts = name.parts if name else NameParts()
    fields: list[Field[Any]] = []
    if name is None:
        kinds = [(kind, _(words.NAME_KINDS[kind])) for kind in KINDS if kind != "passport"]
        fields.append(ChoiceField("kind", _("Kind"), kinds, required=True))
    fields += [
        TextField("family", _("Family name"), parts.family or "", clean=clean_line),
        TextField("given", _("Given names"), parts.given or "", clean=clean_line),
        TextField("patronymic", _("Patronymic"), parts.patronymic or "", clean=clean_line),
        DateField("valid_from", _("In use since"), parts.valid_from, past=True),
        DateField("valid_to", _("In use until"), parts.valid_to, past=True),
    ]
    if name is not None and name.kind == "passport":
        choices = [
            ("correct", _("a spelling is corrected")),
            ("renamed", _("the name changed; the former one is kept")),
        ]
        fields.append(ChoiceField("why", _("Why"), choices, "correct", required=True))
    title = _(words.NAME_KINDS[name.kind]) if name else _("Add a name")
    return DetailsForm(title, fields, save)


def parts_of(answer: Values) -> NameParts:
    """Return the name that a form holds."""
    return NameParts(*(answer[part] for part in ("family", "given", "patronymic", "valid_from", "valid_to")))


def language_form(language: str | None, level: str | None, save: Save) -> DetailsForm:
    """Return the form of a spoken language; of a known one only the level can change."""
    fields: list[Field[Any]] = []
    if language is None:
        fields.append(ChoiceField("language", _("Language"), intake_words.languages(), required=True))
    fields.append(TextField("level", _("Level"), level or "", clean=clean_line, hint=_("A1–C2, native")))
    return DetailsForm(
        words.shown("mother_tongue", language) if language else _("Add a language"), fields, save
    )


def member_form(clients: Sequence[tuple[str, str]], save: Save) -> DetailsForm:
    """Return the form of somebody who lives with the client; `clients` are own clients to choose from."""
    relations = [(code, _(RELATIONS[code])) for code in household.RELATIONS]
    return DetailsForm(
        _("Add somebody"),
        [
            TextField("person", _("Name"), clean=clean_line),
            ChoiceField("other", _("or own client"), clients),
            ChoiceField("relation", _("Relation"), relations, required=True),
            ChoiceField("guardian", _("Guardian"), intake_words.yes_or_no(), "no", required=True),
        ],
        save,
    )


def code_form(save: Save) -> DetailsForm:
    """Return the form of a personal identity code."""
    field = TextField("personal_id", _("Identity code"), clean=intake.read_personal_id, required=True)
    return DetailsForm(_("Identity code"), [field], save)


def protection_form(save: Save) -> DetailsForm:
    """Return the form that puts a protection order in force."""
    return DetailsForm(_("Protection order"), [DateField("until", _("In force until"))], save)


def reason_form(title: str, save: Save, accept: str) -> DetailsForm:
    """Ask for a reason that is logged."""
    field = TextField("reason", _("Reason"), clean=clean_line, required=True)
    return DetailsForm(title, [field], save, accept=accept)


def _field(name: str, value: Value) -> Field[Any]:
    choices = words.choices(name)
    if choices is not None:
        code = ("yes" if value else "no") if isinstance(value, bool) else str(value or "")
        return ChoiceField(name, words.label(name), choices, code, required=name in _NEEDED)
    if name in _DATES:
        day = value if isinstance(value, date) else None
        return DateField(name, words.label(name), day, past=name not in _TO_COME)
    return TextField(name, words.label(name), str(value or ""), clean=clean_line)
