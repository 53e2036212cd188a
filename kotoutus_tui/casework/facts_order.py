"""Facts that contradict each other, told by the field that is wrong."""

from collections.abc import Iterator
from datetime import date

from kotoutus_tui.casework.facts import Facts, Plan
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _


def check_order(facts: Facts) -> None:
    """Raise InvalidInput with the field when days are out of order or a plan has no day.

    Overlapping interruptions are no contradiction here: each day counts once.
    """
    for number, plan in enumerate(facts.plans):
        _check_plan(plan, f"plans[{number}]")
    for number, interruption in enumerate(facts.interruptions):
        _not_before(f"interruptions[{number}].to_on", interruption.to_on, interruption.from_on)
    _not_before("assessment_finished_on", facts.assessment_finished_on, facts.assessment_started_on)
    first_plan = min((day for plan in facts.plans if (day := plan.drawn_on or plan.signed_on)), default=None)
    for number, review in enumerate(facts.reviews):
        if not facts.plans:
            raise InvalidInput(f"reviews[{number}]", _("there is no plan to review"))
        _not_before(f"reviews[{number}].held_on", review.held_on, first_plan)
        _not_before(f"reviews[{number}].next_review_on", review.next_review_on, review.held_on)
    for field, day in _days(facts):
        _not_before(field, day, facts.birth_date)


def _check_plan(plan: Plan, place: str) -> None:
    if not (plan.drawn_on or plan.signed_on):
        raise InvalidInput(f"{place}.drawn_on", _("is missing"))
    _not_before(f"{place}.signed_on", plan.signed_on, plan.drawn_on)
    _not_before(f"{place}.ends_on", plan.ends_on, plan.starts_on or plan.drawn_on)


def _not_before(field: str, day: date | None, earlier: date | None) -> None:
    if day and earlier and day < earlier:
        raise InvalidInput(field, _("the day is before the one it must follow"))


def _days(facts: Facts) -> Iterator[tuple[str, date | None]]:
    for field in (
        "first_permit_on", "municipality_since", "learned_on", "requested_on", "client_since",
        "assessment_started_on", "assessment_finished_on", "guided_on", "closed_on",
    ):  # fmt: skip
        yield field, getattr(facts, field)
    for number, plan in enumerate(facts.plans):
        yield f"plans[{number}].drawn_on", plan.drawn_on or plan.signed_on
