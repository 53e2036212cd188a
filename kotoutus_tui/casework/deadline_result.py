"""A deadline and an integration period, each with the parts from which its explanation is told."""

from dataclasses import dataclass
from datetime import date

from kotoutus_tui.casework.rules.rule import Length, Rule

NO_LENGTH = Length()


@dataclass(frozen=True, slots=True)
class Addition:
    """What a period was lengthened by: `kind` is extension (months) or interruption (days)."""

    kind: str
    count: int
    section: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside a computation, told by its code name, with the day or number it is about."""

    kind: str
    day: date | None = None
    count: int = 0
    allowed: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """How a day was worked out; everything an explanation says."""

    section: str
    counted_from: date | None = None
    length: Length = NO_LENGTH
    additions: tuple[Addition, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is due on a day.

    `statutory` is False for a target of the team or an agreement. `lapses` means that after the day nothing
    can be done about it any more. `authority` is whose duty it is: municipality, employment_authority,
    wellbeing_county or client.
    """

    source: Rule
    due: date
    authority: str
    working: Working

    @property
    def rule(self) -> str:
        """The code of the rule."""
        return self.source.code

    @property
    def section(self) -> str:
        """The section and the Act, the same in every language: `22 § 1 mom. 681/2023`."""
        return f"{self.working.section} {self.source.act}"

    @property
    def statutory(self) -> bool:
        """Whether the law itself names the day."""
        return self.source.statutory

    @property
    def lapses(self) -> bool:
        """Whether nothing can be done about it after the day."""
        return self.source.lapses

    @property
    def sentence(self) -> str:
        """What the rule says, in the language in use."""
        from kotoutus_tui.i18n import current_language

        return self.source.sentences[current_language()]

    @property
    def next_working_day(self) -> date | None:
        """The working day after a due day that is none (5 § 150/1930), else None."""
        from kotoutus_tui.casework.working_days import next_working_day

        return next_working_day(self.due)

    @property
    def explanation(self) -> str:
        """How the day was worked out, in the language in use, to be read aloud."""
        from kotoutus_tui.casework.deadline_words import explain

        return explain(self.working, self.source.act, self.due)


@dataclass(frozen=True, slots=True)
class Period:
    """The integration period: first and last day, and the end it had before anything was added to it.

    `start` is the day the Act counts from: signing of the first plan by 1386/2010, drawing by 681/2023.
    """

    source: Rule
    start: date
    end: date
    basic_end: date
    working: Working

    @property
    def section(self) -> str:
        """The section and the Act that the basic length comes from: `23 § 2 mom. 681/2023`."""
        return f"{self.working.section} {self.source.act}"

    @property
    def law(self) -> str:
        """The same in short: `23 § 681/2023`."""
        return f"{self.working.section.partition(' §')[0]} § {self.source.act}"

    @property
    def explanation(self) -> str:
        """How the last day was worked out, in the language in use, to be read aloud."""
        from kotoutus_tui.casework.deadline_words import explain

        return explain(self.working, self.source.act, self.end)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The deadlines of one client, earliest first, and the integration period when there is a plan."""

    deadlines: tuple[Deadline, ...]
    period: Period | None
