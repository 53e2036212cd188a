"""What decree 874/2024 wants in the national register, field by field, of one client's case.

The client must have been opened. Field codes are kept with their marks; labels are words for reading.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.casework import interview as interviews
from kotoutus_tui.casework import interview_words
from kotoutus_tui.casework.interview import Interview, Setting
from kotoutus_tui.casework.plan import Review, Version, plans
from kotoutus_tui.i18n import N_, _, format_date

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# The fields of each subject in the order of the decree: sections 1, 2 and 3.
LABELS = {
    "date": N_("Date"),
    "content": N_("Content"),
    "measures": N_("Specifying measures"),
    "next": N_("Planned day of the plan, or other guidance"),
    "duration": N_("Duration"),
    "goals": N_("Goals"),
    "agreed": N_("Agreed measures and services"),
    "other": N_("Other content"),
    "participation": N_("Participation"),
    "progress": N_("Progress and results"),
    "obstacles": N_("What makes it harder or slower"),
    "changes": N_("Changes to the plan"),
    "authors": N_("Drawn up by"),
    "review": N_("Planned review"),
    "sources": N_("Where the data come from"),
}
SUBJECTS = {
    "assessment": N_("Assessment {date} (section 1)"),
    "plan": N_("Plan {date} (section 2)"),
    "review": N_("Review {date} (section 3)"),
}


@dataclass(frozen=True)
class Mark:
    """What was done with a field: `digest` is of the value that was copied."""

    digest: str
    copied_on: date
    confirmed_on: date | None


@dataclass(frozen=True)
class RegisterField:
    """One field with its value, empty when there is nothing to enter.

    `content` is the value without words of the program where it has some: it is the same in every language.
    """

    code: str
    value: str
    mark: Mark | None = None
    content: str = ""

    @property
    def digest(self) -> str:
        """A digest of the value, so that a later change shows."""
        return hashlib.sha256((self.content or self.value).encode()).hexdigest()

    @property
    def state(self) -> str:
        """`empty`, `waiting`, `copied`, `confirmed`, or `changed` since it was copied."""
        if self.mark is None:
            return "waiting" if self.value else "empty"
        if self.mark.digest != self.digest:
            return "changed"
        return "confirmed" if self.mark.confirmed_on else "copied"


@dataclass(frozen=True)
class Subject:
    """An assessment, plan or review to be entered; `stamp` is the database's digest of it."""

    kind: str
    id: UUID
    day: date
    stamp: str
    fields: tuple[RegisterField, ...] = field(default=())

    @property
    def title(self) -> str:
        """What it is, with its day."""
        return _(SUBJECTS[self.kind]).format(date=format_date(self.day))


async def subjects(db: "Database", client_id: UUID) -> list[Subject]:
    """Return what is ready to be entered, the oldest first; raises NotFound without an opening."""
    setting = await interviews.setting(db, client_id)
    held = {each.id: each for each in await interviews.interviews(db, client_id)}
    known = await plans(db, client_id)
    versions = {each.id: each for each in known.versions}
    reviews = {each.id: each for each in known.reviews}
    async with db.reading_fast() as connection:
        given = {"client": client_id}
        stamps = await (await connection.execute(_STAMPS, given)).fetchall()
        marks = await (await connection.execute(_MARKS, given)).fetchall()
        authors = dict(await (await connection.execute(_AUTHORS, given)).fetchall())
        measures = await (await connection.execute(_MEASURES, given)).fetchall()
    marked = {(subject, code): Mark(*mark) for subject, code, *mark in marks}
    first_plan = min((each.drawn_on for each in known.versions if each.drawn_on), default=None)
    found: list[Subject] = []
    for kind, subject_id, stamp in stamps:
        author, content = authors.get(subject_id, ""), dict[str, str]()
        if kind == "assessment" and subject_id in held:
            one = held[subject_id]
            day = one.finished_on or one.held_on or date.min
            values = _assessment(one, setting, first_plan, [str(body) for (body,) in measures])
            content = _codes(one, setting, first_plan)
        elif kind == "plan" and subject_id in versions:
            version = versions[subject_id]
            day, values = version.drawn_on or date.min, _plan(version) | {"authors": author}
        elif kind == "review" and subject_id in reviews:
            review = reviews[subject_id]
            day, values = review.held_on, _review(review) | {"authors": author}
        else:
            continue
        fields = tuple(
            RegisterField(code, value, marked.get((subject_id, code)), content.get(code, ""))
            for code, value in values.items()
        )
        found.append(Subject(kind, subject_id, day, stamp, fields))
    return sorted(found, key=lambda each: (each.day, each.kind))


def _assessment(
    one: Interview, setting: Setting, first_plan: date | None, measures: list[str]
) -> dict[str, str]:
    answers = [one.answer(item) for item in interview_words.CONTENT]
    answered = [each for each in answers if each.text]
    needed = {True: _("A plan is needed."), False: _("No plan is needed."), None: ""}[setting.plan_needed]
    drawn = format_date(first_plan) if first_plan and one.held_on and first_plan >= one.held_on else ""
    authors = {one.created_by, *(each.updated_by for each in answered)} - {""}
    return {
        "date": _day(setting.assessment_finished_on or one.finished_on),
        "content": "\n\n".join(f"{interview_words.label(each.item)}\n{each.text}" for each in answered),
        "measures": "\n\n".join(measures),
        "next": " ".join(part for part in (needed, drawn) if part),
        "authors": ", ".join(sorted(authors)),
        "sources": "\n".join(
            f"{interview_words.label(each.item)}: {interview_words.source(each.source)}" for each in answered
        ),
    }


def _codes(one: Interview, setting: Setting, first_plan: date | None) -> dict[str, str]:
    answers = [one.answer(item) for item in interview_words.CONTENT if one.answer(item).text]
    return {
        "content": "\n".join(f"{each.item}\n{each.text}" for each in answers),
        "next": f"{setting.plan_needed} {first_plan}",
        "sources": "\n".join(f"{each.item} {each.source}" for each in answers),
    }


def _plan(version: Version) -> dict[str, str]:
    others = "\n\n".join(part for part in (version.own_words, version.parties) if part)
    agreed = [
        "\n".join(part for part in (each.title, each.provider, each.justification) if part)
        for each in version.measures
    ]
    return {
        "date": _day(version.drawn_on),
        "duration": "–".join(_day(day) for day in (version.starts_on, version.ends_on) if day),
        "goals": "\n".join(each.goal for each in version.goals),
        "agreed": "\n\n".join(agreed),
        "other": others,
        "authors": "",
        "review": _day(version.next_review_on),
        "sources": _("the client") if version.own_words else "",
    }


def _review(review: Review) -> dict[str, str]:
    return {
        "date": _day(review.held_on),
        "participation": review.participation or "",
        "progress": review.progress or "",
        "obstacles": review.obstacles or "",
        "changes": review.changes or "",
        "authors": "",
        "review": _day(review.next_review_on),
        "sources": "",
    }


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


_STAMPS = "select subject, subject_id, stamp from api.register_stamps(%(client)s)"
_MARKS = """
select subject_id, field, digest, copied_on, confirmed_on from app.register_mark where client_id = %(client)s
"""
_AUTHORS = """
select p.id, coalesce(s.name, p.created_by) from app.plan p left join app.staff s on s.login = p.created_by
 where p.client_id = %(client)s
union all
select r.id, coalesce(s.name, r.created_by) from app.plan_review r
  left join app.staff s on s.login = r.created_by where r.client_id = %(client)s
"""
# Specifying measures are what the timeline tells of the assessment.
_MEASURES = """
select e.body from app.event e
 where e.client_id = %(client)s and e.kind = 'assessment'
   and not exists (select from app.event w where w.refers_to = e.id and w.kind = 'withdrawal')
 order by e.occurred_at, e.id
"""
