"""The rows of the plan's screen: its days, goals with their measures, reviews and versions."""

from collections.abc import Iterator
from datetime import date

from kotoutus_tui.casework import plan_words as words
from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.plan import Goal, Measure, Plans, Review, Version
from kotoutus_tui.casework.plan_rules import guide_by
from kotoutus_tui.i18n import _, format_date
from screens.widgets.event_list import Entry

LABEL_WIDTH = 22
_SHORT = 44  # letters of a goal that fit into its title line at 80 columns


def rows(version: Version, known: Plans, today: date) -> list[Entry]:
    """Return the rows of a version, seen from `today`; keys are `facts:own_words`, `goal:…` and the like."""
    reviews = known.reviews if version.kind == "integration" else ()
    return [
        *_facts(version, known, today),
        *_goals(version),
        *(_review(each) for each in reviews),
        *(_version(each, known, shown=each.id == version.id) for each in known.versions),
    ]


def heading_of(version: Version, known: Plans) -> str:
    """Return what a version is: "Integration plan 2: draft"."""
    return _("{plan} {number}: {state}").format(
        plan=_(words.KINDS[version.kind]), number=version.number, state=_state(version, known)
    )


def _facts(version: Version, known: Plans, today: date) -> Iterator[Entry]:
    group = heading_of(version, known)

    def row(key: str, value: str, body: str = "", *, late: bool = False) -> Entry:
        return Entry(
            f"facts:{key}", group, words.label(key), (value, "alert" if late else "plain"), body=body
        )

    if version.is_draft:
        goals = [goal for goal in version.goals if goal.state == "open"]
        hint = _("Not drawn up yet; d draws it up.") if goals else _("Begin with a goal: g.")
        yield Entry("facts:days", group, _("Days"), (hint, "faint"))
    else:
        days = words.days_of(version.starts_on, version.ends_on) or NOTHING
        yield Entry("facts:days", group, _("Days"), (days, "plain"))
        yield row("signed_on", words.shown("signed_on", version.signed_on))
        if version.kind == "integration":
            latest = _in_force(version, known)
            guide_on = guide_by(version.drawn_on) if version.drawn_on else None
            late = guide_on is not None and version.guided_on is None and guide_on[0] < today
            yield row("guided_on", _guidance(version), late=late and latest)
            next_on = known.next_review_on if latest else version.next_review_on
            late = latest and next_on is not None and next_on < today
            yield row("next_review_on", words.shown("next_review_on", next_on), late=late)
    for name in ("own_words", "parties"):
        text = getattr(version, name) or NOTHING
        short = len(text) <= _SHORT and "\n" not in text
        yield row(name, text if short else "", "" if short else text)
    if version.kind == "integration":
        yield row("county_participates", words.shown("county_participates", version.county_participates))


def _guidance(version: Version) -> str:
    if version.guided_on or version.drawn_on is None:
        return words.shown("guided_on", version.guided_on)
    latest = guide_by(version.drawn_on)
    if latest is None:
        return NOTHING
    return _("by {day} ({section})").format(day=format_date(latest[0]), section=latest[1])


def _goals(version: Version) -> Iterator[Entry]:
    for term, heading in words.TERM_HEADINGS.items():
        for goal in version.goals:
            if goal.term == term:
                yield _goal(goal, _(heading))
                yield from (_measure(each, _(heading)) for each in version.measures_of(goal))


def _goal(goal: Goal, group: str) -> Entry:
    short = len(goal.goal) <= _SHORT and "\n" not in goal.goal
    return Entry(
        f"goal:{goal.id}",
        group,
        _("Goal"),
        goal.goal if short else "",
        _(words.GOAL_STATES[goal.state]),
        body="" if short else goal.goal,
    )


def _measure(measure: Measure, group: str) -> Entry:
    facts = [measure.provider or "", words.days_of(measure.starts_on, measure.ends_on)]
    told = " · ".join(fact for fact in facts if fact)
    return Entry(
        f"measure:{measure.id}",
        group,
        f"  {_(words.MEASURE_KINDS[measure.kind])}",
        (measure.title, "plain"),
        _(words.MEASURE_STATES[measure.state]),
        body=measure.justification,
        notes=(told,) if told else (),
    )


def _review(review: Review) -> Entry:
    lines = [
        f"{words.label(name)}: {getattr(review, name)}"
        for name in words.REVIEW_FIELDS
        if getattr(review, name)
    ]
    return Entry(
        f"review:{review.id}",
        _("Reviews"),
        format_date(review.held_on),
        _next(review.next_review_on),
        body="\n".join(lines),
    )


def _next(day: date | None) -> str:
    return _("Next review on {day}.").format(day=format_date(day)) if day else ""


def _version(version: Version, known: Plans, *, shown: bool) -> Entry:
    replaced = not version.is_draft and not _in_force(version, known)
    return Entry(
        f"version:{version.id}",
        _("Versions: {plan}").format(plan=_(words.KINDS[version.kind])),
        _("Version {number}").format(number=version.number),
        (words.state_of_version(version, in_force=True), "plain"),
        _("shown above") if shown else "",
        notes=(_("a later version took its place"),) if replaced else (),
    )


def _state(version: Version, known: Plans) -> str:
    return words.state_of_version(version, in_force=_in_force(version, known))


def _in_force(version: Version, known: Plans) -> bool:
    found = known.in_force(version.kind)
    return found is not None and found.id == version.id
