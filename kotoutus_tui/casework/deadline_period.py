"""The integration period: its length by the Act of the first plan, extensions and interruptions."""

from collections.abc import Iterable
from datetime import date, timedelta

from kotoutus_tui.casework.deadline_marks import MARKS, Case
from kotoutus_tui.casework.deadline_result import Addition, Note, Period, Working
from kotoutus_tui.casework.facts import Extension, Interruption
from kotoutus_tui.casework.rules.rule import ExtensionRule, Rule
from kotoutus_tui.dates import add_months

_DAY = timedelta(days=1)


def period_of(rule: Rule, case: Case) -> Period | None:
    """Return the period by this version of the rule, or None when the day it counts from is not known.

    End = the same-numbered day after the basic length and the extensions together, plus every calendar day
    of interruption once. Studies of 31 § lengthen the whole, since the Act counts them from its end.
    """
    start = MARKS[rule.counts_from](case)
    if not isinstance(start, date):
        return None
    basic_end = add_months(start, rule.length.all_months) + timedelta(days=rule.length.all_days)
    facts = case.facts
    if not facts.extensions and not facts.interruptions:
        notes = _signing_note(rule, case)
        working = Working(rule.section, start, rule.length, (), notes)
        return Period(rule, start, basic_end, basic_end, working)
    return _lengthened(rule, case, start, basic_end)


def _lengthened(rule: Rule, case: Case, start: date, basic_end: date) -> Period:
    additions: list[Addition] = []
    notes = [*_signing_note(rule, case), *_unknown_grounds(rule, case.facts.extensions)]
    end, months = basic_end, rule.length.all_months
    for allowed in (a for a in rule.extensions if a.under_age is None):
        granted = _granted(allowed, case.facts.extensions, notes)
        if granted:
            months += granted
            additions.append(Addition("extension", granted, allowed.section))
    end = add_months(start, months) + timedelta(days=rule.length.all_days)
    if rule.interruptions:
        days, note = _interrupted(case, start, end)
        end += timedelta(days=days)
        if days:
            additions.append(Addition("interruption", days, rule.interruptions))
        if note:
            notes.append(note)
    for allowed in (a for a in rule.extensions if a.under_age is not None):
        end = _for_the_young(allowed, case, end, additions, notes)
    working = Working(rule.section, start, rule.length, tuple(additions), tuple(notes))
    return Period(rule, start, end, basic_end, working)


def _signing_note(rule: Rule, case: Case) -> tuple[Note, ...]:
    plan = case.first_plan
    if rule.counts_from == "first_plan_signed_on" and plan and not plan.signed_on:
        return (Note("not_signed"),)
    return ()


def _unknown_grounds(rule: Rule, extensions: Iterable[Extension]) -> list[Note]:
    known = {ground for allowed in rule.extensions for ground in allowed.grounds}
    refused = sum(e.months for e in extensions if e.ground not in known)
    return [Note("ground_not_known", count=refused)] if refused else []


def _granted(allowed: ExtensionRule, extensions: Iterable[Extension], notes: list[Note]) -> int:
    decided = sum(e.months for e in extensions if e.ground in allowed.grounds)
    if decided > allowed.months:
        notes.append(Note("cut", count=decided, allowed=allowed.months, section=allowed.section))
    return min(decided, allowed.months)


def _for_the_young(
    allowed: ExtensionRule, case: Case, end: date, additions: list[Addition], notes: list[Note]
) -> date:
    granted = _granted(allowed, case.facts.extensions, notes)
    if not granted:
        return end
    born = case.facts.birth_date
    if born and allowed.under_age is not None and add_months(born, allowed.under_age * 12) <= end:
        notes.append(Note("too_old", count=allowed.under_age, section=allowed.section))
        return end
    additions.append(Addition("extension", granted, allowed.section))
    return add_months(end, granted)


def _interrupted(case: Case, start: date, end: date) -> tuple[int, Note | None]:
    """Count the days of interruption, each once; one counts when it begins while the period still runs.

    A day before the period does not count. Each interruption moves the end, so that a later one may still
    begin in time.
    """
    total, note = 0, None
    for first, last in _merged(case.facts.interruptions, case.today):
        if first > end + timedelta(days=total):
            break
        counted = (last - max(first, start)).days + 1
        if counted > 0:
            total += counted
    if any(
        i.to_on is None and start <= case.today and i.from_on <= case.today for i in case.facts.interruptions
    ):
        note = Note("goes_on", day=case.today)
    return total, note


def _merged(interruptions: Iterable[Interruption], today: date) -> list[tuple[date, date]]:
    spans = sorted((i.from_on, today if i.to_on is None else i.to_on) for i in interruptions)
    merged: list[tuple[date, date]] = []
    for first, last in spans:
        if last < first:
            continue
        if merged and first <= merged[-1][1] + _DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
