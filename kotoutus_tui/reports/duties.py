"""The rules that a report counts duties by, as the database is given them."""

import json
from collections.abc import Iterator
from datetime import date

from kotoutus_tui.casework.rules import rule_book
from kotoutus_tui.casework.rules.rule import Rule

# The duties of the team towards every client; the other rules are ends of rights and papers.
DUTIES = ("first_step", "plan_drafting", "first_plan_latest", "guided_to_service", "review")
_LAST_DAY = date(9999, 12, 31)


def as_json() -> str:
    """Return the versions of the duties' rules as JSON; raises SetupError when a rule file has an error."""
    return json.dumps(list(_versions()))


def statutory(rule: str, section: str) -> bool:
    """Whether the law itself names the days; otherwise they are the team's own target."""
    return any(each.statutory for each in rule_book().versions[rule] if each.citation == section)


def _versions() -> Iterator[dict[str, object]]:
    book = rule_book()
    for code in DUTIES:
        for version in book.versions[code]:
            yield _version(version)


def _version(rule: Rule) -> dict[str, object]:
    within = rule.only_within.length.all_months if rule.only_within else None
    return {
        "rule": rule.code,
        "section": rule.citation,
        "chosen_by": rule.chosen_by,
        "counts_from": rule.counts_from,
        "from_on": str(rule.from_on),
        "until_on": str(min(rule.until_on, _LAST_DAY)),
        "months": rule.length.all_months,
        "days": rule.length.all_days,
        "within_months": within,
        "not_if": list(rule.not_if),
        "done_if": rule.done_if[0] if rule.done_if else None,
        "earlier": rule.earlier_day is not None,
        "ends_with_period": rule.ends_with_period,
    }
