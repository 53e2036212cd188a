"""The forms of the integration period, studies, circumstances, documents and the authority."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.casework import (
    authority_words,
    circumstances_words,
    intake_words,
    period_checks,
    period_commands,
    period_words,
    record_words,
    study_words,
)
from kotoutus_tui.casework.facts import Facts
from kotoutus_tui.casework.period_reading import (
    AuthorityRow,
    DocumentRow,
    Dossier,
    ExtensionRow,
    InterruptionRow,
    ItemRow,
    StudyRow,
)
from kotoutus_tui.casework.records import Value
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.details_forms import DetailsForm, Save
from screens.what_if import WhatIfForm
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import Values
from screens.widgets.prose_field import ProseField

_FACTS_OF_STATUS = frozenset({"learned_on", "requested_on", "guardian_since"})
_YES_NO = frozenset({
    "plan_needed", "county_participates", "family_of_refugee", "trafficking_victim", "unaccompanied",
})  # fmt: skip
_MAY_BE_UNKNOWN = frozenset({"plan_needed"})


class PeriodForm(DetailsForm):
    """A form of which the answers stay in sight in 24 lines."""

    DEFAULT_CSS = """
    PeriodForm Form { max-height: 65vh; }
    """


class MonthsField(Field[int]):
    """A number of months."""

    def read(self, text: str) -> int:
        """Return the number."""
        number = text.removesuffix("kk").strip()
        if not (number.isascii() and number.isdecimal()) or len(number) > 3:
            raise InvalidInput("", _("Write the months as a number, such as 12."))
        return int(number)


class LengthField(Field[int]):
    """A length in hours; the value is in minutes."""

    def read(self, text: str) -> int:
        """Return the minutes."""
        return study_words.read_length(text)

    def meaning(self, value: int) -> str:
        """The length as it was understood."""
        return study_words.hours(value)


def interruption_form(
    row: InterruptionRow | None, facts: Facts, save: Callable[[Values], Any], first: str = ""
) -> WhatIfForm:
    """Return the form of an interruption that says what the new end would be; `facts` are without it."""

    def judge(values: Values) -> str:
        if values["from_on"] is None:
            return _("Write the days, and you see what the new end would be.")
        new = period_commands.interruption_of(values)
        return period_words.would_be(period_checks.check_interruption(facts, clock.today(), new))

    return WhatIfForm(
        _("Interruption"),
        [
            DateField("from_on", _label("from_on"), row.from_on if row else None, required=True),
            DateField("to_on", _label("to_on"), row.to_on if row else None),
            _choice("reason", period_words.REASONS, row.reason if row else None),
            TextField(
                "note", _label("note"), row.note or "" if row else "", clean=clean_line,
                hint=_("only what is necessary"),
            ),
        ],
        save, judge, first=first,
    )  # fmt: skip


def extension_form(
    row: ExtensionRow | None, facts: Facts, save: Callable[[Values], Any], first: str = ""
) -> WhatIfForm:
    """Return the form of an extension that says what the new end would be; `facts` are without it."""
    today = clock.today()
    known = period_checks.grounds_of(period_checks.period(facts, today))
    grounds = {code: words for code, words in period_words.GROUNDS.items() if code in known}
    if row and row.ground not in grounds:
        grounds[row.ground] = period_words.GROUNDS[row.ground]

    def judge(values: Values) -> str:
        if values["ground"] is None or values["months"] is None or values["decided_on"] is None:
            return _("Write the ground and the months, and you see what the new end would be.")
        new = period_commands.extension_of(values)
        return period_words.would_be(period_checks.check_extension(facts, today, new))

    return WhatIfForm(
        _("Extension"),
        [
            _choice("ground", grounds, row.ground if row else None),
            MonthsField("months", _label("months"), str(row.months) if row else "", required=True),
            DateField(
                "decided_on", _label("decided_on"), row.decided_on if row else today, past=True, required=True
            ),
            ProseField("reasons", _label("reasons"), row.reasons if row else "", required=True, lines=3),
        ],
        save, judge, first=first, accept=_("Read the decision"),
    )  # fmt: skip


def study_form(row: StudyRow | None, save: Save, first: str = "") -> PeriodForm:
    """Return the form of a study."""
    was = asdict(row) if row else dict.fromkeys(StudyRow.__dataclass_fields__, None)
    hours = study_words.hours(row.minutes) if row and row.minutes is not None else ""
    fields: list[Field[Any]] = [
        _choice("kind", study_words.KINDS, was["kind"]),
        _text("title", was["title"]),
        _text("provider", was["provider"]),
        ChoiceField("language", _label("language"), intake_words.languages(), was["language"]),
        DateField("starts_on", _label("starts_on"), was["starts_on"]),
        DateField("ends_on", _label("ends_on"), was["ends_on"]),
        LengthField("minutes", _label("minutes"), hours),
        ChoiceField("level", _label("level"), [(each, each) for each in study_words.LEVELS], was["level"]),
    ]
    return PeriodForm(_(study_words.KINDS[row.kind]) if row else _("Add a study"), fields, save, first)


def level_form(title: str, level: str | None, save: Save) -> PeriodForm:
    """Return the form of the level of a language."""
    field = TextField("level", _label("level"), level or "", clean=clean_line, hint=_("A1–C2, native"))
    return PeriodForm(title, [field], save)


def facts_form(group: str, found: Dossier, save: Save, first: str) -> PeriodForm:
    """Return the form of a group of circumstances."""
    title, names = circumstances_words.GROUPS[group]
    values = asdict(found.circumstances)
    fields = [
        _fact(name, values[name]) for name in names if not (name == "family_group_home" and found.protected)
    ]
    return PeriodForm(_(title), fields, save, first)


def facts_of(answer: Values) -> dict[str, Value]:
    """Return what a form of circumstances holds as values."""
    yes = {"yes": True, "no": False}
    return {
        name: (yes.get(value, None if name in _MAY_BE_UNKNOWN else False) if name in _YES_NO else value)
        for name, value in answer.items()
    }


def document_form(row: DocumentRow | None, save: Save, first: str = "") -> PeriodForm:
    """Return the form of a document; the kind of one that is there cannot change."""
    fields: list[Field[Any]] = []
    if row is None:
        fields.append(_choice("kind", circumstances_words.DOCUMENTS, None))
    fields += [
        DateField("valid_until", _label("valid_until"), row.valid_until if row else None),
        _text("kept_at", row.kept_at if row else None),
    ]
    title = _(circumstances_words.DOCUMENTS[row.kind]) if row else _("Add a document")
    return PeriodForm(title, fields, save, first)


def change_form(row: AuthorityRow | None, now: str, save: Save) -> PeriodForm:
    """Return the form of a change of authority; `now` is the one that is responsible now."""
    fields: list[Field[Any]] = []
    if row is None:
        other = "municipality" if now == "employment_authority" else "employment_authority"
        fields.append(_choice("to_authority", authority_words.AUTHORITIES, other))
    fields += [
        DateField(
            "effective_on", _label("effective_on"), row.effective_on if row else clock.today(), required=True
        ),
        _text("reason", row.reason if row else None),
    ]
    return PeriodForm(_("Change of the responsible authority"), fields, save, "effective_on" if row else "")


def item_form(title: str, row: ItemRow | None, save: Save) -> PeriodForm:
    """Return the form of a line of the checklist."""
    fields: list[Field[Any]] = [
        DateField("done_on", _label("done_on"), row.done_on if row else clock.today(), past=True),
        _text("not_applicable_reason", row.not_applicable_reason if row else None),
    ]
    return PeriodForm(title, fields, save)


def _fact(name: str, value: Any) -> Field[Any]:
    if name in _YES_NO:
        code = None if value is None else ("yes" if value else "no")
        return ChoiceField(
            name, _label(name), intake_words.yes_or_no(), code, required=name not in _MAY_BE_UNKNOWN
        )
    if name in _FACTS_OF_STATUS:
        return DateField(name, _label(name), value if isinstance(value, date) else None, past=True)
    return _text(name, value)


def _choice(name: str, words: Mapping[str, str], value: str | None) -> ChoiceField:
    choices: Sequence[tuple[str, str]] = [(code, _(text)) for code, text in words.items()]
    return ChoiceField(name, _label(name), choices, value, required=True)


def _text(name: str, value: str | None) -> Field[Any]:
    return TextField(name, _label(name), value or "", clean=clean_line)


def _label(name: str) -> str:
    return record_words.label(name)
