"""The law as data: one TOML file for each Act, read once and checked as a whole."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from kotoutus_tui.casework.rules.reading import read_file, rule_error
from kotoutus_tui.casework.rules.rule import Rule, RuleBook
from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import _, format_date

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Return the rules that came with the program; raises SetupError when a file has an error."""
    return read_folder(FOLDER)


def read_folder(folder: Path) -> RuleBook:
    """Return the rules of every TOML file of a folder.

    A further file needs no change of code: its rules take effect on their own days, and those they replace
    get an `until`. Raises SetupError with file, line and reason, also when two versions of a rule overlap.
    """
    rules = [rule for path in sorted(folder.glob("*.toml")) for rule in read_file(path)]
    versions: dict[str, list[Rule]] = {}
    for rule in rules:
        versions.setdefault(rule.code, []).append(rule)
    for same in versions.values():
        same.sort(key=lambda rule: rule.from_on)
        _check_versions(same)
    _check_references(rules, versions.keys())
    return RuleBook({code: tuple(same) for code, same in versions.items()})


def _check_versions(same: list[Rule]) -> None:
    for earlier, later in pairwise(same):
        if later.from_on <= earlier.until_on:
            raise _error(
                later,
                _("“{code}” of {section} overlaps from {day} with {other} in {place}").format(
                    code=later.code,
                    section=later.citation,
                    day=format_date(later.from_on),
                    other=earlier.citation,
                    place=f"{earlier.file}:{earlier.line}",
                ),
            )
        if (later.chosen_by, later.period) != (earlier.chosen_by, earlier.period):
            raise _error(
                later,
                _("“{code}” must be chosen by the same day as in {place}").format(
                    code=later.code, place=f"{earlier.file}:{earlier.line}"
                ),
            )


def _check_references(rules: Iterable[Rule], codes: Iterable[str]) -> None:
    known = set(codes)
    for rule in rules:
        for code in (*rule.not_after, *((rule.each_year_of,) if rule.each_year_of else ())):
            if code not in known:
                raise _error(rule, _("“{name}” is not known").format(name=code))


def _error(rule: Rule, reason: str) -> SetupError:
    return rule_error(rule.file, rule.line, reason)
