"""The deadlines of a client as they are kept for lists, and the days that lists show of the client."""

from dataclasses import replace
from datetime import date
from typing import Any

from kotoutus_tui.casework.deadline_basis import basis_of
from kotoutus_tui.casework.deadline_facts import Known
from kotoutus_tui.casework.deadline_result import Deadline, Note, Outcome, Working
from kotoutus_tui.casework.rules.rule import Rule, RuleBook

# What is to be done with a plan in force; nothing of it is left once the integration period is over.
_OF_PLAN = frozenset({"review", "plan_end", "first_plan_length", "guided_to_service"})

Row = dict[str, Any]


def kept(known: Known, outcome: Outcome, today: date, book: RuleBook) -> tuple[list[Row], dict[str, Any]]:
    """Return the rows and the summary for access.write_deadlines.

    A day somebody wrote by hand stands where the rules give none, and an end of the integration period also
    where they give another: it may follow from a decision that was never recorded here.
    """
    deadlines = list(outcome.deadlines)
    period = outcome.period
    end = period.end if period else None
    if known.period_by_hand and known.facts.closed_on is None:
        _start, by_hand = known.period_by_hand
        if by_hand != end:
            deadlines = [d for d in deadlines if d.rule != "period_end"]
            deadlines += _by_hand(book, "period_end", by_hand, today, period.working if period else None, end)
        end = by_hand
    if known.review_by_hand and not known.facts.plans and known.facts.closed_on is None:
        deadlines += _by_hand(book, "review", known.review_by_hand, today, None, None)
    deadlines = [d for d in deadlines if not _is_over(d, known, end, today)]
    rows: dict[tuple[str, str], Row] = {}
    for deadline in deadlines:
        rows.setdefault((deadline.rule, _subject(deadline)), _row(deadline))
    return list(rows.values()), _summary(known, outcome, deadlines)


def _by_hand(
    book: RuleBook, code: str, day: date, today: date, working: Working | None, counted: date | None
) -> list[Deadline]:
    rule = _rule_of_today(book, code, today)
    if rule is None:
        return []
    if working is None:
        working = Working(rule.section, notes=(Note("without_plan"),))
    else:
        working = replace(working, notes=(*working.notes, Note("by_hand", day=counted)))
    return [Deadline(replace(rule, statutory=False), day, "municipality", working)]


def _rule_of_today(book: RuleBook, code: str, today: date) -> Rule | None:
    versions = book.versions.get(code, ())
    return book.rule(code, today) or (versions[-1] if versions else None)


def _is_over(deadline: Deadline, known: Known, end: date | None, today: date) -> bool:
    if deadline.due >= today:
        return False
    if deadline.lapses:
        return True
    if deadline.rule == "period_end":
        return known.phase == "after_plan"
    return deadline.rule in _OF_PLAN and end is not None and end < today


def _subject(deadline: Deadline) -> str:
    counted_from = deadline.working.counted_from
    if deadline.source.each_year_of:
        return str(counted_from.year) if counted_from else ""
    return str(deadline.due) if deadline.source.counts_from == "interpreter_cancel_by" else ""


def _row(deadline: Deadline) -> Row:
    return {
        "rule": deadline.rule, "subject": _subject(deadline), "section": deadline.section,
        "due_on": str(deadline.due), "statutory": deadline.statutory, "basis": basis_of(deadline),
    }  # fmt: skip


def _summary(known: Known, outcome: Outcome, deadlines: list[Deadline]) -> dict[str, Any]:
    summary: dict[str, Any] = {}
    if known.facts.closed_on is None and (known.facts.plans or not known.review_by_hand):
        review = next((d.due for d in deadlines if d.rule == "review"), None)
        summary["review_due"] = str(review) if review else None
    if not known.period_by_hand:
        period = outcome.period
        summary["period_start"] = str(period.start) if period else None
        summary["period_end"] = str(period.end) if period else None
    return summary
