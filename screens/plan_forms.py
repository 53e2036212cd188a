"""The forms of a plan; a form keeps what is typed as a draft until it is saved."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kotoutus_tui.casework import plan_words as words
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.casework.intake_words import yes_or_no
from kotoutus_tui.casework.plan import Goal, Measure, Plans, Version
from kotoutus_tui.casework.plan_rules import PlanDays
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import FormDialog, Values
from screens.widgets.prose_field import ProseField
from screens.widgets.wizard import Step, WizardDialog

Save = Callable[[Values], Awaitable[Any]]


class PlanForm(FormDialog[bool]):
    """A form with a draft; answers True when it was saved."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field[Any]],
        save: Save,
        draft: FormDraft | None = None,
        *,
        first: str = "",
        accept: str = "",
    ) -> None:
        super().__init__(
            _begun_with(draft, fields, title),
            fields,
            save=_saving(save, draft),
            accept=accept or _("Save"),
            on_change=draft.keep if draft else None,
            first=first,
        )


def facts_form(version: Version, save: Save, first: str, draft: FormDraft) -> PlanForm:
    """Return the form of what a draft says beside its goals."""
    fields: list[Field[Any]] = [
        ProseField("own_words", words.label("own_words"), version.own_words or "", lines=5),
        ProseField("parties", words.label("parties"), version.parties or "", lines=3),
    ]
    if version.kind == "integration":
        answer = "yes" if version.county_participates else "no"
        fields.append(
            ChoiceField(
                "county_participates", words.label("county_participates"), yes_or_no(), answer, required=True
            )
        )
    return PlanForm(_(words.KINDS[version.kind]), fields, save, draft, first=first)


def goal_form(goal: Goal | None, save: Save, draft: FormDraft) -> PlanForm:
    """Return the form of a goal of a draft."""
    terms = [(code, _(name)) for code, name in words.TERMS.items()]
    fields: list[Field[Any]] = [
        ChoiceField("term", words.label("term"), terms, goal.term if goal else "plan", required=True),
        ProseField("goal", words.label("goal"), goal.goal if goal else "", required=True, lines=4),
    ]
    return PlanForm(_("Goal"), fields, save, draft)


def measure_form(
    measure: Measure | None, goals: Sequence[Goal], chosen: Goal | None, save: Save, draft: FormDraft
) -> PlanForm:
    """Return the form of a measure or service of a draft; `chosen` is the goal it begins with."""
    at = chosen or next((each for each in goals if measure and each.id == measure.goal_id), None)
    names = _distinct([each.goal.partition("\n")[0][:60] for each in goals])
    choices = [(str(each.id), name) for each, name in zip(goals, names, strict=True)]
    kinds = [(code, _(name)) for code, name in words.MEASURE_KINDS.items()]
    kind = measure.kind if measure else "service"
    fields: list[Field[Any]] = [
        ChoiceField("goal_id", words.label("goal_id"), choices, str(at.id) if at else None, required=True),
        ChoiceField("kind", words.label("kind"), kinds, kind, required=True),
        _line("title", measure.title if measure else "", required=True),
        ProseField(
            "justification",
            words.label("justification"),
            measure.justification if measure else "",
            required=True,
            lines=3,
        ),
        *_live_fields(measure),
    ]
    return PlanForm(_("Measure or service"), fields, save, draft)


def live_measure_form(measure: Measure, save: Save) -> PlanForm:
    """Return the form of what may change of a measure once its plan was drawn up."""
    return PlanForm(measure.title, _live_fields(measure), save, first="state")


def goal_state_form(goal: Goal, save: Save) -> PlanForm:
    """Return the form of how a goal stands."""
    states = [(code, _(name)) for code, name in words.GOAL_STATES.items()]
    field = ChoiceField("state", words.label("state"), states, goal.state, required=True)
    return PlanForm(goal.goal.partition("\n")[0], [field], save)


def live_form(version: Version, save: Save, first: str) -> PlanForm:
    """Return the form of the days that come after the drawing up."""
    fields: list[Field[Any]] = [
        DateField("signed_on", words.label("signed_on"), version.signed_on, past=True),
    ]
    if version.kind == "integration":
        fields.append(DateField("guided_on", words.label("guided_on"), version.guided_on, past=True))
    return PlanForm(_("Days"), fields, save, first=first)


def draw_form(version: Version, days: PlanDays, save: Save, draft: FormDraft) -> PlanForm:
    """Return the form that draws a plan up, begun with days the law allows."""
    fields: list[Field[Any]] = [
        DateField("drawn_on", words.label("drawn_on"), days.drawn_on, past=True, required=True),
        DateField("signed_on", words.label("signed_on"), days.signed_on, past=True),
        DateField("starts_on", words.label("starts_on"), days.starts_on, required=True),
        DateField("ends_on", words.label("ends_on"), days.ends_on, required=True),
    ]
    if version.kind == "integration":
        fields.append(
            DateField("next_review_on", words.label("next_review_on"), days.next_review_on, required=True)
        )
    return PlanForm(_("Draw up the plan"), fields, save, draft, accept=_("Draw up"))


def review_wizard(
    known: Plans, today: date, next_on: date | None, save: Save, draft: FormDraft
) -> WizardDialog[bool]:
    """Return the review, step by step."""
    version = known.in_force("integration")
    goals = [goal for goal in version.goals if goal.state == "open"] if version else []
    told = "\n".join("· " + goal.goal.partition("\n")[0] for goal in goals[:6])
    fields: list[Field[Any]] = [
        DateField("held_on", words.label("held_on"), today, past=True, required=True),
        *(ProseField(name, words.label(name), lines=6) for name in words.REVIEW_FIELDS),
        DateField("next_review_on", words.label("next_review_on"), next_on, required=True),
    ]
    title = _begun_with(draft, fields, _("Review of the plan"))
    steps = [
        Step(_("Participation"), ("held_on", "participation"), _("How the client took part.")),
        Step(_("Progress"), ("progress",), told),
        Step(_("Obstacles"), ("obstacles",), _("What stood in the way, and what would help.")),
        Step(_("Changes"), ("changes",), _("Changed goals and measures go into a new version of the plan.")),
        Step(_("Next review"), ("next_review_on",), _("At least every six months (22 § 681/2023).")),
    ]
    return WizardDialog(
        title,
        fields,
        steps,
        save=_saving(save, draft),
        accept=_("Save"),
        on_change=draft.keep,
    )


def values_of(answer: Values) -> dict[str, Any]:
    """Return what a form of facts holds as values of the plan."""
    return {
        name: (value == "yes" if name == "county_participates" else value) for name, value in answer.items()
    }


def _live_fields(measure: Measure | None) -> list[Field[Any]]:
    states = [(code, _(name)) for code, name in words.MEASURE_STATES.items()]
    state = measure.state if measure else "planned"
    return [
        _line("provider", (measure.provider or "") if measure else ""),
        DateField("starts_on", words.label("starts_on"), measure.starts_on if measure else None),
        DateField("ends_on", words.label("ends_on"), measure.ends_on if measure else None),
        ChoiceField("state", words.label("state"), states, state, required=True),
    ]


def _line(name: str, value: str, *, required: bool = False) -> TextField:
    return TextField(name, words.label(name), value, clean=clean_line, required=required)


def _distinct(names: Sequence[str]) -> list[str]:
    return [name if names.count(name) == 1 else f"{number}. {name}" for number, name in enumerate(names, 1)]


def _begun_with(draft: FormDraft | None, fields: Sequence[Field[Any]], title: str) -> str:
    """Put what was kept into the fields; return the title, which says so."""
    kept: Mapping[str, str] = draft.read() if draft else {}
    for field in fields:
        if (field.name or "") in kept:
            field.begin_with(kept[field.name or ""])
    return _("{entry} – your draft was kept").format(entry=title) if kept else title


def _saving(save: Save, draft: FormDraft | None) -> Callable[[Values], Awaitable[bool]]:
    async def saved(values: Values) -> bool:
        await save(values)
        if draft is not None:
            draft.discard()
        return True

    return saved
