"""The words of the radar: what is due, by which rule, and how its day was worked out."""

from datetime import date

from kotoutus_tui.casework.radar import RadarRow
from kotoutus_tui.i18n import N_, _, format_date

GROUP_NAMES = {
    "overdue": N_("overdue"),
    "today": N_("due today"),
    "week": N_("7 days"),
    "month": N_("30 days"),
    "quarter": N_("90 days"),
    "snoozed": N_("snoozed"),
}
_RULE_NAMES = {
    "first_step": N_("Start of the assessment"),
    "plan_drafting": N_("Drawing up the plan"),
    "first_plan_latest": N_("First plan at the latest"),
    "first_plan_length": N_("First plan: one year at most"),
    "guided_to_service": N_("Guidance to a service"),
    "review": N_("Review of the plan"),
    "period_end": N_("Integration period ends"),
    "plan_end": N_("Plan ends"),
    "unaccompanied_support_end": N_("Support of a young person ends"),
    "representative_end": N_("Representative's task ends"),
    "compensation_end": N_("Compensation ends"),
    "compensation_claim": N_("Claim for compensation"),
    "permit_end": N_("Residence permit ends"),
    "passport_end": N_("Passport ends"),
    "protection_order": N_("Protection order ends"),
    "interpreter_cancellation": N_("Cancelling the interpreter"),
}


def what(row: RadarRow) -> str:
    """Return what is due in a few words; an own task is marked as such."""
    if row.is_task:
        return _("Own task: {title}").format(title=row.title or "")
    name = rule_name(row.rule)
    return f"{name} {row.subject}" if row.subject.isdecimal() else name


def rule_name(rule: str) -> str:
    """Return a rule in a few words; one that only a rule file knows by its first sentence."""
    if rule in _RULE_NAMES:
        return _(_RULE_NAMES[rule])
    return _sentence(rule, "") or rule


def law(section: str) -> str:
    """Return a section without its subsections: 22 § 1 mom. 681/2023 as 22 § 681/2023."""
    number, sign, rest = section.partition(" § ")
    return f"{number} § {rest.rpartition(' ')[2]}" if sign else section


def explanation(row: RadarRow) -> list[str]:
    """Return sentences to be read aloud: what the rule says, how the day follows, and why it is snoozed."""
    if row.is_task:
        return [_("A task of your own; it is done or given another day on the client's timeline.")]
    from kotoutus_tui.casework import deadline_basis

    told = [_sentence(row.rule, row.section), deadline_basis.explanation(row.basis, row.due_on)]
    if not row.basis:
        told[1] = _("{section}: {due}").format(section=row.section, due=format_date(row.due_on)) + "."
        free = next_working_day(row.due_on)
        if free:
            told.append(_("The next working day is {day}.").format(day=format_date(free)))
    if row.snoozed_until:
        until = format_date(row.snoozed_until)
        told.append(
            _("Snoozed until {day}: {reason}").format(day=until, reason=row.snooze_reason)
            if row.snooze_reason
            else _("Snoozed until {day}.").format(day=until)
        )
    return [sentence for sentence in told if sentence]


def next_working_day(day: date) -> date | None:
    """Return the next working day when this one is none (5 § 150/1930)."""
    from kotoutus_tui.casework import working_days

    return working_days.next_working_day(day)


def _sentence(rule: str, section: str) -> str:
    from kotoutus_tui.casework.rules import rule_book
    from kotoutus_tui.i18n import current_language

    # The database itself keeps the end of a protection order, under a name of its own.
    versions = rule_book().versions.get({"protection_order": "protection_order_end"}.get(rule, rule), ())
    fitting = [each for each in versions if each.citation == section] or versions[-1:]
    return fitting[0].sentences[current_language()] if fitting else ""
