"""The days that rules count from, and the conditions they ask about, by the names rule files use."""

from collections.abc import Callable, Iterator
from datetime import date

from kotoutus_tui.casework.facts import Facts, Plan

Marked = date | None | tuple[date, ...]

# 2 § 3 mom. 681/2023: protection, quota and temporary protection; families are told by a fact of their own.
_COMPENSATED_GROUNDS = ("quota_refugee", "asylum", "temporary_protection")


class Case:
    """Facts with what every rule asks of them worked out once."""

    __slots__ = (
        "agreed_review_on",
        "current_plan_on",
        "facts",
        "first_plan",
        "first_plan_on",
        "last_review_on",
        "plan_or_review_on",
        "plans",
        "today",
    )

    def __init__(self, facts: Facts, today: date) -> None:
        self.facts, self.today = facts, today
        self.plans: list[tuple[date, Plan]] = []
        self.first_plan: Plan | None = None
        self.first_plan_on: date | None = None
        self.current_plan_on: date | None = None
        self.last_review_on: date | None = None
        self.plan_or_review_on: date | None = None
        self.agreed_review_on: date | None = None
        if facts.plans:
            self._look_at_plans(facts)

    def _look_at_plans(self, facts: Facts) -> None:
        dated = [(day, plan) for plan in facts.plans if (day := plan.drawn_on or plan.signed_on)]
        if not dated:
            return
        if len(dated) > 1:
            dated.sort(key=lambda pair: pair[0])
        self.plans = dated
        self.first_plan_on, self.first_plan = dated[0]
        self.current_plan_on = self.plan_or_review_on = dated[-1][0]
        agreed = [facts.next_review_on]
        if facts.reviews:
            self.last_review_on = max(review.held_on for review in facts.reviews)
            self.plan_or_review_on = max(self.current_plan_on, self.last_review_on)
            agreed += [r.next_review_on for r in facts.reviews if r.held_on == self.last_review_on]
        # A day agreed for a review that has been held, or before the plan, says nothing of the next one.
        coming = [day for day in agreed if day and day > self.plan_or_review_on]
        self.agreed_review_on = min(coming, default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _client_or_requested_on(case: Case) -> date | None:
    facts = case.facts
    return _earliest(facts.client_since, facts.requested_on) or facts.learned_on


def _first_plan_signed_on(case: Case) -> date | None:
    plan = case.first_plan
    return (plan.signed_on or plan.drawn_on) if plan else None


def _first_plan_starts_on(case: Case) -> date | None:
    plan = case.first_plan
    return (plan.starts_on or case.first_plan_on) if plan else None


def _plan_ends_on(case: Case) -> date | None:
    return case.plans[-1][1].ends_on if case.plans else None


def _compensation_from_on(case: Case) -> date | None:
    return case.facts.compensation_from or case.facts.municipality_since


def unclaimed_years(case: Case, start: date, end: date) -> Iterator[int]:
    """Yield the calendar years from `start` to `end` that have begun and are not claimed yet."""
    claimed = case.facts.compensation_claimed_years
    for year in range(start.year, min(end.year, case.today.year) + 1):
        if year not in claimed:
            yield year


MARKS: dict[str, Callable[[Case], Marked]] = {
    "today": lambda case: case.today,
    "client_or_requested_on": _client_or_requested_on,
    "learned_on": lambda case: _earliest(
        case.facts.learned_on, case.facts.requested_on, case.facts.client_since
    ),
    "assessment_finished_on": lambda case: case.facts.assessment_finished_on,
    "first_permit_on": lambda case: case.facts.first_permit_on,
    "first_plan_on": lambda case: case.first_plan_on,
    "first_plan_signed_on": _first_plan_signed_on,
    "first_plan_starts_on": _first_plan_starts_on,
    "current_plan_on": lambda case: case.current_plan_on,
    "plan_or_review_on": lambda case: case.plan_or_review_on,
    "agreed_review_on": lambda case: case.agreed_review_on,
    "plan_ends_on": _plan_ends_on,
    "birth_date": lambda case: case.facts.birth_date,
    "permit_until": lambda case: case.facts.permit_until,
    "passport_until": lambda case: case.facts.passport_until,
    "protection_order_until": lambda case: case.facts.protection_order_until,
    "interpreter_cancel_by": lambda case: case.facts.interpreter_cancel_by,
    "compensation_from_on": _compensation_from_on,
}


def _compensated(case: Case) -> bool:
    told = case.facts.entitles_to_compensation
    if told is not None:
        return told
    return case.facts.quota_family or case.facts.ground_of_entry in _COMPENSATED_GROUNDS


def _guided(case: Case) -> bool:
    guided, drawn = case.facts.guided_on, case.current_plan_on
    return bool(guided and drawn and guided >= drawn)


CONDITIONS: dict[str, Callable[[Case], bool]] = {
    "trafficking_victim": lambda case: case.facts.trafficking_victim,
    "unaccompanied_minor": lambda case: case.facts.unaccompanied_minor,
    "has_guardian": lambda case: case.facts.guardian_since is not None,
    "employment_authority": lambda case: case.facts.responsible_authority == "employment_authority",
    "assessment_started": lambda case: bool(
        case.facts.assessment_started_on or case.facts.assessment_finished_on or case.plans
    ),
    "drafting_started": lambda case: bool(case.facts.drafting_started_on or case.plans),
    "plan_drawn": lambda case: bool(case.plans),
    "later_plan_drawn": lambda case: len(case.plans) > 1,
    "plan_not_needed": lambda case: case.facts.plan_needed is False,
    "guided_to_service": _guided,
    "compensated": _compensated,
    "quota_refugee": lambda case: case.facts.ground_of_entry == "quota_refugee",
    "quota_family": lambda case: case.facts.quota_family,
}
