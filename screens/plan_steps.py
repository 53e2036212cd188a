"""The commands of the plan's screen, step by step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework import plan_commands as commands
from kotoutus_tui.casework import plan_drawing as drawing
from kotoutus_tui.casework import plan_words as words
from kotoutus_tui.casework.deadline_facts import facts_of
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.casework.plan import KINDS, Goal, Measure, Version
from kotoutus_tui.casework.plan_print import paper
from kotoutus_tui.casework.plan_rules import PlanDays, next_usual_review, usual_days
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens import plan_forms as forms
from screens import plan_rows, printing
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.field_conflict import save_merging
from screens.widgets.form import Values

if TYPE_CHECKING:
    from kotoutus_tui.casework.prints.page import Page
    from screens.plan import PlanScreen


async def begin(screen: "PlanScreen") -> None:
    """Begin a plan or a new version of the one in force."""
    kinds = [kind for kind in KINDS if screen.known.draft(kind) is None]
    choices = [(kind, _(words.KINDS[kind])) for kind in kinds]
    kind = await screen.ask(Choose(_("What is begun?"), choices))
    if kind is not None:
        new = await commands.begin(screen.desk.db, screen.client_id, kind, operation_id=uuid4())
        screen.chosen = new
        screen.done(_("A draft is begun."))


async def edit(screen: "PlanScreen") -> None:
    """Change what stands in the row under the cursor."""
    shown, (kind, name) = screen.version, screen.row
    if shown is None:
        return
    if kind == "version":
        screen.show(UUID(name), f"version:{name}")
    elif kind == "goal":
        await _edit_goal(screen, shown, _goal(shown, name))
    elif kind == "measure":
        await _edit_measure(screen, shown, _measure(shown, name))
    elif kind == "facts":
        await _edit_facts(screen, shown, name)


async def add_goal(screen: "PlanScreen") -> None:
    """Add a goal to the draft."""
    shown = _in_sight(screen)

    async def save(values: Values) -> None:
        await commands.add_goal(
            screen.desk.db, screen.client_id, shown.id, values["term"], values["goal"], operation_id=uuid4()
        )

    await _ask(screen, forms.goal_form(None, save, _draft(screen, "goal", shown.id)))


async def add_measure(screen: "PlanScreen") -> None:
    """Add a measure or service for a goal, by default for the one under the cursor."""
    shown, (kind, name) = _in_sight(screen), screen.row
    if not shown.goals:
        raise InvalidInput(
            "",
            _("A measure or service is justified against a goal of the plan (19 § 3 mom. 681/2023)."),
            _("Write the goal first."),
        )
    at = _goal(shown, name) if kind == "goal" else None
    if kind == "measure":
        at = _goal(shown, str(_measure(shown, name).goal_id))

    async def save(values: Values) -> None:
        wanted = values | {"goal_id": UUID(values["goal_id"])}
        await commands.add_measure(screen.desk.db, screen.client_id, shown.id, wanted, operation_id=uuid4())

    draft = _draft(screen, "measure", shown.id)
    await _ask(screen, forms.measure_form(None, shown.goals, at, save, draft))


async def draw(screen: "PlanScreen") -> None:
    """Ask for the days and draw the plan up."""
    shown = _in_sight(screen)
    facts = await facts_of(screen.desk.db, screen.client_id)
    today = clock.today()
    usual = usual_days(facts, today, today)

    async def save(values: Values) -> None:
        days: dict[str, Any] = {"next_review_on": None} | values
        wanted = PlanDays(**days)
        await drawing.draw(screen.desk.db, screen.client_id, shown.id, wanted, operation_id=uuid4())

    form = forms.draw_form(shown, usual, save, _draft(screen, "draw", shown.id))
    if await screen.ask(form):
        sentence = _("The plan is drawn up.")
        terms = {goal.term for goal in shown.goals}
        if shown.kind == "integration" and "long" not in terms:
            sentence = _("The plan is drawn up. It has no long-term goal (18 § 681/2023).")
        elif shown.kind == "integration" and "plan" not in terms:
            sentence = _("The plan is drawn up. It has no goal for its own time (18 § 681/2023).")
        screen.done(sentence)


async def review(screen: "PlanScreen") -> None:
    """Review the plan in force, step by step."""
    facts = await facts_of(screen.desk.db, screen.client_id)
    today = clock.today()

    async def save(values: Values) -> None:
        await drawing.review(screen.desk.db, screen.client_id, values, operation_id=uuid4())

    draft = FormDraft.about(screen.desk.settings.state_dir, screen.client_id, "review")
    next_on = next_usual_review(today, facts, today)
    await _ask(screen, forms.review_wizard(screen.known, today, next_on, save, draft))


async def choose_version(screen: "PlanScreen") -> None:
    """Choose the version in sight."""
    choices = [(str(each.id), plan_rows.heading_of(each, screen.known)) for each in screen.known.versions]
    chosen = await screen.ask(Choose(_("Show"), choices))
    if chosen is not None:
        screen.show(UUID(chosen), "facts:days")


async def print_version(screen: "PlanScreen") -> None:
    """Print the version in sight."""
    shown, who = _in_sight(screen), screen.who
    if who is None:
        return

    facts = await facts_of(screen.desk.db, screen.client_id)

    async def make(language: str) -> "Page":
        return paper(shown, screen.known, who, language, facts.birth_date)

    await printing.print_paper(screen, "plan", screen.client_id, who.service_language, make)


async def remove(screen: "PlanScreen") -> None:
    """Take a goal or measure away, or the whole draft, after asking."""
    shown, (kind, name) = _in_sight(screen), screen.row
    if kind == "goal":
        what, row_id, told = kind, UUID(name), _goal(shown, name).goal
    elif kind == "measure":
        what, row_id, told = kind, UUID(name), _measure(shown, name).title
    else:
        what, row_id = "plan", shown.id
        told = _("The whole draft: {plan} {number}").format(
            plan=_(words.KINDS[shown.kind]), number=shown.number
        )
    if await screen.ask(Confirm(_("Remove?"), [told], accept=_("Remove"))):
        await commands.remove(screen.desk.db, screen.client_id, what, row_id, operation_id=uuid4())
        screen.done(_("Removed. {key} undoes it.").format(key="u"))


async def _edit_goal(screen: "PlanScreen", shown: Version, goal: Goal) -> None:
    if shown.is_draft:
        seen = {"term": goal.term, "goal": goal.goal}
        form = forms.goal_form(goal, _saver(screen, "goal", goal.id, seen), _draft(screen, "goal", goal.id))
    else:
        _check_in_force(screen, shown)
        form = forms.goal_state_form(goal, _saver(screen, "goal", goal.id, {"state": goal.state}))
    await _ask(screen, form)


async def _edit_measure(screen: "PlanScreen", shown: Version, measure: Measure) -> None:
    names = ["provider", "starts_on", "ends_on", "state"]
    if shown.is_draft:
        names += ["goal_id", "kind", "title", "justification"]
    else:
        _check_in_force(screen, shown)
    seen = {name: getattr(measure, name) for name in names}
    save = _saver(screen, "measure", measure.id, seen)
    if shown.is_draft:
        draft = _draft(screen, "measure", measure.id)
        form = forms.measure_form(measure, shown.goals, None, save, draft)
    else:
        form = forms.live_measure_form(measure, save)
    await _ask(screen, form)


async def _edit_facts(screen: "PlanScreen", shown: Version, name: str) -> None:
    if shown.is_draft and name == "days":
        await draw(screen)
        return
    names = ["own_words", "parties"] if shown.is_draft else ["signed_on"]
    if shown.kind == "integration":
        names.append("county_participates" if shown.is_draft else "guided_on")
    if name not in names and not shown.is_draft and name != "days":
        raise InvalidInput(
            "", _("A plan that was drawn up stays as it is."), _("Begin a new version to change it.")
        )
    if not shown.is_draft:
        _check_in_force(screen, shown)
    save = _saver(screen, "plan", shown.id, {each: getattr(shown, each) for each in names})
    if shown.is_draft:
        form = forms.facts_form(shown, save, name, _draft(screen, "facts", shown.id))
    else:
        form = forms.live_form(shown, save, name)
    await _ask(screen, form)


def _saver(screen: "PlanScreen", what: str, row_id: UUID, began_with: Mapping[str, Any]) -> forms.Save:
    """Return what saves a form; where somebody else changed the same field, it asks which value stands."""

    async def change(seen: Values, wanted: Values) -> None:
        await commands.change(
            screen.desk.db, screen.client_id, what, row_id, seen, wanted, operation_id=uuid4()
        )

    async def save(values: Values) -> None:
        wanted = forms.values_of(values)
        if wanted.get("goal_id"):
            wanted["goal_id"] = UUID(wanted["goal_id"])
        await save_merging(screen, change, began_with, wanted, words)

    return save


async def _ask(screen: "PlanScreen", form: Any) -> None:
    if await screen.ask(form):
        screen.done(_("Saved."))


def _draft(screen: "PlanScreen", slot: str, row_id: UUID) -> FormDraft:
    return FormDraft.about(screen.desk.settings.state_dir, screen.client_id, f"{slot}-{row_id}")


def _in_sight(screen: "PlanScreen") -> Version:
    version = screen.version
    if version is None:
        raise InvalidInput("", _("There is no plan yet."), _("n begins one."))
    return version


def _check_in_force(screen: "PlanScreen", version: Version) -> None:
    in_force = screen.known.in_force(version.kind)
    if in_force is None or in_force.id != version.id:
        raise InvalidInput("", _("A later version took the place of this one; it stays as it was."), "")


def _goal(version: Version, name: str) -> Goal:
    return next(each for each in version.goals if str(each.id) == name)


def _measure(version: Version, name: str) -> Measure:
    return next(each for each in version.measures if str(each.id) == name)
