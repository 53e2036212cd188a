"""The side panel of a client's timeline: what is to be done."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from kotoutus_tui.casework.timeline import OpenTask
from kotoutus_tui.i18n import _, format_date
from screens import safe


def to_do(tasks: Sequence[OpenTask], today: date) -> Content:
    """Return the open tasks, one a line; those that are late stand out."""
    parts: list[tuple[str, str]] = [(_("To do") + "\n", "bold $text-muted")]
    for task in tasks:
        late = "bold $error" if task.due_on < today else "$text-muted"
        parts.append((f"{format_date(task.due_on)}  ", late))
        parts.append((f"{safe.plain(task.title)}\n", ""))
    if not tasks:
        parts.append((_("Nothing to do."), "$text-muted"))
    return Content.assemble(*parts)


def choices(tasks: Sequence[OpenTask]) -> list[tuple[str, str]]:
    """Return the open tasks as pairs of id and words, to choose from."""
    return [(str(each.id), f"{format_date(each.due_on)}  {each.title}") for each in tasks]
