"""The rows of a client's integration period: the period, studies, circumstances, documents, authority.

A key is the kind of thing, a colon, and its name or id.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from kotoutus_tui import clock, text
from kotoutus_tui.casework import (
    authority,
    authority_words,
    circumstances_words,
    period_words,
    record_words,
    studies,
    study_words,
)
from kotoutus_tui.casework.deadline_words import months_in_words
from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.period_checks import days_of, rule_sentence, section_of_ground
from kotoutus_tui.casework.period_commands import interruption_fact
from kotoutus_tui.casework.period_reading import AuthorityRow, Dossier
from kotoutus_tui.i18n import _, format_date, language_name, ngettext
from screens.widgets.event_list import Cell, Entry

LEFT = 22
_BAR = 20
_LANGUAGES = ("fi", "sv")
_EXPIRES_SOON = 90  # days


def rows(found: Dossier) -> list[Entry]:
    """Return all rows in the order of the screen."""
    return [*_period(found), *_studies(found), *_circumstances(found), *_documents(found), *_authority(found)]


def _period(found: Dossier) -> Iterator[Entry]:
    title, today, period = _("Integration period"), clock.today(), found.outcome.period
    if period is None:
        none = _("No integration plan yet.")
        yield Entry("period:", title, _("Period"), (none, "faint"))
    else:
        left = (period.end - today).days
        state: Cell = (_("ended"), "alert") if left < 0 else _days_left(left)
        days = _("{start}–{end}").format(start=format_date(period.start), end=format_date(period.end))
        yield Entry("period:", title, _("Period"), days, state, body=period.explanation)
        yield Entry("law:", title, _("Act"), period.section, body=rule_sentence(period))
    for row in found.interruptions:
        fact = interruption_fact(row)
        reason, length = record_words.shown("reason", row.reason), period_words.whole_days(fact, today)
        notes = [_("goes on")] if row.to_on is None else []
        yield Entry(
            f"interruption:{row.id}", title, _("Interruption"), f"{days_of(fact)} · {length}", reason,
            body=row.note or "", notes=notes,
        )  # fmt: skip
    yield _add("interruption", title, _("Try or add an interruption"))
    for row in found.extensions:
        section = section_of_ground(period, row.ground) if period else ""
        ground = record_words.shown("ground", row.ground)
        yield Entry(
            f"extension:{row.id}", title, _("Extension"),
            f"{months_in_words(row.months)} · {ground}", format_date(row.decided_on),
            body=row.reasons, notes=[section or _("The Act of this period does not know the ground.")],
        )  # fmt: skip
    yield _add("extension", title, _("Try or add an extension"))


def _studies(found: Dossier) -> Iterator[Entry]:
    title = _("Studies")
    orientation = studies.orientation(found.studies, clock.today())
    if orientation is not None:
        part = min(1.0, orientation.minutes / orientation.required)
        bar = text.bar(int(part * _BAR), _BAR)
        had, required = study_words.hours(orientation.minutes), study_words.hours(orientation.required)
        yield Entry(
            "orientation:", title, _("Civic orientation"),
            _("{bar} {had} of {required}").format(bar=bar, had=had, required=required),
            study_words.left(orientation.left),
            notes=[_("{section}, decree {decree}").format(
                section=orientation.section, decree=orientation.decree
            )],
        )  # fmt: skip
    for row in found.studies:
        words = [row.title, row.provider, language_name(row.language) if row.language else None]
        length = study_words.hours(row.minutes) if row.minutes is not None else ""
        right = " · ".join(each for each in (row.level or "", length) if each)
        when = study_words.days(row.starts_on, row.ends_on)
        shown = " · ".join(each for each in words if each)
        yield Entry(
            f"study:{row.id}", title, _(study_words.KINDS[row.kind]), shown or when or NOTHING,
            right, notes=[when] if when and shown else [],
        )  # fmt: skip
    yield _add("study", title, _("Add a study or a language test"))
    known = {each.language: each for each in found.languages}
    for code in (*_LANGUAGES, *(each for each in known if each not in _LANGUAGES)):
        level = known[code].level if code in known else None
        tests = [s for s in found.studies if s.kind == "language_test" and s.language == code and s.level]
        tested = _("final test {level}").format(level=tests[-1].level) if tests else ""
        if code in _LANGUAGES and not tests:
            tested = _("no final test")
        name = _("Level: {language}").format(language=language_name(code))
        key = f"language:{known[code].id}" if code in known else f"add:language/{code}"
        yield Entry(key, title, name, _cell(level or NOTHING), tested)


def _circumstances(found: Dossier) -> Iterator[Entry]:
    values = asdict(found.circumstances)
    for group, (title, names) in circumstances_words.GROUPS.items():
        for name in names:
            if group == "unaccompanied" and name != "unaccompanied" and not found.circumstances.unaccompanied:
                continue
            cell = _cell(record_words.shown(name, values[name]))
            if name == "family_group_home" and found.protected:
                cell = (_("not recorded: protection order"), "faint")
            yield Entry(f"fact:{name}", _(title), record_words.listed(name), cell)
        if group == "unaccompanied" and found.circumstances.unaccompanied:
            yield from _until(found, _(title))


def _until(found: Dossier, title: str) -> Iterator[Entry]:
    names = {"representative_end": _("Representative until"), "unaccompanied_support_end": _("Support until")}
    due = {each.rule: each for each in found.outcome.deadlines}
    for rule, name in names.items():
        if rule in due:
            yield Entry(f"until:{rule}", title, name, format_date(due[rule].due), due[rule].section)


def _documents(found: Dossier) -> Iterator[Entry]:
    title, today = _("Documents"), clock.today()
    for row in found.documents:
        kept = _("original: {place}").format(place=row.kept_at) if row.kept_at else ""
        yield Entry(
            f"document:{row.id}", title, _(circumstances_words.DOCUMENTS[row.kind]),
            _validity(row.valid_until, today), notes=[kept] if kept else [],
        )  # fmt: skip
    yield _add("document", title, _("Add a document"))


def _validity(day: date | None, today: date) -> Cell:
    if day is None:
        return (_("no last day"), "faint")
    left = (day - today).days
    if left < 0:
        return (_("expired {date}").format(date=format_date(day)), "alert")
    text = _("valid until {date}").format(date=format_date(day))
    if left <= _EXPIRES_SOON:
        return (f"{text} · {_days_left(left)}", "alert")
    return text


def _authority(found: Dossier) -> Iterator[Entry]:
    title = _("Responsible authority")
    yield Entry("authority:", title, _("Now"), authority_words.name(found.responsible_authority), "3 §")
    for place, change in enumerate(found.changes):
        lines = authority.marked(change, found.items)
        done = sum(authority.settled(row) for _item, row in lines)
        right = _("checklist {done}/{all}").format(done=done, all=len(lines))
        yield Entry(
            f"change:{change.id}", title, _("Change"), authority_words.name(change.to_authority), right,
            body=change.reason or "", notes=[authority_words.when(change.effective_on)],
        )  # fmt: skip
        # The checklist of an earlier change is history: its count is enough.
        if place == 0:
            yield from _checklist(found, change, title)
    yield _add("change", title, _("Change the responsible authority from a day on"))


def _checklist(found: Dossier, change: AuthorityRow, title: str) -> Iterator[Entry]:
    for item, row in authority.marked(change, found.items):
        mark: Cell = ("·", "accent")
        notes: list[Cell] = []
        if row is not None and row.done_on:
            mark, notes = "✓", [_("done {date}").format(date=format_date(row.done_on))]
        elif row is not None and row.not_applicable_reason:
            mark = "–"
            notes = [_("does not apply: {reason}").format(reason=row.not_applicable_reason)]
        section = item.section if "/" in item.section else f"{item.section} 681/2023"
        key = f"item:{change.id}/{item.code}"
        yield Entry(key, title, section, (item.text, "plain"), mark=mark, notes=notes)


def _add(what: str, title: str, text: str) -> Entry:
    return Entry(f"add:{what}", title, "+", (text, "accent"))


def _days_left(count: int) -> str:
    return ngettext("{count} d left", "{count} d left", count).format(count=count)


def _cell(value: str) -> Cell:
    return (value, "faint") if value == NOTHING else value
