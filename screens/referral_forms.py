"""The forms of a referral: what it is for, a step, the day to look after it, its ground, a consent."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.casework import intake_words
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.casework.plan import Goal
from kotoutus_tui.casework.referrals import ground_words, words
from kotoutus_tui.casework.referrals.states import NEED_OUTCOME, is_open
from kotoutus_tui.i18n import _
from kotoutus_tui.partners.words import KINDS
from kotoutus_tui.text import clean_line
from screens.plan_forms import PlanForm
from screens.referral_receiver import Receiver
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.prose_field import ProseField

Save = Callable[[dict[str, Any]], Awaitable[Any]]

ANSWER_DAYS = 14
_LATER_DAYS = {"received": 14, "waiting": 30, "accepted": 14, "started": 60}


class ReferralDraft(FormDraft):
    """The draft of a new referral, which also remembers the receiver chosen before the form."""

    receiver: Receiver | None = None

    def keep(self, typed: Mapping[str, str]) -> None:
        """Keep what stands in the fields together with the receiver. Raises OSError."""
        if self.receiver is None or not any(typed.values()):
            super().keep(typed)
            return
        whose = self.receiver
        service = str(whose.service_id) if whose.service_id else ""
        super().keep({**typed, "_name": whose.name, "_kind": whose.kind, "_service": service})


def details_form(
    receiver: Receiver,
    goals: Sequence[Goal],
    save: Save,
    draft: FormDraft | None,
    seen: Mapping[str, Any] | None = None,
) -> PlanForm:
    """Return the form of a new referral, or of a draft with `seen` values."""
    values: Mapping[str, Any] = seen or {"chase_on": clock.today() + timedelta(days=ANSWER_DAYS)}
    fields: list[Field[Any]] = [
        ProseField("purpose", _("What for"), values.get("purpose") or "", lines=4, required=True)
    ]
    if receiver.service_id is None:
        kinds = sorted(((code, _(name)) for code, name in KINDS.items()), key=lambda each: each[1])
        fields.append(
            ChoiceField("receiver_kind", _("Kind of receiver"), kinds, receiver.kind, required=True)
        )
    if goals:
        names = [(str(goal.id), goal.goal.partition("\n")[0][:60]) for goal in goals]
        chosen = str(values["goal_id"]) if values.get("goal_id") else None
        fields.append(ChoiceField("goal_id", _("Goal it serves"), names, chosen))
    fields.append(DateField("chase_on", _("Answer wanted by"), values.get("chase_on")))
    title = _("Referral: {receiver}").format(receiver=receiver.name)
    return PlanForm(title, fields, save, draft, first="purpose")


def step_form(state: str, chase_on: date | None, save: Save) -> PlanForm:
    """Return the form of a step; an end asks for its outcome, a decline and a withdrawal for the reason."""
    fields: list[Field[Any]] = []
    if state == "declined":
        codes = [(code, _(name)) for code, name in words.DECLINED.items()]
        fields.append(ChoiceField("decline_code", _("Reason"), codes, required=True))
    if state in NEED_OUTCOME:
        outcomes = [(code, _(name)) for code, name in words.OUTCOMES.items()]
        fields.append(ChoiceField("outcome", _("Outcome"), outcomes, required=True))
    if state != "sent":
        label = _("Reason") if state == "withdrawn" else _("What they said")
        fields.append(ProseField("note", label, lines=3, required=state == "withdrawn"))
    if is_open(state):
        days = _LATER_DAYS.get(state, ANSWER_DAYS)
        day = chase_on or clock.today() + timedelta(days=days)
        fields.append(DateField("chase_on", _("Look after it on"), day))
    return PlanForm(_(words.DEEDS[state]), fields, save)


def chase_form(day: date | None, save: Save) -> PlanForm:
    """Return the form of the day to look after a referral; an empty one means no such day."""
    return PlanForm(_("Look after it"), [DateField("chase_on", _("Look after it on"), day)], save)


def ground_form(grounds: Sequence[str], seen: Mapping[str, str], save: Save) -> PlanForm:
    """Return the form of ground, purpose and who asked."""
    choices = [(code, _(ground_words.GROUNDS[code])) for code in grounds]
    fields: list[Field[Any]] = [
        ChoiceField("ground", _("Legal ground"), choices, seen.get("ground"), required=True),
        TextField("purpose", _("Purpose"), seen.get("purpose", ""), clean=clean_line, required=True),
        TextField("asked_by", _("Who asked for it"), seen.get("asked_by", ""), clean=clean_line),
    ]
    return PlanForm(_("Why it is told"), fields, save)


def consent_form(receiver: str, names: str, language: str | None, save: Save, draft: FormDraft) -> PlanForm:
    """Return the form of a consent to tell the items named."""
    ways = [(code, _(name)) for code, name in ground_words.CONSENT_WAYS.items()]
    whom = [("this", receiver), ("any", _("any receiver"))]
    fields: list[Field[Any]] = [
        ChoiceField("whom", _("To whom"), whom, "this", required=True),
        ChoiceField("language", _("Asked in"), intake_words.languages(), language, required=True),
        ChoiceField("how", _("How"), ways, "spoken", required=True),
        DateField("given_on", _("Given on"), clock.today(), past=True, required=True),
        DateField("valid_until", _("Valid until")),
        ProseField("scope", _("In the client's words"), lines=3),
    ]
    return PlanForm(_("Consent: {items}").format(items=names), fields, save, draft, first="language")
