"""The paper of a plan: what was agreed, in the words people wrote, with headings in two languages.

No identity code and nothing of where the client lives stands on it.
"""

from datetime import date
from typing import TYPE_CHECKING

from kotoutus_tui import clock
from kotoutus_tui.casework.plan import Goal, Measure, Plans, Review, Version
from kotoutus_tui.casework.plan_words import REVIEW_FIELDS, days_of
from kotoutus_tui.casework.prints.headings import Headings
from kotoutus_tui.casework.prints.page import Block, Fact, Page, Section
from kotoutus_tui.dates import add_months
from kotoutus_tui.i18n import format_date

if TYPE_CHECKING:
    from kotoutus_tui.casework.timeline import Header


def paper(
    version: Version, known: Plans, who: "Header", language: str, birth_date: date | None = None
) -> Page:
    """Return the paper of a version in Finnish and `language` (prints.headings.LANGUAGES).

    The guardian of somebody under 18 signs too, and so does the interpreter of a client who needs one.
    """
    h = Headings("plan", language)
    notes = [h["draft"]] if version.is_draft else []
    notes.append(h["household_note"] if version.kind == "household" else h["review_right"])
    sections = [
        Section(h["own_words"], _text(version.own_words)),
        *(Section(h[term], tuple(_goal(h, goal) for goal in version.goals if goal.term == term))
          for term in ("long", "plan")),
        Section(h["measures"], tuple(_measure(h, version, each) for each in version.measures)),
        Section(h["parties"], _text(version.parties)),
    ]  # fmt: skip
    reviews = [each for each in known.reviews if each.plan_id == version.id]
    if reviews:
        sections.append(Section(h["reviews"], tuple(_review(h, each) for each in reviews)))
    signers = ["client", "counsellor"]
    if birth_date is not None and add_months(birth_date, 18 * 12) > clock.today():
        signers.insert(1, "guardian")
    if who.interpreter_needed:
        signers.append("interpreter")
    return Page(
        h[version.kind],
        h["issuer"],
        language,
        facts=_facts(h, version, who),
        notes=tuple(notes),
        sections=tuple(sections),
        signatures=tuple(h[f"signature_{signer}"] for signer in signers),
        place_and_date=h["place_and_date"],
        name_in_print=h["name_in_print"],
    )


def _facts(h: Headings, version: Version, who: "Header") -> tuple[Fact, ...]:
    facts = [
        Fact(h["client"], who.name),
        Fact(h["own_counsellor"], who.own_counsellor or "–"),
        Fact(h["number"], str(version.number)),
        Fact(h["drawn_on"], _day(version.drawn_on)),
        Fact(h["signed_on"], _day(version.signed_on)),
        Fact(h["period"], days_of(version.starts_on, version.ends_on) or "–"),
    ]
    if version.kind == "integration":
        facts += [
            Fact(h["next_review"], _day(version.next_review_on)),
            Fact(h["county"], h["yes" if version.county_participates else "no"]),
        ]
    return (*facts, Fact(h["printed_on"], format_date(clock.today())))


def _text(text: str | None) -> tuple[Block, ...]:
    return (Block(text),) if text else ()


def _goal(h: Headings, goal: Goal) -> Block:
    return Block(goal.goal, (Fact(h["state"], h[goal.state]),))


def _measure(h: Headings, version: Version, measure: Measure) -> Block:
    goal = next((each.goal for each in version.goals if each.id == measure.goal_id), "–")
    facts = [
        Fact(h["kind"], h[measure.kind]),
        Fact(h["for_goal"], goal),
        Fact(h["justification"], measure.justification),
    ]
    if measure.provider:
        facts.append(Fact(h["provider"], measure.provider))
    if days := days_of(measure.starts_on, measure.ends_on):
        facts.append(Fact(h["time"], days))
    return Block(measure.title, (*facts, Fact(h["state"], h[measure.state])))


def _review(h: Headings, review: Review) -> Block:
    facts = [Fact(h[name], getattr(review, name)) for name in REVIEW_FIELDS if getattr(review, name)]
    if review.next_review_on:
        facts.append(Fact(h["next_review"], format_date(review.next_review_on)))
    return Block(format_date(review.held_on), tuple(facts))


def _day(day: date | None) -> str:
    return format_date(day) if day else "–"
