"""Reports of the team's work in a month, a quarter or a year: counts and bars, no small count."""

from collections.abc import Coroutine
from pathlib import Path

from textual.app import ComposeResult

from kotoutus_tui import clock
from kotoutus_tui.i18n import _
from kotoutus_tui.reports import files, reading, spans
from kotoutus_tui.reports.reading import Report
from kotoutus_tui.reports.spans import KINDS, Span
from screens import keys, reports_rows
from screens.base import BaseScreen
from screens.widgets.event_list import Entry, EventList, RowsInMemory


class ReportsScreen(BaseScreen):
    """One list under headings; it begins with the quarter that is under way."""

    BINDINGS = keys.bindings("reports")

    def __init__(self) -> None:
        super().__init__()
        self._span: Span = spans.span_of("quarter", clock.today())
        self._report: Report | None = None
        self._source = RowsInMemory[Entry]()

    def compose_body(self) -> ComposeResult:
        """One list."""
        listed = EventList(
            left=reports_rows.LEFT_WIDTH,
            empty=_("Nothing to count in this time. Arrow left shows the time before."),
            id="counts",
        )
        listed.opens = False
        yield listed

    def on_mount(self) -> None:
        """Begin in the list, where the keys work."""
        self.query_one(EventList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Whether a command makes sense here: the future has no report, and nothing is not written."""
        if action == "later":
            return self._span.last < clock.today()
        return action not in {"export", "prose"} or bool(self._report and self._report.groups)

    async def load(self) -> None:
        """Count the span; the heading names it."""
        report = await reading.read(self.desk.db, self._span)
        if not self.query(EventList):  # left while it was counted
            return
        self._report = report
        self.heading = _("Reports")
        self.whose = _("the whole team · {span}").format(span=report.span.name)
        self._source.rows = reports_rows.entries(report)
        self.query_one(EventList).keep_showing(self._source)
        self.refresh_bindings()

    def action_earlier(self) -> None:
        """The span before."""
        self._turn_to(self._span.moved(-1))

    def action_later(self) -> None:
        """The span after."""
        self._turn_to(self._span.moved(1))

    def action_span(self) -> None:
        """The next kind of span, around the last day that is shown."""
        kind = KINDS[(KINDS.index(self._span.kind) + 1) % len(KINDS)]
        self._turn_to(spans.span_of(kind, min(self._span.last, clock.today())))

    def action_export(self) -> None:
        """Write the counts into a file."""
        if (report := self._report) is not None:
            self.do(self._written(files.export(self.desk.db, report, self.desk.settings.drop_dir)))

    def action_prose(self) -> None:
        """Write the text into a file."""
        if (report := self._report) is not None:
            self.do(self._written(files.export_prose(self.desk.db, report, self.desk.settings.drop_dir)))

    def _turn_to(self, span: Span) -> None:
        self._span = span
        self.go_stale()

    async def _written(self, writing: Coroutine[object, object, Path]) -> None:
        file = await writing
        self.say(_("Written to {file}").format(file=file))
