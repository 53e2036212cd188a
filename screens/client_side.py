"""The side panel of a client's timeline: what is to be done, what is waited for, goals and household."""

from datetime import date

from textual.content import Content

from kotoutus_tui.casework.side import Side
from kotoutus_tui.casework.timeline_words import RELATIONS
from kotoutus_tui.i18n import _, format_date, ngettext
from screens import safe

_Parts = list[tuple[str, str]]


def drawn(side: Side, today: date) -> Content:
    """Return the panel's text; what is late stands out."""
    parts = _heading(_("To do"), first=True)
    for task in side.tasks:
        late = "bold $error" if task.due_on < today else "$text-muted"
        parts += [(f"{format_date(task.due_on)}  ", late), (f"{safe.plain(task.title)}\n", "")]
    if not side.tasks:
        parts.append((_("Nothing to do.") + "\n", "$text-muted"))
    if side.referrals:
        parts += _heading(_("Waiting for an answer"))
    for each in side.referrals:
        days = max(0, (today - each.since).days)
        waited = ngettext("{count} day", "{count} days", days).format(count=days)
        parts += [(f"{waited}  ", "$text-muted"), (f"{_first_line(each.text)}\n", "")]
    if side.goals:
        parts += _heading(_("Goals"))
    parts += [(f"{_first_line(each)}\n", "") for each in side.goals]
    if side.household:
        parts += _heading(_("Household"))
    for each in side.household:
        words = [_(RELATIONS[each.relation])]
        if each.is_guardian and each.relation != "guardian":
            words.append(_("guardian"))
        name = each.name or _("another counsellor's client")
        parts += [(safe.plain(name), ""), (f"  {', '.join(words)}\n", "$text-muted")]
    return Content.assemble(*parts)


def tasks(side: Side) -> list[tuple[str, str]]:
    """Return the open tasks as pairs of id and words, to choose from."""
    return [(str(each.id), f"{format_date(each.due_on)}  {each.title}") for each in side.tasks]


def referrals(side: Side) -> list[tuple[str, str]]:
    """Return the referrals without an answer as pairs of id and words, to choose from."""
    return [(str(each.id), f"{format_date(each.since)}  {_first_line(each.text)}") for each in side.referrals]


def _heading(words: str, *, first: bool = False) -> _Parts:
    return [("" if first else "\n", ""), (words + "\n", "bold $text-muted")]


def _first_line(text: str) -> str:
    return safe.plain(text.partition("\n")[0])
