"""The lines of the reports: a name, a count and a bar; what is hidden says so."""

from collections.abc import Iterator

from kotoutus_tui.i18n import _
from kotoutus_tui.reports import words
from kotoutus_tui.reports.reading import Group, Report
from kotoutus_tui.text import bar
from screens.widgets.event_list import Entry

LEFT_WIDTH = 34
_BAR_WIDTH = 24
_DIGITS = 6


def entries(report: Report) -> list[Entry]:
    """Return the waits, and every count of every group under its heading."""
    waits = words.waits_name()
    found = [
        Entry(
            f"waits:{each.what}",
            waits,
            words.wait_name(each),
            f"{each.many:>{_DIGITS}}  {words.wait_line(each)}",
        )
        for each in report.waits
    ]
    for group in report.groups:
        found += _counts(group)
    return found


def _counts(group: Group) -> Iterator[Entry]:
    heading = words.group_name(group)
    most = max((each.many or 0 for each in group.counts), default=0)
    number, dot, more = words.total_line(group).partition(" · ")
    total = f"{number:>{_DIGITS}}" + (f"  {more}" if dot else "")
    yield Entry(f"{group.report}:{group.part}", heading, _("together"), (total, "strong"))
    for each in group.counts:
        key = f"{group.report}:{group.part}:{each.cell}"
        name = words.cell_name(group, each)
        if each.many is None:
            yield Entry(key, heading, name, (" " * (_DIGITS - 1) + words.number(None), "faint"))
            continue
        full = max(1, round(each.many * _BAR_WIDTH / most))
        yield Entry(key, heading, name, f"{each.many:>{_DIGITS}}  {bar(full, full)}")
