"""A rule of law as a rule file states it, and the book of all rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

UNITS = ("years", "months", "weeks", "days")


@dataclass(frozen=True)
class Length:
    """A length of time; years and months are calendar months, weeks and days are days."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @property
    def all_months(self) -> int:
        """Years and months in months."""
        return self.years * 12 + self.months

    @property
    def all_days(self) -> int:
        """Weeks and days in days."""
        return self.weeks * 7 + self.days


@dataclass(frozen=True)
class Instead:
    """Another length, by another section when it names one, for clients of whom `condition` is true."""

    condition: str
    length: Length
    section: str | None = None


@dataclass(frozen=True)
class OnlyWithin:
    """The rule holds only when it counts from at most `length` after the day `of`."""

    of: str
    length: Length
    not_if: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExtensionRule:
    """How much an Act lets a period be lengthened on these grounds.

    With `under_age`, only a client younger than that on the day the period would end without it.
    """

    section: str
    months: int
    grounds: tuple[str, ...]
    under_age: int | None = None


@dataclass(frozen=True)
class Rule:
    """One rule; docs/deadlines.md tells what each of its keys means in a rule file.

    `from_on` and `until_on` are the first and the last day of `chosen_by` that it covers.
    """

    code: str
    act: str
    section: str
    sentences: Mapping[str, str]
    counts_from: str
    chosen_by: str
    from_on: date
    until_on: date
    length: Length = field(default_factory=Length)
    due_on: date | None = None
    only_if: tuple[str, ...] = ()
    not_if: tuple[str, ...] = ()
    done_if: tuple[str, ...] = ()
    earlier_day: str | None = None
    instead: tuple[Instead, ...] = ()
    only_within: OnlyWithin | None = None
    not_after: tuple[str, ...] = ()
    statutory: bool = True
    lapses: bool = False
    after_closing: bool = False
    ends_with_period: bool = False
    each_year_of: str | None = None
    authority: str = "municipality"
    period: bool = False
    interruptions: str | None = None
    extensions: tuple[ExtensionRule, ...] = ()
    file: str = ""
    line: int = 1

    @property
    def citation(self) -> str:
        """The section and the Act, as `23 § 2 mom. 681/2023`."""
        return f"{self.section} {self.act}"


@dataclass(frozen=True)
class RuleBook:
    """All rules: for each code its versions in the order of their days of effect."""

    versions: Mapping[str, tuple[Rule, ...]]

    def rule(self, code: str, day: date) -> Rule | None:
        """Return the version of a rule that covers this day, if any."""
        for version in self.versions.get(code, ()):
            if version.from_on <= day <= version.until_on:
                return version
        return None
