"""An appointment as a block of the week and as an entry of the list."""

from collections.abc import Mapping, Sequence
from datetime import date

from kotoutus_tui.casework import calendar_words as words
from kotoutus_tui.casework.calendar_reading import Meeting
from kotoutus_tui.i18n import _, format_day
from screens.widgets.event_list import Entry
from screens.widgets.week_grid import Block

HOURS_WIDTH = 11


def block_of(meeting: Meeting) -> Block:
    """Return an appointment as a block; an interpreter stands as [ar], an overlap with a reason as !"""
    head = f"! {words.who(meeting)}" if meeting.overlap_reason else words.who(meeting)
    language = meeting.interpreter_language or ("?" if meeting.interpreter else "")
    more = [each for each in (words.what(meeting), words.where(meeting), *words.came(meeting)) if each]
    return Block(
        str(meeting.id), meeting.starts_at, meeting.ends_at, head, f"[{language}]" if language else "", more
    )


def entries_of(meetings: Sequence[Meeting], notes: Mapping[date, str], today: date) -> list[Entry]:
    """Return the entries of the list by day; a heading says what is special about its day."""
    return [_entry(each, notes, today) for each in meetings]


def _entry(meeting: Meeting, notes: Mapping[date, str], today: date) -> Entry:
    said = [format_day(meeting.day), _("today") if meeting.day == today else "", notes.get(meeting.day, "")]
    under = [words.interpreting(meeting), *words.came(meeting), words.overlapping(meeting)]
    return Entry(
        key=str(meeting.id),
        group=" · ".join(filter(None, said)),
        left=words.hours(meeting),
        title=" · ".join(filter(None, (words.who(meeting), words.what(meeting)))),
        right=words.where(meeting),
        notes=[each for each in under if each],
    )
