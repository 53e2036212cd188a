"""What an appointment and a day of the calendar are called in the language in use."""

from collections.abc import Sequence
from datetime import date, timedelta

from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework.absences import Away, free_days
from kotoutus_tui.casework.appointment_words import ATTENDANCES, MODES
from kotoutus_tui.casework.calendar_reading import Meeting, Span
from kotoutus_tui.i18n import _, format_date, format_day, format_time, language_name


def who(meeting: Meeting) -> str:
    """Return whom one meets, where that may be listed; else what it is."""
    names = ", ".join(each.name for each in meeting.people)
    return names or meeting.title or meeting.partner or _(KINDS[meeting.kind])


def hours(meeting: Meeting | Span) -> str:
    """Return from when till when: 9.00–9.45."""
    return f"{format_time(meeting.starts_at)}–{format_time(meeting.ends_at)}"


def when(meeting: Meeting | Span) -> str:
    """Return the day and the hours: ti 24.11. 9.00–9.45."""
    return f"{format_day(meeting.starts_at.date())} {hours(meeting)}"


def what(meeting: Meeting) -> str:
    """Return the kind, where `who` does not say it already."""
    kind = _(KINDS[meeting.kind])
    return "" if who(meeting) == kind else kind


def where(meeting: Meeting) -> str:
    """Return the room or the way of meeting; a place outside is told with the other facts alone."""
    return meeting.room or ("" if meeting.mode == "office" else _(MODES[meeting.mode]))


def interpreting(meeting: Meeting) -> str:
    """Return that there is an interpreter, of which language and who; empty without one."""
    if not meeting.interpreter_language and not meeting.interpreter:
        return ""
    named = [language_name(meeting.interpreter_language)] if meeting.interpreter_language else []
    named += [each for each in (meeting.interpreter, meeting.interpreter_company) if each]
    return _("interpreter: {who}").format(who=", ".join(named))


def overlapping(meeting: Meeting) -> str:
    """Return why it may overlap with another one; empty where it does not."""
    reason = meeting.overlap_reason
    return _("overlaps: {reason}").format(reason=reason) if reason else ""


def in_short(meeting: Meeting) -> Sequence[str]:
    """Return an appointment in two lines."""
    first = [when(meeting), who(meeting), what(meeting)]
    second = [where(meeting), interpreting(meeting), *came(meeting), overlapping(meeting)]
    return [" · ".join(filter(None, first)), " · ".join(filter(None, second))]


def came(meeting: Meeting) -> list[str]:
    """Return who came and who did not, where that was written down."""
    return [
        f"{each.name}: {_(ATTENDANCES[each.attendance])}"
        if len(meeting.people) > 1
        else _(ATTENDANCES[each.attendance])
        for each in meeting.people
        if each.attendance
    ]


def in_full(meeting: Meeting) -> list[str]:
    """Return every fact of an appointment, one a line."""
    cancel_by = meeting.interpreter_cancel_by
    facts = [
        (_("When"), when(meeting)),
        (_("Kind"), _(KINDS[meeting.kind])),
        (_("What"), meeting.title),
        (_("Who"), ", ".join(each.name for each in meeting.people)),
        (_("Came"), ", ".join(came(meeting))),
        (_("Partner"), meeting.partner),
        (_("How"), _(MODES[meeting.mode])),
        (_("Meeting room"), meeting.room),
        (_("Place"), meeting.place),
        (_("Interpreter"), interpreting(meeting).partition(": ")[2]),
        (_("Booking reference"), meeting.interpreter_reference),
        (_("Cancel by"), format_date(cancel_by) if cancel_by else ""),
        (_("Why it overlaps"), meeting.overlap_reason),
    ]
    return [f"{name}: {value}" for name, value in facts if value]


def notes_of(days: Sequence[date], away: Sequence[Away], login: str) -> dict[date, str]:
    """Return why a day is none for appointments: a holiday, or this person is away."""
    free = free_days(days[0], days[-1])
    own = [each for each in away if each.login == login]
    found: dict[date, str] = {}
    for day in days:
        gone = any(each.from_on <= day <= each.to_on for each in own)
        if words := ", ".join(filter(None, (free.get(day), _("away") if gone else ""))):
            found[day] = words
    return found


def week_name(monday: date) -> str:
    """Return the number of a week and its days."""
    sunday = monday + timedelta(days=6)
    begin = f"{monday.day}." if monday.month == sunday.month else f"{monday.day}.{monday.month}."
    number = monday.isocalendar().week
    return _("week {number}: {days}").format(number=number, days=f"{begin}–{format_date(sunday)}")
