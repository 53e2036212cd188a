"""What the law and the calendar want of the days of a plan and of a review; errors name field and section."""

from dataclasses import dataclass, replace
from datetime import date

from kotoutus_tui.casework.deadline_result import Period
from kotoutus_tui.casework.deadlines import period
from kotoutus_tui.casework.facts import Facts, Plan
from kotoutus_tui.casework.rules import rule_book
from kotoutus_tui.casework.rules.rule import Rule
from kotoutus_tui.dates import add_months
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, format_date

_USUAL_MONTHS = 12


@dataclass(frozen=True)
class PlanDays:
    """The days of a plan; drawing it up needs all but `signed_on` and `guided_on`."""

    drawn_on: date
    signed_on: date | None
    starts_on: date
    ends_on: date
    next_review_on: date | None
    guided_on: date | None = None


def usual_days(facts: Facts, drawn_on: date, today: date) -> PlanDays:
    """Return days that the law allows for a plan drawn up on a day: as long as it may be, a year at most.

    `facts` are those without this plan.
    """
    ends_on = add_months(drawn_on, _USUAL_MONTHS)
    if (latest := _latest_first_end(facts, drawn_on, drawn_on)) is not None:
        ends_on = min(ends_on, latest[0])
    if (whole := _period_with(facts, drawn_on, None, today)) is not None:
        ends_on = max(drawn_on, min(ends_on, whole.end))
    next_on = review_by(drawn_on)
    next_on = min(next_on[0], ends_on) if next_on else None
    return PlanDays(drawn_on, drawn_on, drawn_on, ends_on, next_on)


def check_plan(days: PlanDays, facts: Facts, today: date, *, household: bool = False) -> None:
    """Raise InvalidInput at the first day that is wrong; `facts` are those without this plan.

    Of a household plan, which no law knows, only the order of the days is checked.
    """
    _check_order(days, today)
    if household:
        return
    if (latest := _latest_first_end(facts, days.drawn_on, days.starts_on)) and days.ends_on > latest[0]:
        raise InvalidInput(
            "ends_on",
            _("The first plan ends on {day} at the latest ({section}).").format(
                day=format_date(latest[0]), section=latest[1].citation
            ),
        )
    whole = _period_with(facts, days.drawn_on, days.signed_on, today)
    if whole is not None and days.ends_on > whole.end:
        raise InvalidInput("ends_on", _period_is_over(whole))
    if days.next_review_on is not None:
        _check_next(days.next_review_on, days.drawn_on)
        if days.next_review_on > days.ends_on:
            raise InvalidInput(
                "next_review_on",
                _("The plan ends on {day}; it is reviewed before that ({section}).").format(
                    day=format_date(days.ends_on), section=_section_of_review(days.drawn_on)
                ),
            )


def check_review(held_on: date, next_review_on: date | None, facts: Facts, today: date) -> None:
    """Raise InvalidInput when a review cannot have been held on its day, or the next day is too late."""
    first = min((each.drawn_on for each in facts.plans if each.drawn_on), default=None)
    if held_on > today:
        raise InvalidInput("held_on", _("The day is in the future."))
    if first is None:
        raise InvalidInput("held_on", _("There is no plan to be reviewed yet."), _("Draw up the plan first."))
    if held_on < first:
        raise InvalidInput(
            "held_on", _("The plan was drawn up only on {day}.").format(day=format_date(first))
        )
    whole = period(facts, today)
    if whole is not None and held_on > whole.end:
        raise InvalidInput("held_on", _period_is_over(whole))
    if next_review_on is None:
        return
    if next_review_on <= held_on:
        raise InvalidInput("next_review_on", _("The next review is after this one."))
    _check_next(next_review_on, held_on)
    if whole is not None and next_review_on > whole.end:
        raise InvalidInput("next_review_on", _period_is_over(whole))


def review_by(day: date) -> tuple[date, str] | None:
    """Return the last day for the review that follows one on `day` (or the drawing up), and its section."""
    rule = rule_book().rule("review", day)
    if rule is None or not rule.length.all_months:
        return None
    return add_months(day, rule.length.all_months), rule.citation


def guide_by(drawn_on: date) -> tuple[date, str] | None:
    """Return the last day to guide the client to a service of a plan, and the section."""
    rule = rule_book().rule("guided_to_service", drawn_on)
    return (add_months(drawn_on, rule.length.all_months), rule.citation) if rule else None


def next_usual_review(held_on: date, facts: Facts, today: date) -> date | None:
    """Return the latest day the law allows for the next review, within the integration period."""
    latest = review_by(held_on)
    whole = period(facts, today)
    days = [day for day in (latest[0] if latest else None, whole.end if whole else None) if day]
    return min((day for day in days if day > held_on), default=None)


def _check_order(days: PlanDays, today: date) -> None:
    for name in ("drawn_on", "signed_on", "guided_on"):
        day = getattr(days, name)
        if day is not None and day > today:
            raise InvalidInput(name, _("The day is in the future."))
    if days.signed_on is not None and days.signed_on < days.drawn_on:
        raise InvalidInput("signed_on", _("A plan is signed when it has been drawn up."))
    if days.starts_on < days.drawn_on:
        raise InvalidInput("starts_on", _("A plan begins on the day it is drawn up at the earliest."))
    if days.ends_on < days.starts_on:
        raise InvalidInput("ends_on", _("The end is before the beginning."))
    if days.next_review_on is not None and days.next_review_on <= days.drawn_on:
        raise InvalidInput("next_review_on", _("The review is after the day the plan is drawn up."))
    if days.guided_on is not None and days.guided_on < days.drawn_on:
        raise InvalidInput("guided_on", _("A client is guided to a service after the plan is drawn up."))


def _check_next(next_on: date, counted_from: date) -> None:
    latest = review_by(counted_from)
    if latest is not None and next_on > latest[0]:
        raise InvalidInput(
            "next_review_on",
            _("The plan is to be reviewed on {day} at the latest ({section}).").format(
                day=format_date(latest[0]), section=latest[1]
            ),
        )


def _latest_first_end(facts: Facts, drawn_on: date, starts_on: date) -> tuple[date, Rule] | None:
    """Return the last day that the first plan may have; None for a later plan."""
    if any(each.drawn_on and each.drawn_on <= drawn_on for each in facts.plans):
        return None
    rule = rule_book().rule("first_plan_length", drawn_on)
    return (add_months(starts_on, rule.length.all_months), rule) if rule else None


def _period_with(facts: Facts, drawn_on: date, signed_on: date | None, today: date) -> Period | None:
    plan = Plan(drawn_on, signed_on)
    return period(replace(facts, plans=(*facts.plans, plan)), today)


def _period_is_over(whole: Period) -> str:
    return _("The integration period ends on {day} ({section}).").format(
        day=format_date(whole.end), section=whole.section
    )


def _section_of_review(day: date) -> str:
    rule = rule_book().rule("review", day)
    return rule.citation if rule else ""
