"""The forms of the reception: an arrival, a step, and a reason."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.reception import words
from kotoutus_tui.casework.reception.arriving import Facts
from kotoutus_tui.casework.reception.household import Arrival, Step
from kotoutus_tui.casework.reception.steps import OWN, StepFacts
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.details_forms import DetailsForm, Save
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import Values

Team = Sequence[tuple[str, str]]


def arrival_form(arrival: Arrival | None, team: Team, me: str, save: Save) -> DetailsForm:
    """Return the form of an arrival; of a known one the source stays, since its steps come from it."""
    fields: list[Field[Any]] = [
        TextField(
            "label", _("Who arrives"), arrival.label if arrival else "", clean=clean_line, required=True,
            hint=_("without names: family of five, Sudan"),
        ),
        DateField("arrives_on", _("Arrives on"), arrival.arrives_on if arrival else None, required=True),
    ]  # fmt: skip
    if arrival is None:
        fields.append(ChoiceField("source", _("From where"), words.sources(), required=True))
    fields.append(
        TextField("persons", _("Persons"), str(arrival.persons or "") if arrival else "", clean=_number)
    )
    if arrival is None or not arrival.protected:
        place = (arrival.place or "") if arrival else ""
        fields.append(TextField("place", _("Place"), place, clean=clean_line, hint=_("part of the city")))
    responsible = (arrival.responsible or "") if arrival else me
    fields.append(ChoiceField("responsible", _("Responsible"), team, responsible))
    return DetailsForm(_("Arrival") if arrival else _("New arrival"), fields, save)


def facts_of(values: Values, source: str = "") -> Facts:
    """Return what an arrival's form holds; `source` is that of a known arrival."""
    persons = values["persons"]
    return Facts(
        values["label"], values["arrives_on"], values.get("source") or source, values.get("place"),
        int(persons) if persons else None, values["responsible"],
    )  # fmt: skip


def step_form(step: Step | None, arrival: Arrival, team: Team, save: Save) -> DetailsForm:
    """Return the form of a step; a new one may be for the household or for one person of it."""
    fields: list[Field[Any]] = []
    if step is None or step.code == OWN:
        fields.append(
            TextField("title", _("What"), (step.title or "") if step else "", clean=clean_line, required=True)
        )
    if step is None:
        people = [(str(each.client_id), words.name_of(each)) for each in arrival.people]
        fields.append(ChoiceField("client", _("Whose"), _numbered(people)))
    due = step.due_on if step else max(arrival.arrives_on, clock.today())
    fields += [
        DateField("due_on", _("Due"), due, required=True),
        ChoiceField(
            "owner", _("Who does it"), words.owners(), step.owner if step else "counsellor", required=True
        ),
        ChoiceField("responsible", _("Responsible"), team, (step.responsible or "") if step else ""),
        ChoiceField("blocked_by", _("Waits for"), _others(step, arrival), _blocker(step)),
    ]
    if step is not None and step.done_on is not None:
        fields.append(DateField("done_on", _("Done on"), step.done_on, past=True, required=True))
    return DetailsForm(words.title_of(step) if step else _("New step"), fields, save)


def step_facts_of(values: Values) -> StepFacts:
    """Return what a step's form holds."""
    blocker = values["blocked_by"]
    return StepFacts(
        values["due_on"], values["owner"], values["responsible"], UUID(blocker) if blocker else None,
        values.get("title"), values.get("done_on"),
    )  # fmt: skip


def _others(step: Step | None, arrival: Arrival) -> list[tuple[str, str]]:
    people = {each.client_id: each for each in arrival.people}
    found: list[tuple[str, str]] = []
    for other in arrival.steps:
        if step is not None and other.id == step.id:
            continue
        title = words.title_of(other)
        if other.client_id is not None:
            title = f"{title} · {words.name_of(people.get(other.client_id))}"
        found.append((str(other.id), title))
    return _numbered(found)


def _numbered(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    # A choice is told by its name, so two of one name get numbers.
    seen: dict[str, int] = {}
    found: list[tuple[str, str]] = []
    for code, name in choices:
        seen[name] = seen.get(name, 0) + 1
        found.append((code, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return found


def _blocker(step: Step | None) -> str:
    return str(step.blocked_by) if step and step.blocked_by else ""


def _number(text: str) -> str:
    if not text.isdecimal() or not text.isascii() or len(text) > 3:
        raise InvalidInput("", _("Write a number."))
    return text
