"""The deadlines of a client by law, worked out from facts alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from kotoutus_tui.casework.deadline_marks import CONDITIONS, MARKS, Case, unclaimed_years
from kotoutus_tui.casework.deadline_period import period_of
from kotoutus_tui.casework.deadline_result import Deadline, Note, Outcome, Period, Working
from kotoutus_tui.casework.facts import Extension, Facts, Interruption, Plan, Review
from kotoutus_tui.casework.rules import RuleBook, rule_book
from kotoutus_tui.casework.rules.rule import Length, OnlyWithin, Rule
from kotoutus_tui.dates import add_months

__all__ = [
    "Deadline", "Extension", "Facts", "Interruption", "Outcome", "Period", "Plan", "Review",
    "deadlines", "deadlines_of_many", "period",
]  # fmt: skip

K = TypeVar("K")
_PERIOD_CODE = "period_end"


def deadlines(facts: Facts, today: date, book: RuleBook | None = None) -> Outcome:
    """Return what is due and the integration period, by the rules in force; pure, without clock or database.

    What is done gives no deadline; what is past stays, since it is still to be done, unless
    `Deadline.lapses`. A closed case has only its claims of compensation. `book` is for other rules than
    those of the program. Raises SetupError when a rule file has an error.
    """
    return _Run(book or rule_book(), facts, today).outcome()


def deadlines_of_many(
    cases: Iterable[tuple[K, Facts]], today: date, book: RuleBook | None = None
) -> Iterator[tuple[K, Outcome]]:
    """Yield the key and the outcome of each case in turn; 100,000 cases take some seconds.

    Explanations are worked out only when they are read.
    """
    rules = book or rule_book()
    for key, facts in cases:
        yield key, _Run(rules, facts, today).outcome()


def period(facts: Facts, today: date, book: RuleBook | None = None) -> Period | None:
    """Return the integration period alone, for a what-if; None without a plan. Raises SetupError."""
    return _Run(book or rule_book(), facts, today).period


class _Run:
    """One client's computation."""

    __slots__ = ("book", "case", "closed", "period")

    def __init__(self, book: RuleBook, facts: Facts, today: date) -> None:
        self.book, self.case = book, Case(facts, today)
        self.closed = facts.closed_on is not None
        rule = self._version(_PERIOD_CODE)
        self.period = period_of(rule, self.case) if rule else None

    def outcome(self) -> Outcome:
        found: list[Deadline] = []
        for code, versions in self.book.versions.items():
            if self.closed and not versions[0].after_closing:
                continue
            found += self._each_year(code) if versions[0].each_year_of else self._by_code(code)
        found.sort(key=lambda deadline: deadline.due)
        return Outcome(tuple(found), self.period)

    def _version(self, code: str) -> Rule | None:
        """Return the version of a rule by the day that chooses it, a single one."""
        versions = self.book.versions.get(code)
        if not versions:
            return None
        day = MARKS[versions[0].chosen_by](self.case)
        return self.book.rule(code, day) if isinstance(day, date) else None

    def _by_code(self, code: str) -> list[Deadline]:
        chosen_by = MARKS[self.book.versions[code][0].chosen_by](self.case)
        if chosen_by is None:
            return []
        if isinstance(chosen_by, tuple):
            return [
                made
                for day in chosen_by
                if (rule := self.book.rule(code, day)) and (made := self._due(rule, day))
            ]
        rule = self.book.rule(code, chosen_by)
        if rule is None or not self._applies(rule):
            return []
        if rule.period:
            made = self._period_end(rule)
        else:
            start = MARKS[rule.counts_from](self.case)
            made = self._due(rule, start) if isinstance(start, date) else None
        return [made] if made else []

    def _applies(self, rule: Rule) -> bool:
        case = self.case
        for name in rule.only_if:
            if not CONDITIONS[name](case):
                return False
        for name in rule.not_if:
            if CONDITIONS[name](case):
                return False
        return all(not CONDITIONS[name](case) for name in rule.done_if)

    def _period_end(self, rule: Rule) -> Deadline | None:
        if self.period is None:
            return None
        working, authority = self.period.working, self._authority(rule)
        if authority == "employment_authority":
            working = replace(working, notes=(*working.notes, Note("employment_authority")))
        return Deadline(rule, self.period.end, authority, working)

    def _due(self, rule: Rule, start: date) -> Deadline | None:
        if rule.only_within and not self._is_within(rule.only_within, start):
            return None
        length, section = self._length(rule)
        due = rule.due_on or _after(start, length)
        notes: list[Note] = []
        due = self._agreed(rule, due, notes)
        due = self._not_after(rule, due, notes)
        if rule.ends_with_period and self.period and due > self.period.end:
            return None
        if not rule.statutory and rule.length.all_days:
            notes.append(Note("target"))
        authority = self._authority(rule)
        if authority == "employment_authority":
            notes.append(Note("employment_authority"))
        # A claim tells its year by the day it counts from, even one that is due on a day of its own.
        counts = bool(rule.each_year_of) or not (rule.due_on or length == _NONE)
        counted_from = start if counts else None
        return Deadline(rule, due, authority, Working(section, counted_from, length, (), tuple(notes)))

    def _is_within(self, within: OnlyWithin, start: date) -> bool:
        day = MARKS[within.of](self.case)
        if not isinstance(day, date) or any(CONDITIONS[name](self.case) for name in within.not_if):
            return True
        return start <= _after(day, within.length)

    def _length(self, rule: Rule) -> tuple[Length, str]:
        for instead in rule.instead:
            if CONDITIONS[instead.condition](self.case):
                return instead.length, instead.section or rule.section
        return rule.length, rule.section

    def _agreed(self, rule: Rule, due: date, notes: list[Note]) -> date:
        agreed = MARKS[rule.earlier_day](self.case) if rule.earlier_day else None
        if not isinstance(agreed, date) or agreed == due:
            return due
        if agreed < due:
            notes.append(Note("agreed", day=due))
            return agreed
        notes.append(Note("agreed_too_late", day=agreed))
        return due

    def _not_after(self, rule: Rule, due: date, notes: list[Note]) -> date:
        for code in rule.not_after:
            limit = self.period.end if code == _PERIOD_CODE and self.period else None
            if code != _PERIOD_CODE and (made := self._by_code(code)):
                limit = made[0].due
            if limit and limit < due:
                notes.append(Note("too_long", day=due, section=self._section(code)))
                due = limit
        return due

    def _section(self, code: str) -> str:
        rule = self._version(code)
        return rule.citation if rule else ""

    def _authority(self, rule: Rule) -> str:
        if rule.authority == "responsible":
            return self.case.facts.responsible_authority or "municipality"
        return rule.authority

    def _each_year(self, code: str) -> list[Deadline]:
        first = self.book.versions[code][0]
        start = MARKS[first.counts_from](self.case)
        length_rule = self._version(first.each_year_of or "")
        if not isinstance(start, date) or length_rule is None or not self._applies(length_rule):
            return []
        end = _after(start, self._length(length_rule)[0])
        if self.case.facts.closed_on:
            end = min(end, self.case.facts.closed_on)
        ends_of_years = (date(year, 12, 31) for year in unclaimed_years(self.case, start, end))
        rules = ((day, self.book.rule(code, day)) for day in ends_of_years)
        made = (self._due(rule, day) for day, rule in rules if rule and self._applies(rule))
        return [deadline for deadline in made if deadline]


_NONE = Length()


def _after(day: date, length: Length) -> date:
    """Return the same-numbered day after the months, and then so many days later (2 and 3 § 150/1930)."""
    later = add_months(day, length.all_months) if length.all_months else day
    return later + timedelta(days=length.all_days) if length.all_days else later
