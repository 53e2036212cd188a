"""The report of fairness: of a proposal, and of those that were carried out."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kotoutus_tui.casework.rebalance_reports import Kept
from kotoutus_tui.casework.rebalancing_words import OCCASIONS
from kotoutus_tui.i18n import _, format_datetime, format_number, language_name
from kotoutus_tui.rebalance.fairness import Fairness, Spread
from screens import safe
from screens.dialog import Dialog

_FEW = 5  # groups smaller than this say nothing of fairness and could tell of a person


class FairnessDialog(Dialog[None]):
    """Shows one or several reports, the latest first."""

    def __init__(self, title: str, reports: Sequence[tuple[str, Fairness]], staff: Mapping[str, str]) -> None:
        super().__init__(title)
        self._reports = reports
        self._staff = staff

    def compose_dialog(self) -> ComposeResult:
        """The lines."""
        with VerticalScroll(classes="dialog-text", can_focus=True):
            if not self._reports:
                yield Static(safe.line(_("No proposal has been carried out yet.")))
            for title, report in self._reports:
                if title:
                    yield Static(safe.prose(title), classes="event-body")
                for line in lines(report, self._staff):
                    yield Static(safe.prose(line))
                yield Static("")


def kept_title(kept: Kept) -> str:
    """Return when, why and by whom a proposal was carried out."""
    occasion = _(OCCASIONS[kept.occasion]) if kept.occasion in OCCASIONS else kept.occasion
    return f"{format_datetime(kept.made_at)} · {occasion} · {kept.reason} · {kept.by}"


def lines(report: Fairness, staff: Mapping[str, str]) -> Sequence[str]:
    """Return the report: spread before and after, given and received, moved by language."""
    found = [
        _("Before: {spread}").format(spread=_spread(report.before)),
        _("After: {spread}").format(spread=_spread(report.after)),
    ]
    for login in sorted({*report.given, *report.received}, key=lambda one: staff.get(one, one)):
        words = _("{name}: gives {given}, receives {received}")
        given, received = report.given.get(login, 0), report.received.get(login, 0)
        found.append(words.format(name=staff.get(login, login), given=given, received=received))
    shares = [
        (moved / many, language, moved, many)
        for language, (moved, many) in report.languages.items()
        if many >= _FEW
    ]
    for _share, language, moved, many in sorted(shares, reverse=True):
        words = _("{language}: {moved} of {many} move")
        name = language_name(language) if language else _("no language")
        found.append(words.format(language=name, moved=moved, many=many))
    return found


def _spread(spread: Spread) -> str:
    return _("highest {highest}, lowest {lowest}, mean {mean}, deviation {deviation}").format(
        highest=format_number(spread.highest, 0), lowest=format_number(spread.lowest, 0),
        mean=format_number(spread.mean, 0), deviation=format_number(spread.deviation, 1),
    )  # fmt: skip
