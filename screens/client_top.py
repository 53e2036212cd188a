"""The top of a client's timeline: who the client is, and the integration period as a ruler."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget

from kotoutus_tui.casework.integration_period import IntegrationPeriod
from kotoutus_tui.casework.timeline import Header
from kotoutus_tui.i18n import _, format_date, language_name
from screens import safe


def who_line(header: Header) -> Content:
    """Return the lines that say who the client is; what must be noticed stands out."""
    words = [_("Own counsellor: {name}").format(name=header.own_counsellor or "–")]
    if header.service_language:
        words.append(_("served in {language}").format(language=language_name(header.service_language)))
    spoken = [
        " ".join(part for part in (language_name(code), level) if part)
        for code, level in header.languages
        if code
    ]
    if spoken:
        words.append(_("Languages: {languages}").format(languages=", ".join(spoken)))
    parts: list[tuple[str, str]] = [(safe.plain(header.name), "bold")]
    if header.protected:
        parts.append(("  " + _("Protection order"), "bold $error"))
    if header.interpreter_needed:
        parts.append(("  " + _("Interpreter needed"), "$accent"))
    for colleague in header.colleagues:
        sentence = _("{name} is writing now").format(name=colleague)
        parts.append(("  ✎ " + safe.plain(sentence), "$accent"))
    parts.append(("\n" + safe.plain(" · ".join(words)), "$text-muted"))
    return Content.assemble(*parts)


class PeriodRuler(Widget):
    """The integration period over the whole width.

    `┃` is today, `◇` a review that was held, `◆` the next one, `┆` where the basic period ended, `╌` an
    interruption.
    """

    DEFAULT_CSS = """
    PeriodRuler { height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._period: IntegrationPeriod | None = None
        self._marks: list[tuple[date | None, str]] = []
        self._review: date | None = None
        self._today = date.min

    def show(
        self, period: IntegrationPeriod | None, reviews: Sequence[date], review: date | None, today: date
    ) -> None:
        """Draw a period, the reviews that were held and the next one."""
        self._period, self._review, self._today = period, review, today
        # A later mark covers an earlier one.
        self._marks = [(period.basic_end if period else None, "┆")]
        self._marks += [(each, "◇") for each in reviews]
        self._marks += [(review, "◆"), (today, "┃")]
        self.refresh()

    def render(self) -> Content:
        """Two lines: the ruler, and the days under it."""
        width = max(1, self.size.width)
        period = self._period
        if period is None:
            return Content.styled(safe.fit(_("No integration plan yet."), width), "$text-muted")
        ruler = ["─"] * width
        for first, last in period.interruptions:
            for column in range(self._column(first, period, width), self._column(last, period, width) + 1):
                ruler[column] = "╌"
        for day, sign in self._marks:
            if day is not None and (sign == "┃" or period.start <= day <= period.end):
                ruler[self._column(day, period, width)] = sign
        now = self._column(self._today, period, width)
        return Content.assemble(
            ("".join(ruler[:now]), "$accent"),
            (ruler[now], "bold"),
            ("".join(ruler[now + 1 :]), "$text-muted"),
            ("\n" + self._below(period, width), "$text-muted"),
        )

    def _below(self, period: IntegrationPeriod, width: int) -> str:
        start, end = format_date(period.start), format_date(period.end)
        words = [_("┃ today {date}").format(date=format_date(self._today))]
        if self._review:
            late = _("◆ review overdue {date}") if self._review < self._today else _("◆ review {date}")
            words.append(late.format(date=format_date(self._review)))
        if period.basic_end:
            words.append(_("┆ extended"))
        if period.interruptions:
            words.append(_("╌ interrupted"))
        if period.law:
            words.append(period.law)
        room = max(0, width - len(start) - len(end) - 4)
        while len(words) > 1 and len(" · ".join(words)) > room:
            words.pop()
        middle = " · ".join(words)
        return safe.fit(f"{start}  {safe.fit(middle, min(room, len(middle))).center(room)}  {end}", width)

    @staticmethod
    def _column(day: date, period: IntegrationPeriod, width: int) -> int:
        return round(period.share_passed(day) * (width - 1))
