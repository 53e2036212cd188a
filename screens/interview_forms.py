"""The forms of an initial interview: its facts, the day something was told, the end, and a conflict."""

from collections.abc import Sequence

from kotoutus_tui import clock
from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.intake_words import yes_or_no
from kotoutus_tui.casework.interview import Answer, Interview, Setting
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens.client_forms import Choose
from screens.details_forms import DetailsForm, Save
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import TextField


def facts_form(interview: Interview, save: Save, first: str) -> DetailsForm:
    """Return the form of an interview's facts."""
    return DetailsForm(
        _("The interview"),
        [
            DateField("held_on", words.label("held_on"), interview.held_on, past=True, required=True),
            ChoiceField("language", words.label("language"), words.languages(), interview.language),
            TextField(
                "interpreter", words.label("interpreter"), interview.interpreter or "",
                clean=clean_line, hint=_("company, or no interpreter"),
            ),
            ChoiceField("place", words.label("place"), words.places(), interview.place, required=True),
            TextField(
                "place_reason", words.label("place_reason"), interview.place_reason or "",
                clean=clean_line, hint=_("for another place than an office"),
            ),
        ],
        save,
        first,
    )  # fmt: skip


def told_form(interview: Interview, answer: Answer, save: Save) -> DetailsForm:
    """Return the form of the day the client was told something; an empty day takes the mark away."""
    day = answer.told_on or interview.held_on or clock.today()
    return DetailsForm(words.label(answer.item), [DateField("told_on", _("Told on"), day, past=True)], save)


def end_form(setting: Setting, save: Save) -> DetailsForm:
    """Ask what comes of the interview; the answer holds `assessment` and `plan_needed`."""
    needed = {True: "yes", False: "no", None: None}[setting.plan_needed]
    choices = [
        ("done", _("is finished with this interview")),
        ("goes_on", _("goes on with specifying measures (section 3)")),
    ]
    return DetailsForm(
        _("Finish the interview"),
        [
            ChoiceField("assessment", _("The assessment"), choices, "done", required=True),
            ChoiceField("plan_needed", _("Plan needed (16 §)"), yes_or_no(), needed),
        ],
        save,
        accept=_("Finish"),
    )


def source_choice(answer: Answer) -> Choose:
    """Ask where an answer comes from."""
    return Choose(words.label(answer.item), words.sources())


def conflict_choice(answer: Answer) -> Choose:
    """Ask which text stands; `answer` is what a colleague wrote."""
    who = answer.updated_by or _("a colleague")
    theirs = " ".join(answer.text.split())
    choices: Sequence[tuple[str, str]] = [
        ("both", _("both texts, one after the other")),
        ("mine", _("yours")),
        ("theirs", _("{name}: {value}").format(name=who, value=theirs or NOTHING)),
    ]
    return Choose(_("Somebody else answered the same item meanwhile."), choices)
