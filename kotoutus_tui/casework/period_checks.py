"""What the law says of an interruption or an extension before it is saved, from facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kotoutus_tui.casework.deadline_result import Period
from kotoutus_tui.casework.deadlines import period
from kotoutus_tui.casework.facts import EXTENSION_GROUNDS, Extension, Facts, Interruption
from kotoutus_tui.casework.rules import rule_book
from kotoutus_tui.casework.rules.rule import ExtensionRule, Rule
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _, current_language, format_date, ngettext

T = TypeVar("T")
_MOST_MONTHS = 24


@dataclass(frozen=True)
class WhatIf:
    """The integration period as it is and as it would be; None without a plan."""

    before: Period | None
    after: Period | None


def what_if(facts: Facts, today: date, addition: Interruption | Extension) -> WhatIf:
    """Return the period without and with one more interruption or extension."""
    if isinstance(addition, Interruption):
        changed = replace(facts, interruptions=(*facts.interruptions, addition))
    else:
        changed = replace(facts, extensions=(*facts.extensions, addition))
    return WhatIf(period(facts, today), period(changed, today))


def without(facts: Facts, gone: Interruption | Extension | None) -> Facts:
    """Return the facts without an interruption or extension that is being changed."""
    if isinstance(gone, Interruption):
        return replace(facts, interruptions=_less(facts.interruptions, gone))
    if isinstance(gone, Extension):
        return replace(facts, extensions=_less(facts.extensions, gone))
    return facts


def check_interruption(facts: Facts, today: date, new: Interruption) -> WhatIf:
    """Return what it would do, or raise InvalidInput with field, sentence and section.

    Fields are `from_on` and `to_on`. `facts` are those without it.
    """
    would = what_if(facts, today, new)
    section = _interruption_section(would.before, today)
    if new.to_on and new.to_on < new.from_on:
        raise InvalidInput(
            "to_on", _("The interruption would end before it begins ({section}).").format(section=section)
        )
    for other in facts.interruptions:
        if _overlap(new, other):
            raise overlapping(section, other)
    before = would.before
    if before is None:
        raise InvalidInput(
            "from_on",
            _("There is no integration plan, so there is no period to interrupt ({section}).").format(
                section=section
            ),
        )
    if new.to_on and new.to_on < before.start:
        raise InvalidInput(
            "to_on",
            _("The period begins only on {day}; what is before it does not count ({section}).").format(
                day=format_date(before.start), section=section
            ),
        )
    if new.from_on > before.end:
        raise InvalidInput(
            "from_on",
            _("The period ends already on {day}; what is after it does not count ({section}).").format(
                day=format_date(before.end), section=section
            ),
        )
    return would


def overlapping(section: str, other: Interruption | None = None) -> InvalidInput:
    """Return the error for an interruption that overlaps another one."""
    if other is None:
        sentence = _("It overlaps another interruption; each day counts once ({section}).")
        return InvalidInput("from_on", sentence.format(section=section))
    sentence = _("It overlaps the interruption {days}; each day counts once ({section}).")
    return InvalidInput("from_on", sentence.format(days=days_of(other), section=section))


def check_extension(facts: Facts, today: date, new: Extension) -> WhatIf:
    """Return what it would do, or raise InvalidInput with field, sentence and section.

    Fields are `ground`, `months` and `decided_on`. `facts` are those without it.
    """
    would = what_if(facts, today, new)
    if would.before is None:
        rule = _rule_today(today)
        section = rule.citation if rule else ""
        raise InvalidInput(
            "ground",
            _("There is no integration plan, so there is no period to extend ({section}).").format(
                section=section
            ),
        )
    allowed = _allowed(would.before.source, new.ground)
    section = f"{allowed.section} {would.before.source.act}"
    _check_months(facts, new, allowed, section)
    _check_day(would.before, new, today, section)
    if allowed.under_age is not None:
        if facts.birth_date is None:
            raise InvalidInput(
                "ground",
                _("The date of birth is not known; only somebody under {age} gets this ({section}).").format(
                    age=allowed.under_age, section=section
                ),
            )
        if would.after and would.after.end == would.before.end:
            raise InvalidInput(
                "ground",
                _("Only somebody who is under {age} when the period ends gets this ({section}).").format(
                    age=allowed.under_age, section=section
                ),
            )
    return would


def grounds_of(before: Period | None) -> Sequence[str]:
    """Return the grounds that the Act of the period knows; all of them without a plan."""
    if before is None:
        return EXTENSION_GROUNDS
    known = {ground for rule in before.source.extensions for ground in rule.grounds}
    return [ground for ground in EXTENSION_GROUNDS if ground in known]


def rule_sentence(before: Period) -> str:
    """Return what the Act says of the length of the period, in the language in use."""
    return before.source.sentences[current_language()]


def section_of_ground(before: Period, ground: str) -> str:
    """Return the section by which the Act extends a period on this ground; empty when it does not."""
    rules = [rule for rule in before.source.extensions if ground in rule.grounds]
    return f"{rules[0].section} {before.source.act}" if rules else ""


def section_of_interruption(before: Period | None, today: date) -> str:
    """Return the section by which an interruption lengthens the period."""
    return _interruption_section(before, today)


def days_of(interruption: Interruption) -> str:
    """Return the days of an interruption as they are read: 1.4.2026–20.4.2026."""
    start = format_date(interruption.from_on)
    return f"{start}–{format_date(interruption.to_on)}" if interruption.to_on else f"{start}–"


def _allowed(rule: Rule, ground: str) -> ExtensionRule:
    for allowed in rule.extensions:
        if ground in allowed.grounds:
            return allowed
    sections = ", ".join(dict.fromkeys(each.section for each in rule.extensions)) or rule.section
    raise InvalidInput(
        "ground",
        _("The Act does not extend the period on this ground ({section}).").format(
            section=f"{sections} {rule.act}"
        ),
    )


def _check_months(facts: Facts, new: Extension, allowed: ExtensionRule, section: str) -> None:
    used = sum(each.months for each in facts.extensions if each.ground in allowed.grounds)
    left = min(_MOST_MONTHS, allowed.months) - used
    if new.months < 1:
        raise InvalidInput("months", _("At least one month."))
    if left <= 0:
        raise InvalidInput(
            "months",
            _("The law allows {count} months of extension, and they are used ({section}).").format(
                count=allowed.months, section=section
            ),
        )
    if new.months > left:
        raise InvalidInput(
            "months",
            ngettext(
                "The law allows {count} month more ({section}).",
                "The law allows {count} months more ({section}).",
                left,
            ).format(count=left, section=section),
        )


def _check_day(before: Period, new: Extension, today: date, section: str) -> None:
    if new.decided_on is None:
        return
    if new.decided_on > today:
        raise InvalidInput("decided_on", _("The day is in the future."))
    if new.decided_on < before.start:
        raise InvalidInput(
            "decided_on",
            _("The period begins only on {day}, so it cannot be extended before ({section}).").format(
                day=format_date(before.start), section=section
            ),
        )


def _interruption_section(before: Period | None, today: date) -> str:
    rule = before.source if before else _rule_today(today)
    return f"{rule.interruptions or rule.section} {rule.act}" if rule else ""


def _rule_today(today: date) -> Rule | None:
    return rule_book().rule("period_end", today)


def _overlap(one: Interruption, other: Interruption) -> bool:
    return one.from_on <= (other.to_on or date.max) and other.from_on <= (one.to_on or date.max)


def _less(rows: tuple[T, ...], gone: T) -> tuple[T, ...]:
    place = rows.index(gone) if gone in rows else len(rows)
    return rows[:place] + rows[place + 1 :]
