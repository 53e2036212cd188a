"""The words for interruptions and extensions, and what the timeline and a decision say of them."""

from datetime import date

from kotoutus_tui.casework.deadline_result import Period
from kotoutus_tui.casework.deadline_words import days_in_words, months_in_words
from kotoutus_tui.casework.facts import Extension, Interruption
from kotoutus_tui.casework.period_checks import (
    WhatIf,
    days_of,
    section_of_ground,
    section_of_interruption,
)
from kotoutus_tui.i18n import N_, _, format_date, ngettext

REASONS = {
    "injury": N_("injury"),
    "illness": N_("illness"),
    "pregnancy": N_("pregnancy"),
    "parental": N_("care of a small child"),
    "comparable": N_("another comparable reason"),
}
GROUNDS = {
    "special_measures": N_("special measures are needed"),
    "low_education": N_("little earlier education"),
    "multisectoral_need": N_("needs of several services"),
    "home_care_allowance": N_("time on home care allowance, services in part"),
    "studies": N_("studies under way"),
}


def whole_days(interruption: Interruption, today: date) -> str:
    """Return how many days an interruption has, until today when it goes on."""
    last = interruption.to_on or max(today, interruption.from_on)
    return days_in_words((last - interruption.from_on).days + 1)


def would_be(result: WhatIf) -> str:
    """Return in a sentence what the new end would be and why."""
    before, after = result.before, result.after
    if before is None or after is None:
        return _("There is no integration plan, so there is no period yet.")
    days = (after.end - before.end).days
    if days == 0:
        change = _("The period still ends on {day}.").format(day=format_date(before.end))
    else:
        later = ngettext("{count} day later", "{count} days later", days).format(count=days)
        change = _("The period would end on {new} instead of {old}, {later}.").format(
            new=format_date(after.end), old=format_date(before.end), later=later
        )
    return f"{change} {after.explanation}"


def told_of_interruption(new: Interruption, result: WhatIf, today: date) -> str:
    """Return what the timeline says of an interruption; why it is interrupted stays with the interruption."""
    section = section_of_interruption(result.before, today)
    lines = [_("The integration period is interrupted: {days} ({section}).").format(
        days=days_of(new), section=section
    )]  # fmt: skip
    if new.to_on is None:
        lines.append(_("The interruption goes on for now."))
    return "\n".join([*lines, *_end(result.after)])


def decision(new: Extension, reasons: str, result: WhatIf) -> str:
    """Return the record of a decision to extend the period, as an official writes it."""
    before, after = result.before, result.after
    if before is None or after is None:
        return reasons
    decided = format_date(new.decided_on) if new.decided_on else ""
    return "\n".join([
        _("Decision to extend the integration period"),
        "",
        _("On {day} it was decided to extend the client's integration period by {length}.").format(
            day=decided, length=months_in_words(new.months)
        ),
        _("Ground: {ground} ({section}).").format(
            ground=_(GROUNDS[new.ground]), section=section_of_ground(before, new.ground)
        ),
        _("Reasons: {reasons}").format(reasons=reasons),
        _("The period began on {start} and would have ended on {old}. It now ends on {new}.").format(
            start=format_date(before.start), old=format_date(before.end), new=format_date(after.end)
        ),
        _("How it is counted: {explanation}").format(explanation=after.explanation),
    ])  # fmt: skip


def _end(after: Period | None) -> list[str]:
    if after is None:
        return []
    return [
        _("The period ends on {day}.").format(day=format_date(after.end)),
        _("How it is counted: {explanation}").format(explanation=after.explanation),
    ]
