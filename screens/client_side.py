"""The side panel of a client's timeline: what is to be done, what is waited for, goals and household."""

from datetime import date

from textual.content import Content
from textual.widgets import Static

from kotoutus_tui.calendar.titles import KINDS
from kotoutus_tui.casework.plan_words import MEASURE_STATES
from kotoutus_tui.casework.referrals.states import UNANSWERED
from kotoutus_tui.casework.referrals.words import state_name
from kotoutus_tui.casework.side import Agreed, Side
from kotoutus_tui.casework.timeline_words import RELATIONS
from kotoutus_tui.i18n import _, format_date, format_day, format_time, ngettext
from screens import safe

_Line = tuple[str, str, str]  # what stands before, its colour, and the text


class SidePanel(Static):
    """Shows `side`; text is broken beside what stands before it, in the width there is."""

    def __init__(self) -> None:
        super().__init__("", id="side-text", markup=False)
        self._lines: list[_Line] = []

    def show(self, side: Side, today: date) -> None:
        """Show another client's side, or the same after a change."""
        self._lines = _lines(side, today)
        self._draw()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def _draw(self) -> None:
        parts: list[tuple[str, str]] = []
        for before, style, text in self._lines:
            indent = safe.width_of(before)
            wrapped = safe.wrap(text, max(10, self.size.width - indent)) if text else [""]
            parts += [(before, style), (wrapped[0] + "\n", "")]
            parts += [(" " * indent + line + "\n", "") for line in wrapped[1:]]
        self.update(Content.assemble(*parts))


def _lines(side: Side, today: date) -> list[_Line]:
    lines = _heading(_("To do"), first=True)
    for task in side.tasks:
        late = "bold $error" if task.due_on < today else "$text-muted"
        lines.append((f"{format_date(task.due_on)}  ", late, task.title))
    if not side.tasks:
        lines.append((_("Nothing to do."), "$text-muted", ""))
    lines += _coming(side)
    if side.referrals:
        lines += _heading(_("Waiting for an answer"))
    for each in side.referrals:
        days = (today - each.since).days
        waited = ngettext("{count} day", "{count} days", days).format(count=days) if days > 0 else _("today")
        lines.append((f"{waited}  ", "$text-muted", _first_line(each.text)))
    lines += _under_way(side)
    if side.goals:
        lines += _heading(_("Goals"))
    lines += [("· ", "$text-muted", _first_line(each)) for each in side.goals]
    if side.measures:
        lines += _heading(_("Measures and services"))
    lines += [("· ", "$text-muted", _agreed(each)) for each in side.measures]
    if side.household:
        lines += _heading(_("Household"))
    for each in side.household:
        words = [_(RELATIONS[each.relation])]
        if each.is_guardian and each.relation != "guardian":
            words.append(_("guardian"))
        name = each.name or _("another counsellor's client")
        lines.append((f"{', '.join(words)}  ", "$text-muted", name))
    return lines


def _coming(side: Side) -> list[_Line]:
    lines = _heading(_("Next appointments")) if side.coming else []
    for each in side.coming:
        when = f"{format_day(each.starts_at.date())} {format_time(each.starts_at)}  "
        lines.append((when, "$text-muted", _(KINDS[each.kind])))
    return lines


def tasks(side: Side) -> list[tuple[str, str]]:
    """Return the open tasks as pairs of id and words, to choose from."""
    return [(str(each.id), f"{format_date(each.due_on)}  {each.title}") for each in side.tasks]


def answerable(side: Side) -> list[tuple[str, str]]:
    """Return the referrals that were sent and go on as pairs of id and words, to choose from."""
    sent = (each for each in side.under_way if each.state != "draft")
    return [(str(each.id), f"{state_name(each.state)}  {each.receiver}") for each in sent]


def told_alone(side: Side) -> list[tuple[str, str]]:
    """Return the entries that are referrals without steps and without an answer, to choose from."""
    alone = (each for each in side.referrals if not each.has_steps)
    return [(str(each.id), f"{format_date(each.since)}  {_first_line(each.text)}") for each in alone]


def _under_way(side: Side) -> list[_Line]:
    others = [each for each in side.under_way if each.state not in UNANSWERED]
    lines = _heading(_("Referrals")) if others else []
    return lines + [(f"{state_name(each.state)}  ", "$text-muted", each.receiver) for each in others]


def _heading(words: str, *, first: bool = False) -> list[_Line]:
    return [*([] if first else [("", "", "")]), (words, "bold $text-muted", "")]


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _agreed(measure: Agreed) -> str:
    until = f" –{format_date(measure.ends_on)}" if measure.ends_on else ""
    return f"{measure.title}, {_(MEASURE_STATES[measure.state])}{until}"
