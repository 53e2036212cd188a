"""The compensation the State pays for a client, by the rules: how long, and which years to claim by when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kotoutus_tui.casework.deadline_result import Deadline
from kotoutus_tui.casework.deadlines import deadlines
from kotoutus_tui.casework.facts import Facts
from kotoutus_tui.casework.rules.rule import RuleBook

END, CLAIM = "compensation_end", "compensation_claim"


@dataclass(frozen=True)
class ClaimYear:
    """A calendar year of compensation: claimed on a day, or to be claimed by `due`.

    `old_law` says that the claim is made by the repealed Act, all of whose claims lapse on one day.
    """

    year: int
    due: date
    section: str
    old_law: bool
    claimed_on: date | None = None

    def lapsed(self, today: date) -> bool:
        """Whether it was not claimed in time."""
        return self.claimed_on is None and self.due < today


@dataclass(frozen=True)
class Compensation:
    """The time compensation is paid for, from the first municipality of residence, and its years so far."""

    start: date
    end: date
    section: str
    explanation: str
    years: tuple[ClaimYear, ...]


def compensation(
    facts: Facts, today: date, claimed: Mapping[int, date] | None = None, book: RuleBook | None = None
) -> Compensation | None:
    """Return the period and the years; None for a client without compensation or before it begins.

    `claimed` has the day of the claim for each year claimed. Raises SetupError when a rule file has an error.
    """
    claims = claimed or {}
    # The period does not end with the case: what was paid for until then is still claimed.
    open_case = replace(facts, closed_on=None, compensation_claimed_years=())
    end = next((each for each in deadlines(open_case, today, book).deadlines if each.rule == END), None)
    start = end.working.counted_from if end else None
    if end is None or start is None or start > today:
        return None
    last = min(end.due, facts.closed_on or end.due, today)
    years = range(start.year, last.year + 1)
    found = [(year, _claim(facts, year, years, today, book)) for year in years]
    return Compensation(
        start,
        end.due,
        end.section,
        end.explanation,
        tuple(_year(year, claim, claims.get(year)) for year, claim in found if claim is not None),
    )


def _claim(facts: Facts, year: int, years: range, today: date, book: RuleBook | None) -> Deadline | None:
    # With all other years claimed the one left is this year's.
    others = tuple(other for other in years if other != year)
    alone = replace(facts, compensation_claimed_years=others)
    return next((each for each in deadlines(alone, today, book).deadlines if each.rule == CLAIM), None)


def _year(year: int, claim: Deadline, claimed_on: date | None) -> ClaimYear:
    return ClaimYear(year, claim.due, claim.section, claim.source.due_on is not None, claimed_on)
