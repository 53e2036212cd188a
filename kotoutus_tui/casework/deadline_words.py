"""Explanations of deadlines, put together in the language in use so that they can be read aloud."""

from collections.abc import Callable
from datetime import date

from kotoutus_tui.casework.deadline_result import NO_LENGTH, Addition, Note, Working
from kotoutus_tui.casework.rules.rule import Length
from kotoutus_tui.casework.working_days import next_working_day
from kotoutus_tui.i18n import _, format_date, ngettext


def explain(working: Working, act: str, due: date) -> str:
    """Return how `due` was worked out: 2 v 14.3.2025 alkaen, 23 § 2 mom. 681/2023, + … = 14.5.2027."""
    section = f"{working.section} {act}"
    if working.counted_from is None or working.length == NO_LENGTH:
        formula = _("{section}: {due}").format(section=section, due=format_date(due))
    else:
        start = _("{length} from {start}, {section}").format(
            length=length_in_words(working.length), start=format_date(working.counted_from), section=section
        )
        counted, told = _apart_from_agreed(working, due)
        parts = ", ".join((start, *(_addition(addition) for addition in working.additions)))
        formula = _("{parts} = {due}").format(parts=parts, due=format_date(counted)) + told
    notes = [note_in_words(note) for note in working.notes if note.kind not in _IN_FORMULA]
    if free := next_working_day(due):
        notes.append(
            _("That is not a working day; the next one is {day} (5 § 150/1930).").format(
                day=format_date(free)
            )
        )
    return " ".join((f"{formula}.", *notes))


def length_in_words(length: Length) -> str:
    """Return a length of time in the language in use, as 2 v or 6 kk."""
    parts = [
        words(count)
        for count, words in (
            (length.years, _years), (length.months, months_in_words),
            (length.weeks, _weeks), (length.days, days_in_words),
        )
        if count
    ]  # fmt: skip
    return " ".join(parts)


def note_in_words(note: Note) -> str:
    """Return a remark as a sentence in the language in use."""
    return _NOTES[note.kind](note)


# Told within the formula, since the day after “=” is the law's and the one that is due differs from it.
_IN_FORMULA = ("agreed", "by_hand")


def _apart_from_agreed(working: Working, due: date) -> tuple[date, str]:
    for note in working.notes:
        if note.kind == "agreed" and note.day:
            return note.day, _("; agreed earlier: {day}").format(day=format_date(due))
        if note.kind == "by_hand" and note.day:
            return note.day, _("; written by hand: {day}").format(day=format_date(due))
    return due, ""


def _addition(addition: Addition) -> str:
    if addition.kind == "interruption":
        return ngettext(
            "+ {count} day of interruption, {section}",
            "+ {count} days of interruption, {section}",
            addition.count,
        ).format(count=addition.count, section=addition.section)
    whole_years = addition.count % 12 == 0
    length = _years(addition.count // 12) if whole_years else months_in_words(addition.count)
    return _("+ {length} extension, {section}").format(length=length, section=addition.section)


def _years(count: int) -> str:
    return ngettext("{count} year", "{count} years", count).format(count=count)


def months_in_words(count: int) -> str:
    """Return a number of months as it is read."""
    return ngettext("{count} month", "{count} months", count).format(count=count)


def _weeks(count: int) -> str:
    return ngettext("{count} week", "{count} weeks", count).format(count=count)


def days_in_words(count: int) -> str:
    """Return a number of days as it is read."""
    return ngettext("{count} day", "{count} days", count).format(count=count)


def _day(note: Note) -> str:
    return format_date(note.day) if note.day else ""


_NOTES: dict[str, Callable[[Note], str]] = {
    "without_plan": lambda _note: _("The day was written by hand; no plan has been recorded."),
    "target": lambda _note: _("The law says without delay; the day is the team's own target."),
    "employment_authority": lambda _note: _("The employment authority sees to it (3 §)."),
    "not_signed": lambda _note: _(
        "The day of signing is not recorded, so it is counted from the day the plan was drawn up."
    ),
    "cut": lambda note: _("{decided} of extension was decided; the law allows {allowed} ({section}).").format(
        decided=months_in_words(note.count), allowed=months_in_words(note.allowed), section=note.section
    ),
    "ground_not_known": lambda note: _(
        "{decided} of extension is left out: the Act does not know its ground."
    ).format(decided=months_in_words(note.count)),
    "too_old": lambda note: _(
        "The extension for studies is left out: only somebody under {age} gets it ({section})."
    ).format(age=note.count, section=note.section),
    "goes_on": lambda note: _("An interruption goes on; it is counted until {day}.").format(day=_day(note)),
    "agreed_too_late": lambda note: _("The agreed day {day} is later than the law allows.").format(
        day=_day(note)
    ),
    "too_long": lambda note: _(
        "The plan says {day}, which is longer than the law allows ({section})."
    ).format(day=_day(note), section=note.section),
}
